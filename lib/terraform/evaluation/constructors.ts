import type { Expression } from '../../hcl/index.ts';
import { errorOf, knownString, stringOf, unknown, type ErrorValue, type Value } from '../value.ts';
import { toText } from './convert.ts';
import type { Context } from './scope.ts';
import { spend } from './work.ts';

/** The first error, or the first that no `try` can catch, which counts more. */
export const worstOf = (values: readonly Value[]): ErrorValue | undefined => {
  const errors = values.filter(value => value.kind === 'error');
  return errors.find(({ fatal }) => fatal) ?? errors[0];
};

export const tupleValue = ({ items }: Extract<Expression, { kind: 'tuple' }>, context: Context): Value => {
  const values = items.map(item => context.evaluate(item, context));
  return worstOf(values) ?? { kind: 'list', items: values };
};

/** The last one of equal keys counts. An object with an unknown key is unknown. */
export const objectValue = ({ items }: Extract<Expression, { kind: 'object' }>, context: Context): Value => {
  spend(items.length);
  const pairs = items.map(({ name, key, value }): readonly [Value, Value] => [
    name === undefined ? keyOf(context.evaluate(key, context)) : stringOf(name.normalize('NFC')),
    context.evaluate(value, context),
  ]);
  const failed = worstOf(pairs.flat());
  if (failed) return failed;
  const entries = pairs.map(([key, value]) => [knownString(key), value] as const);
  return entries.every(isNamed) ? { kind: 'object', entries: new Map(entries) } : unknown;
};

const isNamed = (entry: readonly [string | undefined, Value]): entry is readonly [string, Value] =>
  entry[0] !== undefined;

export const keyOf = (value: Value): Value => (value.kind === 'null' ? errorOf('null is no key') : toText(value));
