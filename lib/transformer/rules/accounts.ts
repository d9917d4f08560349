import { diagnose } from '../../diagnostics/index.ts';
import { isAccountId } from '../../eks/index.ts';
import { knownText } from '../../terraform/index.ts';
import { eachOpen } from '../context.ts';
import { add, block } from '../draft.ts';

/** Source: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html */
const digits = 12;

/**
 * `aws_auth_accounts` lets in whoever comes from an account; access entries name one principal each.
 * Source: kubernetes-sigs/aws-iam-authenticator, pkg/server/server.go; github.com/aws/containers-roadmap/issues/185.
 */
export const accounts = eachOpen(draft => {
  const { row } = draft;
  if (row.list !== 'accounts') return draft;
  const value = row.principal?.value;
  const written = row.principal?.source ?? '';
  const known = knownText(value);
  const account = known ?? written;
  const isId = known === undefined || isAccountId(known);
  const isShort = value?.kind === 'number' && value.text.length < digits;
  const warned = isShort ? add(draft, diagnose('TAE417', { written, value: account }, row.origin)) : draft;
  return block(warned, diagnose('TAE317', { account, list: row.argument, isId }, row.origin));
});
