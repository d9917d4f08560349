import type { Expression } from '../../hcl/index.ts';
import { errorOf, unknown, type Value } from '../value.ts';
import { within } from './constructors.ts';
import { convert, toBool } from './convert.ts';
import type { Context } from './scope.ts';
import { dynamicType, typeOf, type Type } from './types.ts';
import { unify } from './unify.ts';
import { doubtsSoFar, forgetDoubts, giveUp } from './work.ts';

/**
 * Both arms are evaluated, for the type that they have in common; an error of the arm that is not taken is none.
 * Source: ConditionalExpr in github.com/hashicorp/hcl, hclsyntax/expression.go.
 */
export const conditional = (expression: Extract<Expression, { kind: 'conditional' }>, context: Context): Value => {
  const start = doubtsSoFar();
  const then = context.evaluate(expression.then, context);
  const middle = doubtsSoFar();
  const arms = [then, context.evaluate(expression.else, context)] as const;
  const doubts = [middle - start, doubtsSoFar() - middle] as const;
  const condition = context.evaluate(expression.condition, context);
  const fatal = [condition, ...arms].find(value => value.kind === 'error' && value.fatal);
  if (fatal) return fatal;
  const decided = condition.kind === 'null' ? errorOf('the condition is null') : toBool(condition);
  const taken = decided.kind === 'bool' ? arms[decided.value ? 0 : 1] : undefined;
  if (taken?.kind === 'error') return within(taken);
  const type = commonType(arms);
  if (!type) return errorOf('the two results of the conditional have inconsistent types');
  if (decided.kind === 'error') return { ...decided, type };
  if (decided.kind !== 'bool' || !taken) return unknown;
  forgetDoubts(doubts[decided.value ? 1 : 0]);
  const result = convert(taken, type);
  return result.kind === 'error' ? { ...result, type } : result;
};

/** A bare null takes the type of the other arm. An error of no type leaves the other arm as it is. */
const commonType = (arms: readonly [Value, Value]): Type | undefined => {
  if (arms.some(arm => arm.kind === 'error' && !arm.type)) return dynamicType;
  // What a list or object would be that has an error in it is not looked into.
  if (arms.some(arm => arm.kind === 'error' && arm.type?.kind === 'any')) return giveUp();
  const [first, second] = arms.map(arm => (arm.kind === 'error' ? (arm.type ?? dynamicType) : typeOf(arm)));
  if (first?.kind === 'dynamic') return second;
  return first && second && second.kind !== 'dynamic' ? unify([first, second]) : first;
};
