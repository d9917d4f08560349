import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createHclParser, type HclParser } from '../../lib/hcl/parser.ts';

const require = createRequire(import.meta.url);
const read = (specifier: string): Promise<Uint8Array> => readFile(require.resolve(specifier));

let shared: Promise<HclParser> | undefined;

/** One parser for all tests of a file, from the wasm of the installed packages. */
export const sharedParser = (): Promise<HclParser> => (shared ??= create());

const create = async (): Promise<HclParser> => {
  const [runtime, grammar] = await Promise.all([
    read('web-tree-sitter/web-tree-sitter.wasm'),
    read('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm'),
  ]);
  return createHclParser({ runtime, grammar });
};
