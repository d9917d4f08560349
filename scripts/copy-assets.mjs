// Completes dist/ after tsc: the grammar's wasm with its licence, no file whose source is gone.
import { copyFile, readdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const grammar = createRequire(import.meta.url).resolve('@tree-sitter-grammars/tree-sitter-hcl/package.json');

const assets = {
  'tree-sitter-hcl.wasm': join(dirname(grammar), 'tree-sitter-hcl.wasm'),
  'tree-sitter-hcl.LICENSE': join(dirname(grammar), 'LICENSE'),
};

for (const [name, source] of Object.entries(assets)) await copyFile(source, join(dist, name));

for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
  const path = relative(dist, join(entry.parentPath, entry.name));
  const source = join(root, 'lib', path.replace(/(\.d\.ts|\.js)$/, '.ts'));
  const isOurs = path in assets || path.startsWith('bundle');
  if (entry.isFile() && !isOurs && !existsSync(source)) await rm(join(dist, path));
}
