import { diagnose } from '../../diagnostics/index.ts';
import type { Source } from '../../parser/index.ts';
import { referencesOf, type Reference } from '../../terraform/index.ts';
import { blockUnlessAccepted, eachOpen } from '../context.ts';
import { pathOfOutput } from '../output-path.ts';
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
  const path = principal && pathOf(principal, context.source);
  if (!principal || path === 'none') return draft;
  const at = draft.row.principal?.range;
  const args = { principal: principal.text, known: path === 'some' };
  return blockUnlessAccepted(draft, context, diagnose('TAE308', args, at));
});

const pathOf = (principal: Principal, source: Source): RoleBlock['path'] => {
  const { expression } = principal.meaning;
  const { kind, otherKind, whole } = principal;
  if (whole || otherKind !== undefined || kind === 'user') return 'none';
  if (principal.path !== undefined) return principal.path === '/' ? 'none' : 'some';
  // What a rewritten ARN is, nobody has understood: the rule for paths says so.
  if (isRewritten(expression)) return 'none';
  const pathIn = (reference: Reference): RoleBlock['path'] | undefined =>
    kind === 'role' ? roleBlock(source.module, reference)?.path : pathOfOutput(source, reference);
  const paths = referencesOf(expression).map(pathIn);
  return paths.includes('some') ? 'some' : paths.includes('unknown') ? 'unknown' : 'none';
};
