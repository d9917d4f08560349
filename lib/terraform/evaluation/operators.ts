import type { Expression } from '../../hcl/index.ts';
import { boolOf, errorOf, unknown, type ErrorValue, type Value } from '../value.ts';
import { calculate, negated } from './arithmetic.ts';
import { worst } from './constructors.ts';
import { toBool, toNumber } from './convert.ts';
import { equals } from './equals.ts';
import { compareNumbers } from './numbers.ts';
import type { Context } from './scope.ts';
import { boolType, numberType, type Type } from './types.ts';
import { giveUp } from './work.ts';

/** Source: github.com/hashicorp/hcl, hclsyntax/expression_ops.go. */
export const binary = ({ operator, left, right }: Extract<Expression, { kind: 'binary' }>, context: Context): Value => {
  const type = '+-*/%'.includes(operator) ? numberType : boolType;
  return typed(operate(operator, context.evaluate(left, context), context.evaluate(right, context)), type);
};

export const unary = ({ operator, operand }: Extract<Expression, { kind: 'unary' }>, context: Context): Value => {
  const value = context.evaluate(operand, context);
  const converted = required(operator === '-' ? toNumber(value) : toBool(value));
  if (operator === '-') return typed(converted.kind === 'number' ? negated(converted) : converted, numberType);
  return typed(converted.kind === 'bool' ? boolOf(!converted.value) : converted, boolType);
};

/** The result's type is certain even where the operation fails. */
const typed = (value: Value, type: Type): Value => (value.kind === 'error' ? { ...value, type } : value);

const required = (value: Value): Value => (value.kind === 'null' ? errorOf('an operand must not be null') : value);

const operate = (operator: string, left: Value, right: Value): Value => {
  if (operator === '==' || operator === '!=') return compare(operator, left, right);
  if (operator === '&&' || operator === '||') return logical(operator, left, right);
  const [a, b] = [required(toNumber(left)), required(toNumber(right))];
  const failed = failure(a, b);
  if (failed) return failed;
  if (a.kind !== 'number' || b.kind !== 'number') return unknown;
  if ('+-*/%'.includes(operator)) return calculate(operator, a, b);
  const order = compareNumbers(a.text, b.text);
  return boolOf({ '<': order < 0, '<=': order <= 0, '>': order > 0 }[operator] ?? order >= 0);
};

const failure = (...values: readonly Value[]): ErrorValue | undefined =>
  values.reduce<ErrorValue | undefined>(
    (found, value) => (value.kind === 'error' ? worst(found, value) : found),
    undefined,
  );

const compare = (operator: string, left: Value, right: Value): Value => {
  const failed = failure(left, right);
  if (failed) return failed;
  const same = equals(left, right);
  return same === undefined ? unknown : boolOf(same === (operator === '=='));
};

/**
 * From Terraform 1.12 on, one operand that decides is enough; before, the other one must be valid too. Where that makes a
 * difference the value is unknown.
 */
const logical = (operator: string, left: Value, right: Value): Value => {
  const values = [left, right].map(toBool);
  const decides = (value: Value): boolean => value.kind === 'bool' && value.value === (operator === '||');
  const failed = failure(...values);
  if (failed?.fatal) return failed;
  if (values.some(({ kind }) => kind === 'null')) return giveUp();
  if (failed) {
    // The error counts when the other operand is one too, or surely does not decide.
    const sure = values.every(value => value.kind === 'error' || (value.kind === 'bool' && !decides(value)));
    return sure ? failed : giveUp();
  }
  if (values.some(decides)) return boolOf(operator === '||');
  return values.every(({ kind }) => kind === 'bool') ? boolOf(operator === '&&') : unknown;
};
