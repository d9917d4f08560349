// Writes dist/bundle/, the command line in few files: loading a module of its own for each file and package takes Node longer than
// most runs take. Each command stays a chunk that is loaded when it is called. The library is not bundled.
import { chmod, copyFile, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'dist/bundle');

await rm(out, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['dist/cli/main.js'],
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // jsonc-parser has CommonJS under main that no bundler follows.
  mainFields: ['module', 'main'],
  // Two find their wasm beside their own files. yaml is CommonJS for Node, and a bundle has no names of such a package in import().
  external: ['web-tree-sitter', '@cdktf/hcl2json', 'yaml'],
  chunkNames: 'chunk-[hash]',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  // Packages in CommonJS ask for modules of Node by require.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
});
await copyFile(join(root, 'dist/tree-sitter-hcl.wasm'), join(out, 'tree-sitter-hcl.wasm'));
await chmod(join(out, 'main.js'), 0o755);

const packages = Object.keys(metafile.inputs).flatMap(
  path => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
);
const notices = await Promise.all([...new Set(packages)].toSorted().map(noticeOf));
await writeFile(
  join(out, 'THIRD-PARTY-NOTICES.txt'),
  `The files beside this one contain parts of these packages.\n\n${notices.join('\n')}`,
);

/** The licence as the package has it. A package without one cannot be shipped. */
async function noticeOf(path) {
  const directory = join(root, path);
  const { name, version, license } = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  const file = (await readdir(directory)).find(entry => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} ${version} has no licence file`);
  const text = await readFile(join(directory, file), 'utf8');
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text.trim()}\n`;
}
