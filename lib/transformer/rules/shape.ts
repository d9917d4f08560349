import { diagnose } from '../../diagnostics/index.ts';
import { blockUnlessAccepted, eachOpen } from '../context.ts';
import { block } from '../draft.ts';

/**
 * A row of nodes whose role is not known, and one that is no object, cannot be read. A row with wrong keys is read by EKS as if
 * they were not there, which is not what it seems to say. Source: kubernetes-sigs/aws-iam-authenticator, pkg/config/mapper.go.
 */
export const shape = eachOpen((draft, context) => {
  const { row } = draft;
  if (row.unclear !== undefined) {
    const args = { call: context.mapping?.address ?? '', argument: row.argument, nodes: row.unclear };
    return block(draft, diagnose('TAE330', args, row.origin));
  }
  if (row.opaque !== undefined) return block(draft, diagnose('TAE320', { what: row.opaque }, row.origin));
  if (row.problem === undefined) return draft;
  const args = {
    row: `The row of ${draft.name}`,
    problem: row.problem,
    isNamed: draft.principal !== undefined,
    isOfPermissionSet: row.keys?.some(key => key.toLowerCase() === 'sso') ?? false,
  };
  const found = diagnose('TAE306', args, row.origin);
  return draft.principal ? blockUnlessAccepted(draft, context, found) : block(draft, found);
});
