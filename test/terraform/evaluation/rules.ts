import type { Kind, Rule } from './draw.ts';
import { common } from './rules/common.ts';
import { leaves, nullLeaf } from './rules/leaves.ts';
import { objectLists, objects } from './rules/objects.ts';
import { bools, numbers } from './rules/scalars.ts';
import { lists, numberLists, stringLists } from './rules/sequences.ts';
import { strings } from './rules/strings.ts';

export { leaves };

/** Written by no other rule, and so seldom. */
const rare = ['values', 'yamldecode', 'nested-for', 'for-group', 'full-splat'];

const everything = [...strings, ...numbers, ...bools, ...stringLists, ...numberLists, ...lists, ...objects];

export const rules: Readonly<Record<Kind, readonly Rule[]>> = {
  string: [...strings, ...common('string')],
  number: [...numbers, ...common('number')],
  bool: [...bools, ...common('bool')],
  strings: [...stringLists, ...common('strings')],
  numbers: [...numberLists, ...common('numbers')],
  list: [...lists, ...common('list')],
  object: [...objects, ...common('object')],
  objects: [...objectLists, ...common('objects')],
  any: [...everything, ...everything.filter(({ name }) => rare.includes(name)), ...common('any'), nullLeaf],
};
