import type { Kind } from '../../../eks/typed-inputs.ts';
import { resolve, type Piece } from '../../../parser/index.ts';
import type { RootModule } from '../../../terraform/index.ts';

/** What is wrong with a value that is written out, where version 21 wants a map or a list. */
export const kindProblem = (
  module: RootModule,
  piece: Piece,
  wanted: Kind | undefined,
): { readonly problem: string; readonly advice: string } | undefined => {
  if (wanted === undefined) return undefined;
  const { kind } = resolve(module, piece).expression;
  const is = kinds[kind];
  if (is === undefined || is === wanted) return undefined;
  return {
    problem: `is a ${is}`,
    advice: wanted === 'map' ? 'Write a map, with a key for each: { a = {...} }.' : 'Write a list: [...].',
  };
};

const kinds: Readonly<Record<string, string>> = {
  tuple: 'list',
  object: 'map',
  template: 'string',
  bool: 'bool',
  number: 'number',
};
