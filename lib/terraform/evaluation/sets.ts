import { knownString, unknown, type Value } from '../value.ts';
import { equals } from './equals.ts';
import { compareNumbers, digitCount } from './numbers.ts';
import { compareText, sortedEntries } from './order.ts';
import { isWhollyKnown } from './known.ts';
import { setOf, type Type } from './types.ts';
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

const sortSet = (items: readonly Value[]): readonly Value[] => {
  if (items.length < 2) return items;
  spend(items.length * Math.ceil(Math.log2(items.length)));
  const [first] = items.filter(({ kind }) => kind !== 'null');
  if (!first) return items;
  if (first.kind === 'string') return sortBy(items, item => knownString(item), compareText);
  if (first.kind === 'number')
    return sortBy(items, item => (item.kind === 'number' ? item.text : undefined), compareNumbers);
  if (first.kind === 'bool')
    return sortBy(
      items,
      item => (item.kind === 'bool' ? Number(item.value) : undefined),
      (a, b) => a - b,
    );
  return sortBy(items, item => (item.kind === 'null' ? undefined : hashText(item)), compareText);
};

/** Nulls come last. */
const sortBy = <T>(
  items: readonly Value[],
  key: (item: Value) => T | undefined,
  compare: (a: T, b: T) => number,
): Value[] =>
  items
    .map(item => ({ item, by: key(item) }))
    .toSorted((a, b) => {
      if (a.by === undefined || b.by === undefined) return Number(a.by === undefined) - Number(b.by === undefined);
      return compare(a.by, b.by);
    })
    .map(({ item }) => item);

/** What go-cty sorts objects and lists by. */
const hashText = (value: Value): string => {
  spend(1);
  switch (value.kind) {
    case 'null':
      return '~';
    case 'bool':
      return value.value ? 'T' : 'F';
    case 'number':
      // Longer numbers and fractions are written with an exponent or rounded.
      return /^-?\d+$/.test(value.text) && digitCount(value.text) <= 10 ? value.text : giveUp();
    case 'string':
      return quote(knownString(value) ?? giveUp());
    case 'list': {
      const [open, close] = value.type ? '[]' : '<>';
      return `${open}${value.items.map(item => `${hashText(item)};`).join('')}${close}`;
    }
    case 'object': {
      const entries = sortedEntries(value.entries);
      if (!value.type) return `<${entries.map(([, entry]) => `${hashText(entry)};`).join('')}>`;
      return `{${entries.map(([name, entry]) => `${quote(name)}:${hashText(entry)};`).join('')}}`;
    }
    default:
      return giveUp();
  }
};

/** Go's %q of what needs no other escapes. */
const quote = (text: string): string => (/^[ -~]*$/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : giveUp());
