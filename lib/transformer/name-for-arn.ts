import { unwrapParentheses } from '../hcl/index.ts';
import { partOfMeaning, type Meaning } from '../parser/index.ts';
import { referencesOf } from '../terraform/index.ts';

/** What stands where an ARN belongs: `what` it is of a role or user, and the expression that gives the ARN. */
export type NameForArn = { readonly what: string; readonly arn: string };

/**
 * What identifies a role or user without being its ARN.
 * Source: terraform-provider-aws, internal/service/iam (role.go, role_data_source.go, user.go, user_data_source.go).
 */
const attributes: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^(?:data\.)?aws_iam_role\.[^.]+\.(?:name|id)$/, 'the name of a role'],
  [/^(?:data\.)?aws_iam_role\.[^.]+\.unique_id$/, 'the unique id of a role'],
  [/^aws_iam_user\.[^.]+\.(?:name|id)$/, 'the name of a user'],
  [/^aws_iam_user\.[^.]+\.unique_id$/, 'the unique id of a user'],
  [/^data\.aws_iam_user\.[^.]+\.user_name$/, 'the name of a user'],
  [/^data\.aws_iam_user\.[^.]+\.(?:user_id|id)$/, 'the unique id of a user'],
];

/** `aws_iam_role.x.name` as all of a principal, in a template alone too. Undefined for what may be an ARN. */
export const nameForArn = (whole: Meaning): NameForArn | undefined => {
  const expression = unwrapParentheses(whole.expression);
  const meaning = partOfMeaning(whole, expression);
  if (expression.kind === 'template') {
    const [only] = expression.parts;
    return expression.parts.length === 1 && only?.kind === 'interpolation'
      ? nameForArn(partOfMeaning(meaning, only.value))
      : undefined;
  }
  const [reference] = expression.kind === 'get' ? referencesOf(expression) : [];
  const path = reference?.path.join('.') ?? '';
  const found = attributes.find(([pattern]) => pattern.test(path));
  return found && { what: found[1], arn: meaning.source.replace(/\w+$/, 'arn') };
};
