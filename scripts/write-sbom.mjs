// Prints what is in the published package, in CycloneDX: what npm installs with it, and what is built into its files, which npm counts
// among the packages that only builds need. Run it after `npm run compile`.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const notices = readFileSync(new URL('dist/bundle/THIRD-PARTY-NOTICES.txt', root), 'utf8');
const bundled = [...notices.matchAll(/^-{80}\n(\S+) (\S+) \(/gm)].map(([, name, version]) => `${name}@${version}`);
// NOTICE says which parts of them there are.
const copied = ['@tree-sitter-grammars/tree-sitter-hcl', 'handlebars'];

const all = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
  cwd: fileURLToPath(root),
  encoding: 'utf8',
  maxBuffer: 1 << 28,
});
const { metadata, components, dependencies, ...rest } = JSON.parse(all);
const { name } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

const installed = ({ properties }) => !properties.some(property => property.name === 'cdx:npm:package:development');
const shipped = components.filter(
  component => installed(component) || bundled.includes(component['bom-ref']) || copied.includes(component.name),
);
const refs = new Set([metadata.component['bom-ref'], ...shipped.map(component => component['bom-ref'])]);
const between = dependencies
  .filter(({ ref }) => refs.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(other => refs.has(other)) }));

const sbom = {
  ...rest,
  // npm takes the name from the directory.
  metadata: { ...metadata, component: { ...metadata.component, name } },
  components: shipped,
  dependencies: between,
};
process.stdout.write(`${JSON.stringify(sbom, undefined, 2)}\n`);
