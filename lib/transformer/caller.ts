import type { Expression } from '../hcl/index.ts';
import { referencesOf } from '../terraform/index.ts';

/** `data.aws_caller_identity.x.arn`. The role behind it is `data.aws_iam_session_context`'s `issuer_arn`. */
export const isCaller = (expression: Expression): boolean => {
  const path = referencesOf(expression)[0]?.path ?? [];
  return expression.kind === 'get' && path[0] === 'data' && path[1] === 'aws_caller_identity' && path[3] === 'arn';
};
