import {
  concatParts,
  errorOf,
  knownString,
  unknown,
  type ErrorValue,
  type ListType,
  type ListValue,
  type MapType,
  type ObjectType,
  type ObjectValue,
  type SetType,
  type Type,
  type Value,
} from '../value.ts';
import { elementFor, isConvertible } from './unify.ts';
import { parseNumber } from './numbers.ts';
import { compareText } from './order.ts';
import { setValue } from './equals.ts';
import {
  anyType,
  boolType,
  listOf,
  mapOf,
  mentions,
  nameOf,
  numberType,
  sameType,
  stringType,
  typeOf,
} from './types.ts';
import { giveUp, spend } from './work.ts';

/**
 * The value as a value of a type, or an error. What is unknown stays so; of what a type still unknown makes, only strings
 * are certain. Source: Convert in github.com/zclconf/go-cty, cty/convert.
 */
export const convert = (value: Value, to: Type): Value => {
  spend(1);
  if (value.kind === 'error' || value.kind === 'unknown' || to.kind === 'dynamic') return value;
  if (to.kind === 'any') return certainPart(value);
  const from = typeOf(value);
  if (value.kind !== 'null' && sameType(from, to) && !mentions(to, 'any')) return value;
  if (!isConvertible(from, to)) return mismatch(from, to);
  if (value.kind === 'null') {
    // What the type leaves open would be as it was.
    const open = from.kind !== 'dynamic' && mentions(to, 'dynamic');
    return { kind: 'null', type: open ? giveUp() : to };
  }
  switch (to.kind) {
    case 'string':
      return value.kind === 'number' || value.kind === 'bool' ? concatParts([value]) : value;
    case 'number':
      return toNumber(value);
    case 'bool':
      return toBool(value);
    case 'list':
    case 'set':
    case 'map':
      return value.kind === 'list' || value.kind === 'object' ? toCollection(value, to) : unknown;
    case 'tuple':
      return value.kind === 'list'
        ? collect(
            value.items,
            (item, index) => convert(item, to.elements[index]!),
            items => ({ kind: 'list', items }),
          )
        : unknown;
    case 'object':
      return toObject(value, to);
  }
};

/**
 * What stays of a value whatever it is converted to: a string as it is, strings in ascending order as some kind of list, since
 * even a set of them would have this order.
 */
const certainPart = (value: Value): Value => {
  if (value.kind === 'string') return value;
  if (value.kind !== 'list') return unknown;
  const texts = value.items.map(knownString);
  const ascending = texts.every((text, index) => {
    const before = texts[index - 1];
    return text !== undefined && (index === 0 || (before !== undefined && compareText(before, text) < 0));
  });
  return ascending ? { kind: 'list', items: value.items, type: listOf(anyType) } : unknown;
};

export const toText = (value: Value): Value => convert(value, stringType);
export const toNumber = (value: Value): Value => {
  if (value.kind !== 'string') return value.kind === 'number' ? value : convert(value, numberType);
  const text = knownString(value);
  if (text === undefined) return unknown;
  return parseNumber(text) ?? errorOf('a number is required');
};

export const toBool = (value: Value): Value => {
  if (value.kind !== 'string') return value.kind === 'bool' ? value : convert(value, boolType);
  const text = knownString(value);
  if (text === undefined) return unknown;
  if (text === 'true' || text === '1') return { kind: 'bool', value: true };
  return text === 'false' || text === '0' ? { kind: 'bool', value: false } : errorOf('a bool is required');
};

const mismatch = (from: Type, to: Type): ErrorValue => errorOf(`${nameOf(to)} required, not ${nameOf(from)}`);

/** Applies a conversion to all, until one fails. */
const collect = (
  values: readonly Value[],
  conversion: (value: Value, index: number) => Value,
  build: (values: readonly Value[]) => Value,
): Value => {
  const converted: Value[] = [];
  for (const [index, value] of values.entries()) {
    const result = conversion(value, index);
    if (result.kind === 'error') return result;
    converted.push(result);
  }
  return build(converted);
};

const toCollection = (value: ListValue | ObjectValue, to: ListType | SetType | MapType): Value => {
  const values = value.kind === 'list' ? value.items : [...value.entries.values()];
  const parts = value.type ? [value.type.element] : values.map(typeOf);
  const element = elementFor(parts, to.element, value.kind === 'list');
  if (!element) return errorOf('all elements must have the same type');
  return collect(
    values,
    item => convert(item, element),
    items => {
      const common = commonType(items, value.type && to.element.kind === 'dynamic' ? value.type.element : element);
      if (!common) return errorOf('all elements must have the same type');
      const settled = items.map(item => settle(item, common));
      if (to.kind === 'set') return setValue(settled, common);
      if (value.kind === 'list') return { kind: 'list', items: settled, type: listOf(common) };
      const entries = new Map([...value.entries.keys()].map((name, index) => [name, settled[index]!]));
      return { kind: 'object', entries, type: mapOf(common) };
    },
  );
};

/** Nulls of no type go with all others, which are of one type. */
const commonType = (items: readonly Value[], element: Type): Type | undefined => {
  if (!mentions(element, 'dynamic')) return element;
  const types = items.map(typeOf).filter(type => type.kind !== 'dynamic' && !mentions(type, 'any'));
  const [first] = types;
  if (!first) return element;
  return types.every(type => sameType(type, first)) ? first : undefined;
};

/** Items of a collection are of its element type, nulls too. */
const settle = (item: Value, type: Type): Value =>
  item.kind === 'null' && !item.type && type.kind !== 'dynamic' ? { kind: 'null', type } : item;

const toObject = (value: Value, to: ObjectType): Value => {
  if (value.kind !== 'object') return unknown;
  const names = [...to.attributes.keys()];
  const missing = names.find(name => !value.entries.has(name));
  if (missing !== undefined) return errorOf(`attribute "${missing}" is required`);
  return collect(
    names.map(name => value.entries.get(name)!),
    (item, index) => convert(item, to.attributes.get(names[index]!)!),
    items => ({ kind: 'object', entries: new Map(names.map((name, index) => [name, items[index]!])) }),
  );
};
