import { unwrapParentheses, findExpression, type Expression } from '../../hcl/index.ts';
import { boolOf, errorOf, unknown, type Value } from '../value.ts';
import { worstOf } from './constructors.ts';
import { convert, toBool, toNumber } from './convert.ts';
import { equals } from './equals.ts';
import { calculate, compareNumbers, negated } from './numbers.ts';
import type { Context } from './scope.ts';
import { typeOf } from './types.ts';
import { unify } from './unify.ts';
import { giveUp } from './work.ts';

/** Source: github.com/hashicorp/hcl, hclsyntax/expression_ops.go. */
export const binary = ({ operator, left, right }: Extract<Expression, { kind: 'binary' }>, context: Context): Value =>
  operate(operator, context.evaluate(left, context), context.evaluate(right, context));

export const unary = ({ operator, operand }: Extract<Expression, { kind: 'unary' }>, context: Context): Value => {
  const value = context.evaluate(operand, context);
  const converted = required(operator === '-' ? toNumber(value) : toBool(value));
  if (converted.kind === 'number') return negated(converted);
  return converted.kind === 'bool' ? boolOf(!converted.value) : converted;
};

/**
 * Both arms are evaluated, for the type that they have in common; an error of the arm that is not taken is none. Source: ConditionalExpr in github.com/hashicorp/hcl, hclsyntax/expression.go.
 */
export const conditional = (expression: Extract<Expression, { kind: 'conditional' }>, context: Context): Value => {
  const [then, otherwise] = [expression.then, expression.else].map(arm => context.evaluate(arm, context));
  const condition = context.evaluate(expression.condition, context);
  const fatal = [condition, then!, otherwise!].find(value => value.kind === 'error' && value.fatal);
  if (fatal) return fatal;
  const decided = required(toBool(condition));
  if (decided.kind === 'error') return decided;
  const [taken, other] = decided.kind === 'bool' && !decided.value ? [otherwise!, then!] : [then!, otherwise!];
  if (taken.kind === 'error' && decided.kind === 'bool') return taken;
  if (decided.kind !== 'bool' && [taken, other].some(({ kind }) => kind === 'error')) return unknown;
  if (other.kind === 'error') return isOpen(other === then ? expression.then : expression.else) ? taken : giveUp();
  // A bare null takes the type of the other arm.
  const types = [taken, other].map(typeOf);
  const known = types.filter(({ kind }) => kind !== 'dynamic');
  const type = known.length === 2 ? unify(types) : (known[0] ?? types[0]);
  if (!type) return errorOf('the two results of the conditional have inconsistent types');
  return decided.kind === 'bool' ? convert(taken, type) : unknown;
};

/** Whether Terraform does not know a type of what fails here, so that the other arm of a conditional stays as it is. */
const isOpen = (failed: Expression): boolean =>
  ['call', 'get', 'index'].includes(unwrapParentheses(failed).kind) &&
  !findExpression(failed, ({ kind }) => ['tuple', 'object', 'for', 'splat'].includes(kind));

const required = (value: Value): Value => (value.kind === 'null' ? errorOf('an operand must not be null') : value);

const operate = (operator: string, left: Value, right: Value): Value => {
  if (operator === '==' || operator === '!=') return compare(operator, left, right);
  if (operator === '&&' || operator === '||') return logical(operator, left, right);
  const [a, b] = [required(toNumber(left)), required(toNumber(right))];
  const failed = worstOf([a, b]);
  if (failed) return failed;
  if (a.kind !== 'number' || b.kind !== 'number') return unknown;
  if ('+-*/%'.includes(operator)) return calculate(operator, a, b);
  const order = compareNumbers(a, b);
  return boolOf({ '<': order < 0, '<=': order <= 0, '>': order > 0 }[operator] ?? order >= 0);
};

const compare = (operator: string, left: Value, right: Value): Value => {
  const failed = worstOf([left, right]);
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
  const failed = worstOf(values);
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
