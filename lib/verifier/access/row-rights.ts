import { mastersGroup, parsePrincipalArn, roleArn } from '../../eks/index.ts';
import type { AwsAuth, AwsAuthRow } from '../../parser/aws-auth/live/aws-auth.ts';
import type { GrantedAccess } from './rights.ts';

/** What aws-auth gives to a caller. More than one row: the authenticator takes any of them. */
export type InForce = { readonly rows: readonly AwsAuthRow[]; readonly rights: readonly GrantedAccess[] };

/**
 * Finds the rows of callers: the list of roles before the list of users, for users as well; of two rows for one ARN the last; roles
 * without regard to case. Users that differ by case stay side by side, and which one counts is chance. At last the accounts.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/mapper/configmap/mapper.go
 */
export const createLookup = ({ rows, accounts }: AwsAuth): ((arn: string) => InForce | undefined) => {
  const roles = new Map<string, AwsAuthRow>();
  const users = new Map<string, Map<string, AwsAuthRow>>();
  for (const row of rows) {
    const key = row.arn.toLowerCase();
    if (row.list === 'mapRoles') roles.set(key, row);
    else users.set(key, (users.get(key) ?? new Map<string, AwsAuthRow>()).set(row.arn, row));
  }
  return arn => {
    // A caller of a partition that the authenticator does not know is turned away first.
    if (parsePrincipalArn(arn) === undefined) return undefined;
    const caller = callerOf(arn);
    const key = caller.toLowerCase();
    const role = roles.get(key);
    const found = role === undefined ? [...(users.get(key)?.values() ?? [])] : [role];
    if (found.length > 0)
      return { rows: found, rights: found.filter(row => !asksForInstance(row, arn)).map(row => rightsOfRow(row, arn)) };
    const account = parsePrincipalArn(arn)?.account;
    if (account === undefined || !accounts.includes(account)) return undefined;
    return { rows: [], rights: [{ username: caller, groups: [], policies: [], admin: false }] };
  };
};

/** A role calls with a session, whose ARN has no path. Source: pkg/arn/arn.go there, Canonicalize. */
const callerOf = (arn: string): string => {
  const parsed = parsePrincipalArn(arn);
  return parsed?.kind === 'role' || parsed?.kind === 'service-linked-role' ? roleArn(parsed, '/') : arn;
};

const rightsOfRow = ({ username, groups }: AwsAuthRow, arn: string): GrantedAccess => {
  const filled = groups.map(group => filledIn(group, arn));
  return { username: filledIn(username, arn), groups: filled, policies: [], admin: filled.includes(mastersGroup) };
};

/** What the ARN decides of a username or group as a row writes it. A federated user has a session in some releases. Source: pkg/server/server.go there, renderTemplate. */
export const filledIn = (text: string, arn: string): string => {
  const parsed = parsePrincipalArn(arn);
  const withAccount = text.replaceAll('{{AccountID}}', parsed?.account ?? '');
  const hasNoSession = parsed?.kind === 'user' || parsed?.kind === 'root';
  return hasNoSession ? withAccount.replaceAll(/\{\{SessionName(?:Raw)?\}\}/g, '') : withAccount;
};

/**
 * Whether a row asks for the name of the instance that calls, and only others have the ARN: they are turned away, whatever else
 * the row says. Source: pkg/server/server.go there, renderTemplate.
 */
export const asksForInstance = ({ username, groups }: AwsAuthRow, arn: string): boolean => {
  const kind = parsePrincipalArn(arn)?.kind;
  const isInstance = kind === 'role' || kind === 'service-linked-role';
  return !isInstance && [username, ...groups].some(text => text.includes('{{EC2PrivateDNSName}}'));
};
