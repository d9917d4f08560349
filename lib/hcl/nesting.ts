import { scanOutline } from './lexer.ts';

/** Deep enough for any configuration, shallow enough for recursive readers of the tree. */
export const maxTreeNesting = 1024;

/** HashiCorp's parser, as wasm, overflows the stack from about 600 on. It does not refuse then: its process is lost. */
export const maxGateNesting = 400;

export const tooDeep = (levels: number): string => `nested deeper than ${levels} levels`;

/** Where brackets, blocks and interpolations are nested more deeply than that. */
export const findTooDeep = (text: string, levels: number): number | undefined => {
  let depth = 0;
  let found: number | undefined;
  scanOutline(text, (mark, at) => {
    if (mark === 'open' && ++depth > levels) found ??= at;
    if (mark === 'close') depth--;
  });
  return found;
};
