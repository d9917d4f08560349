import type { Expression } from '../hcl/index.ts';
import { evaluateExpression } from './evaluation/expression.ts';
import type { Scope } from './evaluation/scope.ts';
import { withLimit } from './evaluation/work.ts';
import { unknown, type Value } from './value.ts';

export type { Scope, Yaml } from './evaluation/scope.ts';

/** Enough for any module that people write; a second or so. */
const limit = 2_000_000;

/**
 * Evaluates as far as the source tells: what is known at plan time only is unknown, and so is what takes too much work or is
 * not certain to be the same in every version of Terraform. An expression that Terraform refuses is unknown too.
 * Source: the Terraform language's expressions (developer.hashicorp.com/terraform/language/expressions).
 */
export const evaluate = (expression: Expression, scope: Scope): Value => {
  const value = evaluateWithErrors(expression, scope);
  return value.kind === 'error' ? unknown : value;
};

/** As `evaluate`, with an `error` for what Terraform refuses. */
export const evaluateWithErrors = (expression: Expression, scope: Scope): Value => {
  const granted = Math.min(limit, scope.work?.left ?? limit);
  const context = { scope, names: new Map<string, Value>(), evaluate: evaluateExpression };
  const { result, spent, doubtful } = withLimit(granted, () => evaluateExpression(expression, context), unknown);
  if (scope.work) scope.work.left -= spent;
  // What was not certain may have been an error, and that would be one of the whole; or an error may be none.
  return doubtful ? unknown : result;
};
