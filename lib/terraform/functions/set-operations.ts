import { convert } from '../evaluation/convert.ts';
import { equals } from '../evaluation/equals.ts';
import { anything, type FunctionDefinition, type FunctionTable } from '../evaluation/function.ts';
import { setValue } from '../evaluation/sets.ts';
import { dynamicType, listOf, setOf, typeOf } from '../evaluation/types.ts';
import { unify } from '../evaluation/unify.ts';
import { spend } from '../evaluation/work.ts';
import { errorOf, type ListValue, type Type, type Value } from '../value.ts';
import { isSequence } from './support.ts';

type Combine = (a: readonly Value[], b: readonly Value[]) => readonly Value[];

const has = (items: readonly Value[], wanted: Value): boolean => {
  spend(items.length);
  return items.some(item => equals(item, wanted) === true);
};

/** Source: setOperationImpl in github.com/zclconf/go-cty, cty/function/stdlib/set.go. */
const setOperation = (combine: Combine, count?: number): FunctionDefinition => ({
  parameters: Array.from({ length: count ?? 1 }, () => ({ type: setOf(dynamicType) })),
  ...(count === undefined ? { rest: { type: setOf(dynamicType) } } : {}),
  call: args => {
    const sets = args as readonly ListValue[];
    const element = commonElement(sets);
    if (!element) return errorOf('the sets must have one type of element');
    const converted = sets.map(set => convert(set, setOf(element)));
    const failed = converted.find(({ kind }) => kind === 'error');
    if (failed) return failed;
    const [first = [], ...others] = converted.map(set => (isSequence(set) ? set.items : []));
    return setValue(
      others.reduce((a, b) => combine(a, b), first),
      element,
    );
  },
});

/** An empty set of no type goes with all others. */
const commonElement = (sets: readonly ListValue[]): Type | undefined => {
  const elements = sets.flatMap(({ type, items }) =>
    type && (items.length > 0 || type.element.kind !== 'dynamic') ? [type.element] : [],
  );
  return elements.length === 0 ? dynamicType : unify(elements);
};

export const setOperations: FunctionTable = {
  setunion: setOperation((a, b) => [...a, ...b]),
  setintersection: setOperation((a, b) => a.filter(item => has(b, item))),
  setsubtract: setOperation((a, b) => a.filter(item => !has(b, item)), 2),
  setproduct: {
    parameters: [],
    rest: anything,
    call: args => {
      if (args.length < 2) return errorOf('setproduct takes at least two sets');
      if (!args.every(isSequence)) return errorOf('setproduct takes sets and lists');
      const elements = args.map(productElement);
      if (!elements.every(element => element !== undefined)) return errorOf('all elements must be of the same type');
      const type: Type = { kind: 'tuple', elements };
      const converted = args.map((arg, index) => arg.items.map(item => convert(item, elements[index]!)));
      const failed = converted.flat().find(({ kind }) => kind === 'error');
      if (failed) return failed;
      const items = product(converted).map((tuple): Value => ({ kind: 'list', items: tuple }));
      return args.some(arg => arg.type?.kind === 'set')
        ? setValue(items, type)
        : { kind: 'list', items, type: listOf(type) };
    },
  },
};

const productElement = (arg: ListValue): Type | undefined =>
  arg.type ? arg.type.element : arg.items.length === 0 ? dynamicType : unify(arg.items.map(typeOf));

/** The last one varies fastest. */
const product = (lists: readonly (readonly Value[])[]): readonly (readonly Value[])[] => {
  spend(lists.reduce((count, list) => count * list.length, lists.length));
  return lists.reduce<readonly (readonly Value[])[]>(
    (tuples, list) => tuples.flatMap(tuple => list.map(item => [...tuple, item])),
    [[]],
  );
};
