import { sortTypes } from './sort-types.ts';
import {
  anyType,
  dynamicType,
  isPrimitive,
  listOf,
  mapOf,
  mentions,
  sameNames,
  sameType,
  setOf,
  type ObjectType,
  type TupleType,
  type Type,
} from './types.ts';
import { giveUp, spend } from './work.ts';

/**
 * The type that all of these can be converted to; undefined when there is none.
 * Source: unify in github.com/zclconf/go-cty, cty/convert/unify.go (unsafe).
 */
export const unify = (given: readonly Type[]): Type | undefined => {
  const types = distinctTypes(given);
  const [first] = types;
  if (!first || types.length === 1) return first;
  if (types.some(({ kind }) => kind === 'any')) return unifyWithAny(types);
  const decided = unifyByKind(types);
  // The first type, most general first, that all others can be converted to.
  return decided ? decided.type : sortTypes(types).find(wanted => types.every(type => isConvertible(type, wanted)));
};

/** What is not known yet can only be a string where the others are: all else may still be converted. */
const unifyWithAny = (types: readonly Type[]): Type =>
  types.every(({ kind }) => kind === 'any' || kind === 'string') ? { kind: 'string' } : anyType;

const distinctTypes = (types: readonly Type[]): readonly Type[] => {
  const distinct: Type[] = [];
  for (const type of types) {
    spend(1);
    if (!distinct.some(other => sameType(other, type))) distinct.push(type);
  }
  return distinct;
};

type Found = { readonly type: Type | undefined };

/** `type` is undefined where there is none. Undefined where the kinds alone do not decide. */
const unifyByKind = (types: readonly Type[]): Found | undefined => {
  const count = (kind: Type['kind']): number => types.filter(type => type.kind === kind).length;
  const [dynamic, all] = [count('dynamic'), types.length];
  const [maps, lists, sets, objects, tuples] = [
    count('map'),
    count('list'),
    count('set'),
    count('object'),
    count('tuple'),
  ];
  const only = (number: number): boolean => number > 0 && number + dynamic === all;
  if (only(maps)) return dynamic > 0 ? { type: dynamicType } : unifyElements(types, mapOf);
  if (maps > 0 && only(maps + objects)) return asCollections(types, 'object', objectsToMap, 'map');
  if (only(lists)) return dynamic > 0 ? { type: dynamicType } : unifyElements(types, listOf);
  if (lists > 0 && only(lists + tuples)) return asCollections(types, 'tuple', tuplesToList, 'list');
  if (only(sets)) return dynamic > 0 ? { type: dynamicType } : unifyElements(types, setOf);
  if (only(objects)) return dynamic > 0 ? { type: dynamicType } : { type: unifyObjects(types as ObjectType[]) };
  if (only(tuples)) return dynamic > 0 ? { type: dynamicType } : { type: unifyTuples(types as TupleType[]) };
  return objects > 0 && tuples > 0 ? { type: undefined } : undefined;
};

const elementOf = (type: Type): Type => ('element' in type ? type.element : anyType);

const unifyElements = (types: readonly Type[], collection: (element: Type) => Type): Found => {
  const element = unify(types.map(elementOf));
  return { type: element && collection(element) };
};

/** Maps with objects, lists with tuples: the structures as a collection first, then that with the others. */
const asCollections = (
  types: readonly Type[],
  structure: 'object' | 'tuple',
  collect: (types: readonly Type[]) => Type | undefined,
  collection: 'map' | 'list',
): Found | undefined => {
  const collected = collect(types.filter(({ kind }) => kind === structure));
  if (collected?.kind !== collection) return undefined;
  const common = unify(types.map(type => (type.kind === structure ? collected : type)));
  if (common?.kind !== collection && common?.kind !== 'any') return undefined;
  // go-cty converts a structure in two steps, and gives the second one what the first one was given.
  const twice = common.kind !== 'any' && !sameType(collected, common) && !isPrimitive(elementOf(collected));
  return twice ? giveUp() : { type: common };
};

