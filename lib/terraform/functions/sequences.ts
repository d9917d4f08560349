import { convert } from '../evaluation/convert.ts';
import { integerOf, wholeOf } from '../evaluation/numbers.ts';
import { compareText } from '../evaluation/order.ts';
import { dynamicType, listOf, nameOf, numberType, stringType, typeOf } from '../evaluation/types.ts';
import { unify } from '../evaluation/unify.ts';
import { giveUp, spend } from '../evaluation/work.ts';
import { errorOf, knownString, unknown, type ListValue, type Value } from '../value.ts';
import { encodeJson } from './json.ts';
import { anything, isSequence, isSet, type FunctionTable } from './function.ts';

/** Lists, tuples and sets. Source: github.com/zclconf/go-cty, cty/function/stdlib/{collection,sequence}.go. */
export const sequences: FunctionTable = {
  concat: {
    parameters: [],
    rest: anything,
    partial: true,
    call: args => {
      if (args.length === 0) return errorOf('concat needs at least one argument');
      const wrong = args.find(arg => !isSequence(arg) || isSet(arg));
      if (wrong) return errorOf(`concat takes lists and tuples, not ${nameOf(typeOf(wrong))}`);
      const lists = args as readonly ListValue[];
      spend(lists.reduce((sum, { items }) => sum + items.length, 0));
      const common = lists.every(({ type }) => type) ? unify(lists.map(typeOf)) : undefined;
      const converted = common?.kind === 'list' ? lists.map(list => convert(list, common)) : lists;
      const failed = converted.find(({ kind }) => kind === 'error');
      if (failed) return failed;
      const items = converted.flatMap(list => (list.kind === 'list' ? list.items : []));
      return { kind: 'list', items, ...(common?.kind === 'list' ? { type: common } : {}) };
    },
  },
  flatten: {
    parameters: [anything],
    partial: true,
    call: ([list]) => {
      if (!isSequence(list)) return errorOf('only lists, sets and tuples can be flattened');
      const items = flatten(list.items);
      return items ? { kind: 'list', items } : unknown;
    },
  },
  distinct: {
    parameters: [{ type: listOf(dynamicType) }],
    call: ([list]) => (isSequence(list) ? { ...list, items: distinctItems(list.items) } : unknown),
  },
  compact: {
    parameters: [{ type: listOf(stringType) }],
    call: ([list]) =>
      isSequence(list)
        ? { ...list, items: list.items.filter(item => item.kind !== 'null' && knownString(item) !== '') }
        : unknown,
  },
  reverse: {
    parameters: [anything],
    partial: true,
    call: ([list]) => {
      if (!isSequence(list)) return errorOf('only lists and tuples can be reversed');
      const items = list.items.toReversed();
      return list.type ? { kind: 'list', items, type: listOf(list.type.element) } : { kind: 'list', items };
    },
  },
  sort: {
    parameters: [{ type: listOf(stringType) }],
    call: ([list]) => {
      if (!isSequence(list)) return unknown;
      if (list.items.some(({ kind }) => kind === 'null')) return errorOf('a null cannot be sorted');
      spend(list.items.length * 16);
      return { ...list, items: list.items.toSorted((a, b) => compareText(knownString(a) ?? '', knownString(b) ?? '')) };
    },
  },
  range: {
    parameters: [],
    rest: { type: numberType },
    call: args => {
      const [a = giveUp(), b, c, more] = args.map(arg => wholeOf(arg) ?? giveUp());
      if (more !== undefined) return errorOf('range takes one, two or three arguments');
      const [start, end] = b === undefined ? [0, a] : [a, b];
      return countRange(start, end, c ?? (end < start ? -1 : 1));
    },
  },
};

/** Each item once, at its first place. All are known and of one type, so that equal ones are the same in JSON. */
const distinctItems = (items: readonly Value[]): readonly Value[] => {
  const seen = new Set<string>();
  return items.filter(item => {
    const key = encodeJson(item);
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
};

/** Undefined where an item may be a list. */
const flatten = (items: readonly Value[]): Value[] | undefined => {
  const flat: Value[] = [];
  for (const item of items) {
    spend(1);
    if (item.kind === 'unknown') return undefined;
    if (item.kind !== 'list') {
      flat.push(item);
      continue;
    }
    const inner = flatten(item.items);
    if (!inner) return undefined;
    for (const value of inner) flat.push(value);
  }
  return flat;
};

/** Terraform refuses more than that. */
const longestRange = 1024;

const countRange = (start: number, end: number, step: number): Value => {
  const length = Math.ceil((end - start) / step);
  if (length < 0 || step === 0) return start === end ? giveUp() : errorOf('range goes away from its end');
  if (length > longestRange) return errorOf('range makes more than 1024 numbers');
  spend(length);
  const items = Array.from({ length }, (_, index) => integerOf(start + index * step));
  return { kind: 'list', items, type: listOf(numberType) };
};
