import type { PrincipalKind } from '../eks/index.ts';
import { unwrapParentheses, type Expression } from '../hcl/index.ts';
import { referencesOf } from '../terraform/index.ts';

type Other = { readonly otherKind: Exclude<PrincipalKind, 'role' | 'user'> };

/**
 * Resources and data sources of IAM whose `arn` no access entry can name.
 * Source: terraform-provider-aws, internal/service/iam (the documentation of each has the form of its ARN).
 */
const others: ReadonlyMap<string, Other['otherKind']> = new Map([
  ['aws_iam_group', 'other-iam'],
  ['aws_iam_policy', 'other-iam'],
  ['aws_iam_instance_profile', 'other-iam'],
  ['aws_iam_openid_connect_provider', 'federated'],
  ['aws_iam_saml_provider', 'federated'],
  ['aws_iam_service_linked_role', 'service-linked-role'],
]);

/** `aws_iam_group.x.arn` as all of a principal. Quotes around it and locals are read through before. */
export const otherByReference = (given: Expression): Other | undefined => {
  const inner = unwrapParentheses(given);
  const path = inner.kind === 'get' ? (referencesOf(inner)[0]?.path ?? []) : [];
  const [type = '', , attribute] = path[0] === 'data' ? path.slice(1) : path;
  const otherKind = attribute === 'arn' ? others.get(type) : undefined;
  return otherKind && { otherKind };
};
