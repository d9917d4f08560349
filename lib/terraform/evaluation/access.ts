import { errorOf, knownString, unknown, untyped, type ListValue, type ObjectValue, type Value } from '../value.ts';
import { toNumber, toText } from './convert.ts';
import { wholeOf } from './numbers.ts';
import { nameOf, typeOf } from './types.ts';

/** `of.name`. Source: GetAttr in github.com/hashicorp/hcl, ops.go. */
export const getAttribute = (of: Value, name: string): Value => {
  if (of.kind === 'error') return untyped(of);
  if (of.kind === 'unknown') return unknown;
  if (of.kind === 'null') return errorOf('this value is null, so it does not have any attributes');
  if (of.kind !== 'object') return errorOf(`a ${nameOf(typeOf(of))} has no attributes`);
  return of.entries.get(name.normalize('NFC')) ?? errorOf(`there is no attribute "${name}"`);
};

/** `of[key]`. Source: Index in github.com/hashicorp/hcl, ops.go. */
export const getIndex = (of: Value, key: Value): Value => {
  if (of.kind === 'error') return untyped(of);
  if (key.kind === 'error') return untyped(key);
  if (of.kind === 'null') return errorOf('this value is null, so it does not have any indices');
  if (key.kind === 'null') return errorOf('null is no index');
  if (of.kind === 'unknown') return unknown;
  if (of.kind === 'list') return of.type?.kind === 'set' ? errorOf('a set has no indices') : itemAt(of, key);
  if (of.kind === 'object') return entryAt(of, key);
  return errorOf('this value does not have any indices');
};

const itemAt = (list: ListValue, key: Value): Value => {
  const number = toNumber(key);
  if (number.kind !== 'number') return number;
  const index = wholeOf(number);
  return (index === undefined ? undefined : list.items[index]) ?? errorOf('there is no item with this index');
};

const entryAt = (object: ObjectValue, key: Value): Value => {
  const text = toText(key);
  if (text.kind === 'error') return text;
  const name = knownString(text);
  if (name === undefined) return unknown;
  return object.entries.get(name) ?? errorOf(`there is no element with the key "${name}"`);
};
