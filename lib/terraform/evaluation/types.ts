import type { ListType, MapType, ObjectType, SetType, Type } from '../type.ts';
import type { Value } from '../value.ts';
import { spend } from './work.ts';

export type { ListType, MapType, ObjectType, SetType, TupleType, Type } from '../type.ts';

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
      return stringType;
    case 'number':
      return numberType;
    case 'bool':
      return boolType;
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

export const sameType = (a: Type, b: Type): boolean => {
  if (a === b) return true;
  spend(1);
  switch (a.kind) {
    case 'list':
    case 'set':
    case 'map':
      return a.kind === b.kind && sameType(a.element, b.element);
    case 'tuple':
      return (
        b.kind === 'tuple' &&
        a.elements.length === b.elements.length &&
        a.elements.every((element, index) => sameType(element, b.elements[index]!))
      );
    case 'object':
      return (
        b.kind === 'object' &&
        sameNames(a, b) &&
        [...a.attributes].every(([name, type]) => sameType(type, b.attributes.get(name)!))
      );
    default:
      return a.kind === b.kind;
  }
};

export const sameNames = (a: ObjectType, b: ObjectType): boolean =>
  a.attributes.size === b.attributes.size && [...a.attributes.keys()].every(name => b.attributes.has(name));

/** Whether `wanted` occurs anywhere in a type. */
export const mentions = (type: Type, wanted: 'any' | 'dynamic'): boolean => {
  spend(1);
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return mentions(type.element, wanted);
    case 'tuple':
      return type.elements.some(element => mentions(element, wanted));
    case 'object':
      return [...type.attributes.values()].some(attribute => mentions(attribute, wanted));
    default:
      return type.kind === wanted;
  }
};

/** For messages: "string", "list of number", "object". */
export const nameOf = (type: Type): string => {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return `${type.kind} of ${nameOf(type.element)}`;
    case 'any':
    case 'dynamic':
      return 'any type';
    default:
      return type.kind;
  }
};
