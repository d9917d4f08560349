import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root, run } from './command.ts';

type Sbom = {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly { readonly 'bom-ref': string; readonly name: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
};

const { status, stdout, stderr } = run(root, process.execPath, 'scripts/write-sbom.mjs');
const sbom = JSON.parse(stdout) as Sbom;
const names = sbom.components.map(({ name }) => name);
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
};

test('is of this package, in CycloneDX', () => {
  expect([status, stderr]).toEqual([0, '']);
  expect(sbom.bomFormat).toBe('CycloneDX');
  expect(sbom.metadata.component).toMatchObject({ name: manifest.name, version: manifest.version });
});

test('names what is installed with it', () => {
  expect(names).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
});

test('names what is built into its files', () => {
  const notices = readFileSync(join(root, 'dist/bundle/THIRD-PARTY-NOTICES.txt'), 'utf8');
  const bundled = [...notices.matchAll(/^-{80}\n(\S+) (\S+) \(/gm)].map(([, name, version]) => `${name}@${version}`);
  expect(sbom.components.map(component => component['bom-ref'])).toEqual(expect.arrayContaining(bundled));
  expect(names).toEqual(expect.arrayContaining(['yargs', 'handlebars', '@tree-sitter-grammars/tree-sitter-hcl']));
});

test('names nothing that only builds need', () => {
  expect(names.filter(name => /^(jest|esbuild|typescript|prettier|knip)$/.test(name))).toEqual([]);
  const refs = [`${manifest.name}@${manifest.version}`, ...sbom.components.map(component => component['bom-ref'])];
  const named = sbom.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
  expect(named.filter(ref => !refs.includes(ref))).toEqual([]);
});
