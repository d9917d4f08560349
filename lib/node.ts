import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Runtime } from './convert.ts';
import { createGate } from './hcl/gate.ts';
import { createHclParser } from './hcl/parser.ts';

/** Makes what `convert` needs on Node: the parser from the wasm files of the installed packages, and the gate. */
export const loadRuntime = async (): Promise<Runtime> => {
  const [parser, gate] = await Promise.all([loadParser(), createGate()]);
  return { parser, gate };
};

const loadParser = async (): ReturnType<typeof createHclParser> => {
  const { resolve } = createRequire(import.meta.url);
  const [runtime, grammar] = await Promise.all([
    readFile(resolve('web-tree-sitter/web-tree-sitter.wasm')),
    readFile(fileURLToPath(new URL('tree-sitter-hcl.wasm', import.meta.url))).catch(() =>
      // From lib/, where no build has put the grammar beside this file.
      readFile(join(dirname(resolve('@tree-sitter-grammars/tree-sitter-hcl/package.json')), 'tree-sitter-hcl.wasm')),
    ),
  ]);
  return createHclParser({ runtime, grammar });
};
