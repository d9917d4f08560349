import type { Expression } from '../../hcl/index.ts';
import { errorOf, unknown, type Value } from '../value.ts';
import { convert, toBool } from './convert.ts';
import type { Context } from './scope.ts';
import { dynamicType, typeOf, type Type } from './types.ts';
import { unify } from './unify.ts';

/**
 * Both arms are evaluated, for the type that they have in common; an error of the arm that is not taken is none.
 * Source: ConditionalExpr in github.com/hashicorp/hcl, hclsyntax/expression.go.
 */
export const conditional = (expression: Extract<Expression, { kind: 'conditional' }>, context: Context): Value => {
  const arms = [context.evaluate(expression.then, context), context.evaluate(expression.else, context)] as const;
  const condition = context.evaluate(expression.condition, context);
  const fatal = [condition, ...arms].find(value => value.kind === 'error' && value.fatal);
  if (fatal) return fatal;
  const type = commonType(arms.map(armType));
  if (!type) return errorOf('the two results of the conditional have inconsistent types');
  if (condition.kind === 'null') return { ...errorOf('the condition is null'), type };
  const decided = toBool(condition);
  if (decided.kind === 'error') return { ...decided, type };
  if (decided.kind !== 'bool') return unknown;
  return convert(decided.value ? arms[0] : arms[1], type);
};

const armType = (arm: Value): Type => (arm.kind === 'error' ? (arm.type ?? dynamicType) : typeOf(arm));

/** A bare null takes the type of the other arm, and so does an error. */
const commonType = ([first, second]: readonly Type[]): Type | undefined => {
  if (!first || !second) return undefined;
  if (first.kind === 'dynamic') return second;
  return second.kind === 'dynamic' ? first : unify([first, second]);
};
