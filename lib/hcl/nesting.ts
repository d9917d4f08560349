import { scanOutline } from './lexer.ts';

/** Deep enough for any configuration, shallow enough for recursive readers of the tree. */
export const maxTreeNesting = 1024;

/** HashiCorp's parser, as wasm, overflows the stack from about 600 on. It does not refuse then: its process is lost. */
export const maxGateNesting = 400;

export const tooDeep = (levels: number): string => `nested deeper than ${levels} levels`;

/** Where brackets, blocks, interpolations and signs before signs are nested more deeply than that. */
export const findTooDeep = (text: string, levels: number): number | undefined => {
  let depth = 0;
  let found: number | undefined;
  let [signs, behindSign] = [0, 0];
  scanOutline(text, (mark, at) => {
    if (mark === 'sign') {
      signs = isTrivia(text.slice(behindSign, at)) ? signs + 1 : 1;
      behindSign = at + 1;
      if (depth + signs > levels) found ??= at;
    }
    if (mark === 'open' && ++depth > levels) found ??= at;
    if (mark === 'close') depth--;
  });
  return found;
};

/** White space and comments. */
const isTrivia = (text: string): boolean => /^(?:\s|\/\*(?:[^*]|\*(?!\/))*\*\/|(?:#|\/\/)[^\n]*\n)*$/.test(text);