const unifyObjects = (types: readonly ObjectType[]): Type | undefined => {
  const [first] = types;
  if (!first || !types.every(type => sameNames(first, type))) return objectsToMap(types);
  const attributes = new Map<string, Type>();
  for (const name of first.attributes.keys()) {
    const attribute = unify(types.map(type => type.attributes.get(name) ?? anyType));
    if (!attribute) return undefined;
    attributes.set(name, attribute);
  }
  const result: Type = { kind: 'object', attributes };
  return types.every(type => isConvertible(type, result)) ? result : objectsToMap(types);
};

const objectsToMap = (types: readonly Type[]): Type | undefined =>
  collectTo(
    types.flatMap(type => (type.kind === 'object' ? [...type.attributes.values()] : [])),
    types,
    mapOf,
  );

const unifyTuples = (types: readonly TupleType[]): Type | undefined => {
  const [first] = types;
  if (!first || !types.every(({ elements }) => elements.length === first.elements.length)) return tuplesToList(types);
  const elements: Type[] = [];
  for (const index of first.elements.keys()) {
    const element = unify(types.map(type => type.elements[index] ?? anyType));
    if (!element) return undefined;
    elements.push(element);
  }
  const result: Type = { kind: 'tuple', elements };
  return types.every(type => isConvertible(type, result)) ? result : tuplesToList(types);
};

const tuplesToList = (types: readonly Type[]): Type | undefined =>
  collectTo(
    types.flatMap(type => (type.kind === 'tuple' ? type.elements : [])),
    types,
    listOf,
  );

const collectTo = (
  parts: readonly Type[],
  types: readonly Type[],
  collection: (element: Type) => Type,
): Type | undefined => {
  const element = unify(parts);
  const result = element && collection(element);
  return result && types.every(type => isConvertible(type, result)) ? result : undefined;
};

/**
 * Whether Terraform knows a conversion between two types; a value may still be refused ("x" as a number).
 * Source: getConversion in github.com/zclconf/go-cty, cty/convert/conversion.go (unsafe).
 */
export const isConvertible = (from: Type, to: Type): boolean => {
  spend(1);
  if (to.kind === 'dynamic' || to.kind === 'any' || from.kind === 'dynamic' || from.kind === 'any') return true;
  if (isPrimitive(from) && isPrimitive(to)) return isPrimitiveConvertible(from, to);
  switch (to.kind) {
    case 'object':
      return from.kind === 'object' ? isObjectConvertible(from, to) : from.kind === 'map' && mapFits(from.element, to);
    case 'tuple':
      return from.kind === 'tuple' && isTupleConvertible(from, to);
    case 'list':
    case 'set':
      if (from.kind === 'tuple') return areConvertible(from.elements, to.element, true);
      return (from.kind === 'list' || from.kind === 'set') && isConvertible(from.element, to.element);
    case 'map':
      if (from.kind === 'object') return areConvertible([...from.attributes.values()], to.element, false);
      return from.kind === 'map' && isConvertible(from.element, to.element);
    default:
      return false;
  }
};

/** Numbers and bools are not converted into each other. */
const isPrimitiveConvertible = (from: Type, to: Type): boolean =>
  from.kind === to.kind || from.kind === 'string' || to.kind === 'string';

const isObjectConvertible = (from: ObjectType, to: ObjectType): boolean =>
  [...to.attributes].every(([name, type]) => {
    const attribute = from.attributes.get(name);
    return attribute !== undefined && isConvertible(attribute, type);
  });

const mapFits = (element: Type, to: ObjectType): boolean =>
  [...to.attributes.values()].every(type => isConvertible(element, type));

const isTupleConvertible = (from: TupleType, to: TupleType): boolean =>
  from.elements.length === to.elements.length &&
  from.elements.every((element, index) => isConvertible(element, to.elements[index]!));

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
    return parts.some(part => mentions(part, 'any')) ? { kind: 'any' } : undefined;
  return common;
};
