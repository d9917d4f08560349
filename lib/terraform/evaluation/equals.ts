import { knownString, unknown, type ListValue, type ObjectValue, type Type, type Value } from '../value.ts';
import { compareNumbers } from './numbers.ts';
import { compareText } from './order.ts';
import { isWhollyKnown, mentions, sameType, setOf, typeOf } from './types.ts';
import { giveUp, spend } from './work.ts';

/**
 * `a == b`; undefined where it is not known. Values of two types are never equal, a list and a tuple included.
 * Source: Equals in github.com/zclconf/go-cty, cty/value_ops.go.
 */
export const equals = (a: Value, b: Value): boolean | undefined => {
  spend(1);
  if (a.kind === 'unknown' || b.kind === 'unknown' || a.kind === 'error' || b.kind === 'error') return undefined;
  if (a.kind === 'null' || b.kind === 'null') return a.kind === b.kind;
  const [typeA, typeB] = [typeOf(a), typeOf(b)];
  if (mentions(typeA, 'any') || mentions(typeB, 'any')) return typeA.kind === typeB.kind ? undefined : false;
  if (!sameType(typeA, typeB)) return false;
  switch (a.kind) {
    case 'string':
      return b.kind === 'string' ? sameText(a.parts, b.parts) : false;
    case 'number':
      return b.kind === 'number' && a.text === b.text;
    case 'bool':
      return b.kind === 'bool' && a.value === b.value;
    case 'list':
      return b.kind === 'list' ? sameItems(a, b) : false;
    case 'object':
      return b.kind === 'object' ? sameEntries(a, b) : false;
  }
};

const sameText = (a: readonly (string | undefined)[], b: readonly (string | undefined)[]): boolean | undefined => {
  if (a.includes(undefined) || b.includes(undefined)) return undefined;
  return a.join('') === b.join('');
};

/** Sets of the same items are in the same order. */
const sameItems = (a: ListValue, b: ListValue): boolean | undefined =>
  a.items.length === b.items.length && all(a.items.map((item, index) => [item, b.items[index]!]));

const sameEntries = (a: ObjectValue, b: ObjectValue): boolean | undefined => {
  const names = [...a.entries.keys()];
  if (names.length !== b.entries.size || !names.every(name => b.entries.has(name))) return false;
  return all(names.map(name => [a.entries.get(name)!, b.entries.get(name)!]));
};

const all = (pairs: readonly (readonly [Value, Value])[]): boolean | undefined => {
  let result: boolean | undefined = true;
  for (const [a, b] of pairs) {
    const same = equals(a, b);
    if (same === false) return false;
    if (same === undefined) result = undefined;
  }
  return result;
};

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
