import { diagnose } from '../../diagnostics/index.ts';
import { referencesOf, type RootModule } from '../../terraform/index.ts';
import { blockUnlessAccepted, eachOpen } from '../context.ts';
import type { Principal } from '../principal.ts';
import { roleBlock, type RoleBlock } from '../role-path.ts';
import { isRewritten } from '../unstrip.ts';

/**
 * aws-auth compares with the session's ARN, which has no path: a role ARN with a path has never matched, and an entry for it
 * would grant what nobody has today.
 * Source: kubernetes-sigs/aws-iam-authenticator, pkg/arn/arn.go (Canonicalize) and its issue 268.
 */
export const deadRolePath = eachOpen((draft, context) => {
  const { principal } = draft;
  const path = principal && pathOf(principal, context.source.module);
  if (!principal || path === 'none') return draft;
  const at = draft.row.principal?.range;
  const args = { principal: principal.text, known: path === 'some' };
  return blockUnlessAccepted(draft, context, diagnose('TAE308', args, at));
});

const pathOf = (principal: Principal, module: RootModule): RoleBlock['path'] => {
  const { expression } = principal.meaning;
  if (principal.whole || principal.kind !== 'role') return 'none';
  if (principal.path !== undefined) return principal.path === '/' ? 'none' : 'some';
  // What a rewritten ARN is, nobody has understood: the rule for paths says so.
  if (isRewritten(expression)) return 'none';
  const paths = referencesOf(expression).map(reference => roleBlock(module, reference)?.path);
  return paths.includes('some') ? 'some' : paths.includes('unknown') ? 'unknown' : 'none';
};
