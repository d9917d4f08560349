import { diagnose } from '../../diagnostics/index.ts';
import { blocksOf, referencesOf, stringAttribute, type RootModule } from '../../terraform/index.ts';
import { blockUnlessAccepted, eachOpen } from '../context.ts';
import type { Principal } from '../principal.ts';
import { isRewritten } from '../unstrip.ts';

/**
 * aws-auth compares with the session's ARN, which has no path: a role ARN with a path has never matched, and an entry for it
 * would grant what nobody has today.
 * Source: kubernetes-sigs/aws-iam-authenticator, pkg/arn/arn.go (Canonicalize) and its issue 268.
 */
export const deadRolePath = eachOpen((draft, context) => {
  const { principal } = draft;
  if (!principal || !hasPath(principal, context.source.module)) return draft;
  const at = draft.row.principal?.range;
  return blockUnlessAccepted(draft, context, diagnose('TAE308', { principal: principal.text }, at));
});

const hasPath = (principal: Principal, module: RootModule): boolean => {
  if (principal.whole || principal.kind !== 'role') return false;
  if (principal.path !== undefined) return principal.path !== '/';
  // What a rewritten ARN is, nobody has understood: the rule for paths says so.
  if (isRewritten(principal.meaning.expression)) return false;
  return ofResource(principal, module) || ofDataSource(principal, module);
};

/** `aws_iam_role.x.arn` of a role that is given a path in the same root module. */
const ofResource = ({ meaning: { expression } }: Principal, module: RootModule): boolean => {
  const path = referencesOf(expression)[0]?.path ?? [];
  if (path[0] !== 'aws_iam_role' || path[2] !== 'arn' || expression.kind !== 'get') return false;
  const role = blocksOf(module, 'resource', 'aws_iam_role').find(({ labels }) => labels[1] === path[1]);
  return role !== undefined && (stringAttribute(role, 'path') ?? '/') !== '/';
};

/** `data.aws_iam_roles.x.arns` of roles below a path: those of Identity Center are, whatever is asked for. */
const ofDataSource = ({ meaning: { expression } }: Principal, module: RootModule): boolean => {
  const path = referencesOf(expression)[0]?.path ?? [];
  if (path[0] !== 'data' || path[1] !== 'aws_iam_roles' || path[3] !== 'arns') return false;
  const data = blocksOf(module, 'data', 'aws_iam_roles').find(({ labels }) => labels[1] === path[2]);
  if (!data) return false;
  const prefix = stringAttribute(data, 'path_prefix') ?? '/';
  return prefix !== '/' || (stringAttribute(data, 'name_regex') ?? '').includes('AWSReservedSSO');
};
