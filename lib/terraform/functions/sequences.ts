import { convert } from '../evaluation/convert.ts';
import { calculate } from '../evaluation/arithmetic.ts';
import { anything, anythingOrNull, type FunctionTable } from '../evaluation/function.ts';
import { isWhollyKnown } from '../evaluation/known.ts';
import { compareNumbers, integerOf, wholeOf } from '../evaluation/numbers.ts';
import { compareText } from '../evaluation/order.ts';
import { dynamicType, listOf, nameOf, numberType, stringType, typeOf } from '../evaluation/types.ts';
import { unify } from '../evaluation/unify.ts';
import { spend } from '../evaluation/work.ts';
import { errorOf, knownString, unknown, type ListValue, type NumberValue, type Value } from '../value.ts';
import { distinctItems, isSequence, isSet, refuseSequence } from './support.ts';

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
  slice: {
    parameters: [anything, { type: numberType }, { type: numberType }],
    partial: true,
    call: ([list, from, to]) => {
      if (!isSequence(list) || isSet(list)) return refuseSequence('slice', list);
      const [start, end] = [wholeOf(from), wholeOf(to)];
      if (start === undefined || end === undefined || start < 0 || end < start || end > list.items.length)
        return errorOf('slice is given indices that are not in the list');
      return { ...list, items: list.items.slice(start, end) };
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
      const bounds = rangeBounds(args as readonly NumberValue[]);
      if (!bounds) return errorOf('range takes one, two or three arguments');
      return countRange(...bounds);
    },
  },
  coalescelist: {
    parameters: [],
    rest: { ...anythingOrNull, unknown: true },
    partial: true,
    call: args => {
      if (args.length === 0) return errorOf('coalescelist needs at least one argument');
      for (const arg of args) {
        if (arg.kind === 'unknown') return unknown;
        const { kind } = typeOf(arg);
        if (kind !== 'list' && kind !== 'tuple') return errorOf('coalescelist takes lists and tuples');
      }
      const found = args.find(arg => arg.kind === 'list' && arg.items.length > 0);
      return found ?? errorOf('coalescelist is given no list that has items');
    },
  },
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

const [zero, one, minusOne] = [integerOf(0), integerOf(1), integerOf(-1)];

const rangeBounds = (args: readonly NumberValue[]): readonly [NumberValue, NumberValue, NumberValue] | undefined => {
  const [a, b, c] = args;
  if (!a || args.length > 3) return undefined;
  if (!b) return [zero, a, compareNumbers(a.text, '0') < 0 ? minusOne : one];
  return [a, b, c ?? (compareNumbers(b.text, a.text) < 0 ? minusOne : one)];
};

/** Terraform refuses more than that. */
const longestRange = 1024;

const countRange = (start: NumberValue, end: NumberValue, step: NumberValue): Value => {
  const down = compareNumbers(step.text, '0') < 0;
  const before = (number: NumberValue): boolean => compareNumbers(number.text, end.text) * (down ? -1 : 1) < 0;
  if (!before(start) && compareNumbers(start.text, end.text) !== 0) return errorOf('range goes away from its end');
  const items: Value[] = [];
  for (let number: Value = start; number.kind === 'number' && before(number); number = calculate('+', number, step)) {
    spend(1);
    if (items.length >= longestRange) return errorOf('range makes more than 1024 numbers');
    items.push(number);
  }
  return items.every(isWhollyKnown) ? { kind: 'list', items, type: listOf(numberType) } : unknown;
};
