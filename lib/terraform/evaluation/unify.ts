import type { ObjectType, TupleType, Type } from '../value.ts';
import {
  anyType,
  dynamicType,
  innerTypes,
  isPrimitive,
  listOf,
  mapOf,
  mentions,
  sameNames,
  sameType,
  setOf,
  stringType,
} from './types.ts';
import { giveUp, spend } from './work.ts';

/**
 * The type that all of these can be converted to; undefined when there is none. Where Terraform has a choice it is not certain.
 * Source: unify in github.com/zclconf/go-cty, cty/convert/unify.go (unsafe).
 */
export const unify = (given: readonly Type[]): Type | undefined => {
  const types = distinctTypes(given);
  const [first] = types;
  if (!first || types.length === 1) return first;
  if (types.some(({ kind }) => kind === 'any')) return unifyWithAny(types);
  const closed = types.filter(({ kind }) => kind !== 'dynamic');
  const kinds = [...new Set(closed.map(({ kind }) => kind))].toSorted().join();
  if (closed.length < types.length && !closed.every(isPrimitive)) return kinds.includes(',') ? giveUp() : dynamicType;
  switch (kinds) {
    case 'list':
      return collect(types.flatMap(innerTypes), listOf);
    case 'set':
      return collect(types.flatMap(innerTypes), setOf);
    case 'map':
      return collect(types.flatMap(innerTypes), mapOf);
    case 'object':
    case 'tuple':
      return unifyStructures(types);
    case 'list,tuple':
    case 'map,object':
      return unifyMixed(types);
    default:
      return closed.every(isPrimitive) && kinds.includes('string') ? stringType : oneOf(types);
  }
};

/** The one that all others can be converted to. */
const oneOf = (types: readonly Type[]): Type | undefined => {
  const common = types.filter(wanted => types.every(type => isConvertible(type, wanted)));
  const closed = common.filter(({ kind }) => kind !== 'dynamic');
  return closed.length > 1 ? giveUp() : (closed[0] ?? common[0]);
};

/** What is not known yet can only be a string where the others are: all else may still be converted. */
const unifyWithAny = (types: readonly Type[]): Type =>
  types.every(({ kind }) => kind === 'any' || kind === 'string') ? stringType : anyType;

const distinctTypes = (types: readonly Type[]): readonly Type[] => {
  const distinct: Type[] = [];
  for (const type of types) {
    spend(1);
    if (!distinct.some(other => sameType(other, type))) distinct.push(type);
  }
  return distinct;
};

const collect = (parts: readonly Type[], collection: (element: Type) => Type): Type | undefined => {
  // Which of the two an empty collection of no type takes depends on what is made of it.
  if (parts.some(({ kind }) => kind === 'dynamic') && parts.some(type => isStructure(type))) return giveUp();
  const element = unify(parts);
  return element && collection(element);
};

const isStructure = (type: Type): type is ObjectType | TupleType => type.kind === 'object' || type.kind === 'tuple';

/** Maps with objects, lists with tuples: the structures as a collection first, then that with the others. */
const unifyMixed = (types: readonly Type[]): Type | undefined => {
  const collected = asCollection(types.filter(isStructure));
  if (!collected || !('element' in collected)) return oneOf(types);
  const common = unify(types.map(type => (isStructure(type) ? collected : type)));
  if (common?.kind === 'any') return common;
  // go-cty converts a structure in two steps, and gives the second one what the first one was given.
  return common?.kind !== collected.kind || (!sameType(collected, common) && !isPrimitive(collected.element))
    ? giveUp()
    : common;
};

/** Objects of the same names, or tuples of one length, part by part; others as a collection. */
const unifyStructures = (types: readonly Type[]): Type | undefined => {
  const structures = types.filter(isStructure);
  const [first] = structures;
  if (!first || !structures.every(type => sameParts(first, type))) return asCollection(structures);
  const parts: [string, Type][] = [];
  for (const name of namesOf(first)) {
    const part = unify(structures.map(type => partOf(type, name)));
    if (!part) return undefined;
    parts.push([name, part]);
  }
  const result: Type =
    first.kind === 'object'
      ? { kind: 'object', attributes: new Map(parts) }
      : { kind: 'tuple', elements: parts.map(([, part]) => part) };
  return types.every(type => isConvertible(type, result)) ? result : asCollection(structures);
};

const namesOf = (type: ObjectType | TupleType): readonly string[] =>
  type.kind === 'object' ? [...type.attributes.keys()] : Object.keys(type.elements);

const partOf = (type: ObjectType | TupleType, name: string): Type =>
  (type.kind === 'object' ? type.attributes.get(name) : type.elements[Number(name)]) ?? anyType;

const sameParts = (a: ObjectType | TupleType, b: ObjectType | TupleType): boolean =>
  a.kind === 'object' ? b.kind === 'object' && sameNames(a, b) : innerTypes(a).length === innerTypes(b).length;

/** Objects as a map, tuples as a list. */
const asCollection = (types: readonly (ObjectType | TupleType)[]): Type | undefined => {
  const result = collect(types.flatMap(innerTypes), types[0]?.kind === 'object' ? mapOf : listOf);
  return result && types.every(type => isConvertible(type, result)) ? result : undefined;
};

/**
 * Whether Terraform knows a conversion between two types; a value may still be refused ("x" as a number).
 * Source: getConversion in github.com/zclconf/go-cty, cty/convert/conversion.go (unsafe).
 */
export const isConvertible = (from: Type, to: Type): boolean => {
  spend(1);
  if (to.kind === 'dynamic' || to.kind === 'any' || from.kind === 'dynamic' || from.kind === 'any') return true;
  switch (to.kind) {
    case 'object':
      if (from.kind === 'map') return innerTypes(to).every(type => isConvertible(from.element, type));
      return from.kind === 'object' && [...to.attributes].every(([name, type]) => isConvertiblePart(from, name, type));
    case 'tuple':
      return (
        from.kind === 'tuple' &&
        sameParts(from, to) &&
        innerTypes(from).every((part, at) => isConvertible(part, to.elements[at]!))
      );
    case 'list':
    case 'set':
      if (from.kind === 'tuple') return areConvertible(from.elements, to.element, true);
      return (from.kind === 'list' || from.kind === 'set') && isConvertible(from.element, to.element);
    case 'map':
      if (from.kind === 'object') return areConvertible(innerTypes(from), to.element, false);
      return from.kind === 'map' && isConvertible(from.element, to.element);
    default:
      // Numbers and bools are not converted into each other.
      return isPrimitive(from) && (from.kind === to.kind || from.kind === 'string' || to.kind === 'string');
  }
};

const isConvertiblePart = (from: ObjectType, name: string, to: Type): boolean => {
  const part = from.attributes.get(name);
  return part !== undefined && isConvertible(part, to);
};

/** The parts of a tuple or object as a collection: an open element type is what the parts have in common. */
const areConvertible = (parts: readonly Type[], element: Type, sequence: boolean): boolean => {
  const wanted = elementFor(parts, element, sequence);
  return wanted !== undefined && parts.every(part => sameType(part, wanted) || isConvertible(part, wanted));
};

/** The element type of a collection made of these parts. */
export const elementFor = (parts: readonly Type[], element: Type, sequence: boolean): Type | undefined => {
  if (element.kind !== 'dynamic' || parts.length === 0) return element;
  const common = unify(parts);
  // Nulls beside lists have no common type that all would be converted to.
  if (sequence && common?.kind === 'dynamic' && parts.some(({ kind }) => kind !== 'dynamic'))
    return parts.some(part => mentions(part, 'any')) ? anyType : undefined;
  return common;
};
