import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { entryType } from '../../parser/index.ts';
import { entryTypes, isAccessEntryType, isAccountId, parsePrincipalArn } from '../../eks/index.ts';
import { principalOf, type Principal } from '../../transformer/index.ts';
import { entriesOf } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

/**
 * An entry names an IAM role or user; one of a node type names a role of the cluster's own account. The account's root is
 * accepted and does nothing.
 * Sources: EKS user guide, creating-access-entries; aws-iam-authenticator issue 797; terraform-provider-aws issue 36447.
 */
export const principals: CheckRule = state =>
  entriesOf(state).flatMap((entry): readonly Diagnostic[] => {
    const field = entry.written.principal;
    if (!field) return [];
    const principal = principalOf(field, entry.module);
    const args = { entry: entry.name, principal: principal.text };
    const what = refused(principal) ?? refusedByType(principal, entryType(entry.written), state.options.runner);
    if (what !== undefined) return [diagnose('TAE708', { ...args, what }, field.range)];
    if (principal.arn?.kind === 'root') return [diagnose('TAE709', args, field.range)];
    return principal.kind === 'user' ? [diagnose('TAE710', args, field.range)] : [];
  });

const refused = ({ arn, invalid, name, account }: Principal): string | undefined => {
  if (arn?.kind === 'service-linked-role' || name?.toLowerCase().startsWith('awsservicerolefor')) {
    return 'a service-linked role';
  }
  if (invalid) return 'not the ARN of an IAM role or user';
  if (arn && !isAccountId(account ?? '')) return 'the ARN of an account id without 12 digits';
  if (arn?.kind === 'sts') return 'the ARN of a session';
  if (arn?.kind === 'federated') return 'a federated principal';
  return arn?.kind === 'other-iam' ? 'neither a role nor a user' : undefined;
};

const refusedByType = (
  { kind, account }: Principal,
  type: string | undefined,
  runner: string | undefined,
): string | undefined => {
  if (type === undefined || type === 'STANDARD' || !isAccessEntryType(type)) return undefined;
  if (kind === 'user') return `a user, where the type ${type} takes roles only`;
  const runnerAccount = runner === undefined ? undefined : parsePrincipalArn(runner)?.account;
  if (entryTypes[type].anyAccount || runnerAccount === undefined || account === undefined || account === runnerAccount)
    return undefined;
  return `a role of account ${account}, where the type ${type} takes roles of the cluster's account (${runnerAccount}) only`;
};
