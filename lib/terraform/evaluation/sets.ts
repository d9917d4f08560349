import { knownString, unknown, type Type, type Value } from '../value.ts';
import { equals } from './equals.ts';
import { compareNumbers } from './numbers.ts';
import { compareText } from './order.ts';
import { isWhollyKnown, setOf } from './types.ts';
import { giveUp, spend } from './work.ts';

/**
 * A set of these items, without duplicates and in the order in which Terraform goes through it. Unknown where an item is not
 * known, since it may be one of the others. Source: github.com/zclconf/go-cty, cty/set_internals.go.
 */
export const setValue = (items: readonly Value[], element: Type): Value => {
  if (items.length > 1 && !items.every(isWhollyKnown)) return unknown;
  const distinct: Value[] = [];
  // Sorted first, so that equal ones are neighbours.
  for (const item of sortSet(items)) {
    const last = distinct.at(-1);
    if (last === undefined || equals(last, item) !== true) distinct.push(item);
  }
  return { kind: 'list', items: distinct, type: setOf(element) };
};

/** Nulls come last. How go-cty sorts objects and lists is not certain. */
const sortSet = (items: readonly Value[]): readonly Value[] => {
  if (items.length < 2) return items;
  spend(items.length * Math.ceil(Math.log2(items.length)));
  return items.toSorted((a, b) => Number(a.kind === 'null') - Number(b.kind === 'null') || compare(a, b));
};

const compare = (a: Value, b: Value): number => {
  if (a.kind === 'string' && b.kind === 'string') return compareText(knownString(a) ?? '', knownString(b) ?? '');
  if (a.kind === 'number' && b.kind === 'number') return compareNumbers(a, b);
  if (a.kind === 'bool' && b.kind === 'bool') return Number(a.value) - Number(b.value);
  return a.kind === 'null' && b.kind === 'null' ? 0 : giveUp();
};
