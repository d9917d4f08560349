import type { Expression } from '../../hcl/index.ts';
import { errorOf, knownString, stringOf, unknown, type ListValue, type ObjectValue, type Value } from '../value.ts';
import { toNumber, toText } from './convert.ts';
import { wholeOf } from './numbers.ts';
import type { Context } from './scope.ts';
import { nameOf, typeOf } from './types.ts';

/** `of.name`. Source: GetAttr in github.com/hashicorp/hcl, ops.go. */
export const getAttribute = (of: Value, name: string): Value => {
  if (of.kind === 'error') return of;
  if (of.kind === 'unknown') return unknown;
  if (of.kind === 'null') return errorOf('this value is null, so it does not have any attributes');
  if (of.kind !== 'object') return errorOf(`a ${nameOf(typeOf(of))} has no attributes`);
  return of.entries.get(name.normalize('NFC')) ?? errorOf(`there is no attribute "${name}"`);
};

/** `of[key]`. Source: Index in github.com/hashicorp/hcl, ops.go. */
export const getIndex = (of: Value, key: Value): Value => {
  if (of.kind === 'error') return of;
  if (key.kind === 'error') return key;
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

type Reference = Extract<Expression, { kind: 'variable' | 'get' }>;

/**
 * The value of a bound name, of `local.x`, `var.x` and `path.x`; undefined for an attribute of anything else. What is known
 * at plan time only, resources and modules above all, is unknown.
 */
export const reference = (expression: Reference, context: Context): Value | undefined => {
  if (expression.kind === 'variable') return context.names.get(expression.name) ?? missing(context);
  const { of, name } = expression;
  if (of.kind !== 'variable' || context.names.has(of.name)) return undefined;
  if (context.isolated) return missing(context);
  switch (of.name) {
    case 'local':
      return context.scope.local(name) ?? { ...errorOf(`there is no local.${name}`), fatal: true };
    case 'var':
      return context.scope.variable?.(name) ?? unknown;
    case 'path':
      return pathValue(context.scope.paths?.get(name));
    default:
      return unknown;
  }
};

const pathValue = (path: string | undefined): Value => (path === undefined ? unknown : stringOf(path));

/** A template's file may use only what it is given; that is checked beforehand, so that `try` does not help. */
const missing = ({ isolated }: Context): Value =>
  isolated ? errorOf('the template uses a name it is not given') : unknown;
