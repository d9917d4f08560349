// Completes dist/ after tsc: the grammar's wasm with its licence, the mode of the command, no file whose source is gone.
import { chmod, copyFile, readdir, rm } from 'node:fs/promises';
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
await chmod(join(dist, 'cli/main.js'), 0o755);

for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
  const path = relative(dist, join(entry.parentPath, entry.name));
  const source = join(root, 'lib', path.replace(/(\.d\.ts|\.js)$/, '.ts'));
  if (entry.isFile() && !(path in assets) && !existsSync(source)) await rm(join(dist, path));
}
