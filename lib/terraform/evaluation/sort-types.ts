import type { Type } from './types.ts';

/**
 * Most general first, where types can be compared. Source: sortTypes and compareTypes in github.com/zclconf/go-cty,
 * cty/convert.
 */
export const sortTypes = (types: readonly Type[]): readonly Type[] => {
  const edges = types.map((type, from) =>
    [...types.keys()].filter(to => {
      if (to === from) return false;
      const order = from < to ? compareTypes(type, types[to]!) : -compareTypes(types[to]!, type);
      return order < 0;
    }),
  );
  const waits = types.map((_, to) => edges.filter(targets => targets.includes(to)).length);
  const queue = [...types.keys()].filter(index => waits[index] === 0);
  for (let at = 0; at < queue.length; at++) {
    for (const to of edges[queue[at]!]!) {
      waits[to]!--;
      if (waits[to] === 0) queue.push(to);
    }
  }
  return queue.map(index => types[index]!);
};

/** Negative when `a` is more general. */
const compareTypes = (a: Type, b: Type): number => {
  if (a.kind === 'dynamic' || b.kind === 'dynamic') {
    if (a.kind !== 'dynamic') return -1;
    return b.kind === 'dynamic' ? 0 : 1;
  }
  if (a.kind === b.kind && 'element' in a && 'element' in b) return compareTypes(a.element, b.element);
  if (a.kind === 'object' && b.kind === 'object') {
    if (a.attributes.size !== b.attributes.size) return 0;
    const names = [...a.attributes.keys()];
    if (!names.every(name => b.attributes.has(name))) return 0;
    return compareParts(names.map(name => [a.attributes.get(name)!, b.attributes.get(name)!]));
  }
  if (a.kind === 'tuple' && b.kind === 'tuple') {
    if (a.elements.length !== b.elements.length) return 0;
    return compareParts(a.elements.map((element, index) => [element, b.elements[index]!]));
  }
  if (a.kind === b.kind) return 0;
  return generality(a) && generality(b) && generality(a)![0] === generality(b)![0]
    ? generality(a)![1] - generality(b)![1]
    : 0;
};

const compareParts = (pairs: readonly (readonly [Type, Type])[]): number => {
  const orders = pairs.map(([a, b]) => compareTypes(a, b));
  const [general, special] = [orders.some(order => order < 0), orders.some(order => order > 0)];
  if (general === special) return 0;
  return general ? -1 : 1;
};

/** Kinds that are converted into each other, as family and rank. */
const generality = ({ kind }: Type): readonly [string, number] | undefined => ranks[kind];

const ranks: Partial<Record<Type['kind'], readonly [string, number]>> = {
  string: ['primitive', 0],
  number: ['primitive', 1],
  bool: ['primitive', 1],
  list: ['sequence', 0],
  tuple: ['sequence', 1],
  set: ['sequence', 2],
  map: ['mapping', 0],
  object: ['mapping', 1],
};
