import type { Expression } from '../../hcl/index.ts';
import { errorOf, knownString, stringOf, unknown, type ErrorValue, type Value } from '../value.ts';
import { toText } from './convert.ts';
import type { Context } from './scope.ts';
import { spend } from './work.ts';

export const tupleValue = ({ items }: Extract<Expression, { kind: 'tuple' }>, context: Context): Value => {
  const values: Value[] = [];
  let failed: ErrorValue | undefined;
  for (const item of items) {
    const value = context.evaluate(item, context);
    if (value.kind === 'error') failed = worst(failed, value);
    values.push(value);
  }
  return failed ?? { kind: 'list', items: values };
};

/** All parts are looked at, since one that no `try` can catch counts more. */
export const worst = (first: ErrorValue | undefined, second: ErrorValue): ErrorValue =>
  first && (first.fatal || !second.fatal) ? first : second;

/** The last one of equal keys counts. An object with an unknown key is unknown. */
export const objectValue = ({ items }: Extract<Expression, { kind: 'object' }>, context: Context): Value => {
  const entries = new Map<string, Value>();
  let failed: ErrorValue | undefined;
  let known = true;
  for (const item of items) {
    spend(1);
    const key =
      item.name === undefined ? keyOf(context.evaluate(item.key, context)) : stringOf(item.name.normalize('NFC'));
    const value = context.evaluate(item.value, context);
    for (const part of [key, value]) if (part.kind === 'error') failed = worst(failed, part);
    const name = knownString(key);
    if (name === undefined) known = false;
    else entries.set(name, value);
  }
  if (failed) return failed;
  return known ? { kind: 'object', entries } : unknown;
};

export const keyOf = (value: Value): Value => (value.kind === 'null' ? errorOf('null is no key') : toText(value));
