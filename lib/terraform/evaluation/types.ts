import type { ListType, MapType, ObjectType, SetType, Type, Value } from '../value.ts';
import { spend } from './work.ts';

export const stringType: Type = { kind: 'string' };
export const numberType: Type = { kind: 'number' };
export const boolType: Type = { kind: 'bool' };
export const dynamicType: Type = { kind: 'dynamic' };
export const anyType: Type = { kind: 'any' };

export const listOf = (element: Type): ListType => ({ kind: 'list', element });
export const setOf = (element: Type): SetType => ({ kind: 'set', element });
export const mapOf = (element: Type): MapType => ({ kind: 'map', element });

export const isPrimitive = ({ kind }: Type): boolean => kind === 'string' || kind === 'number' || kind === 'bool';

export const typeOf = (value: Value): Type => {
  switch (value.kind) {
    case 'string':
    case 'number':
    case 'bool':
      return { kind: value.kind };
    case 'null':
      return value.type ?? dynamicType;
    case 'list':
    case 'object':
      return value.type ?? structureOf(value);
    case 'unknown':
    case 'error':
      return anyType;
  }
};

const structureOf = (value: Extract<Value, { kind: 'list' | 'object' }>): Type => {
  spend(value.kind === 'list' ? value.items.length : value.entries.size);
  return value.kind === 'list'
    ? { kind: 'tuple', elements: value.items.map(typeOf) }
    : { kind: 'object', attributes: new Map([...value.entries].map(([name, entry]) => [name, typeOf(entry)])) };
};

/** The types inside one: of a collection one, of a tuple or an object each. */
export const innerTypes = (type: Type): readonly Type[] => {
  if ('element' in type) return [type.element];
  return type.kind === 'tuple' ? type.elements : type.kind === 'object' ? [...type.attributes.values()] : [];
};

export const sameType = (a: Type, b: Type): boolean => {
  if (a === b) return true;
  spend(1);
  if (a.kind === 'object')
    return (
      b.kind === 'object' &&
      sameNames(a, b) &&
      [...a.attributes].every(([name, type]) => sameType(type, b.attributes.get(name)!))
    );
  const [x, y] = [innerTypes(a), innerTypes(b)];
  return a.kind === b.kind && x.length === y.length && x.every((type, index) => sameType(type, y[index]!));
};

export const sameNames = (a: ObjectType, b: ObjectType): boolean =>
  a.attributes.size === b.attributes.size && [...a.attributes.keys()].every(name => b.attributes.has(name));

/** Whether `wanted` occurs anywhere in a type. */
export const mentions = (type: Type, wanted: 'any' | 'dynamic'): boolean => {
  spend(1);
  return type.kind === wanted || innerTypes(type).some(inner => mentions(inner, wanted));
};

/** For messages: "string", "list of number", "object". */
export const nameOf = (type: Type): string => {
  if ('element' in type) return `${type.kind} of ${nameOf(type.element)}`;
  return type.kind === 'any' || type.kind === 'dynamic' ? 'any type' : type.kind;
};

/** Whether nothing inside is unknown. */
export const isWhollyKnown = (value: Value): boolean => {
  spend(1);
  switch (value.kind) {
    case 'string':
      return !value.parts.includes(undefined);
    case 'list':
      return value.items.every(isWhollyKnown);
    case 'object':
      return [...value.entries.values()].every(isWhollyKnown);
    default:
      return value.kind !== 'unknown' && value.kind !== 'error';
  }
};
