import { defined } from '../../diagnostics/index.ts';
import { isAccountId, parsePrincipalArn } from '../../eks/index.ts';
import type { AwsAuth, AwsAuthRow } from '../../parser/aws-auth/live/aws-auth.ts';
import type { LiveEntry, Snapshot } from '../../parser/index.ts';
import { differenceOf, type Difference, type Grant, type GrantedAccess } from './rights.ts';
import type { Decided } from './decided.ts';
import { isOfNodes, rightsOfEntry } from './entry-rights.ts';
import { createLookup } from './row-rights.ts';

export type AccessVerdict = 'keeps' | 'loses' | 'gains' | 'changes';

/** One principal: what aws-auth gives it, what its entry does, and what that comes to. */
export type Compared = Difference & {
  readonly principal: string;
  readonly verdict: AccessVerdict;
  readonly rows: readonly AwsAuthRow[];
  readonly before: readonly GrantedAccess[];
  readonly entry?: LiveEntry;
  readonly after: GrantedAccess | undefined;
};

/** Everybody whom an entry or a row names, by ARN. A row that matches nobody has nothing to compare. */
export const comparePrincipals = (
  awsAuth: AwsAuth,
  snapshot: Pick<Snapshot, 'entries'>,
  decided: Decided,
): readonly Compared[] => {
  const lookup = createLookup(awsAuth);
  // Further rows of a principal are without effect.
  const seen = new Set<string>();
  const compared: Compared[] = [];
  const compare = (principal: string, entry: LiveEntry | undefined): void => {
    const { rows = [], rights: before = [] } = lookup(principal) ?? {};
    seen.add(principal.toLowerCase());
    for (const { arn } of rows) seen.add(arn.toLowerCase());
    const after = entry && rightsOfEntry(entry);
    const who = {
      principals: [principal, ...rows.map(({ arn }) => arn)],
      written: rows.flatMap(row => row.groups),
    };
    const { lost, gained } = differenceOf(before, after);
    const groups = before.flatMap(rights => rights.groups);
    const isMeant = (grant: Grant): boolean => entry !== undefined && before.length > 0 && isOfNodes(entry, grant);
    const all = { lost, gained: gained.filter(grant => !isMeant(grant)) };
    const difference = {
      lost: [
        ...lost.filter(grant => !decided.givesUp(who, grant)),
        ...(after === undefined || before.length === 0 ? [] : decided.owed(who, groups, after)),
      ],
      gained: all.gained.filter(grant => !decided.gets(who, groups, after, grant)),
    };
    compared.push({
      principal,
      // What the config decides is no finding; who goes without keeps nothing all the same.
      verdict: verdictOf(all, before.length > 1 && after !== undefined),
      rows,
      before,
      ...defined({ entry }),
      after,
      ...difference,
    });
  };
  for (const entry of snapshot.entries) compare(entry.principalArn, entry);
  for (const { arn } of awsAuth.rows) {
    if (seen.has(arn.toLowerCase()) || matchesNobody(arn)) continue;
    // Of several spellings that of the row in force is the name.
    compare(lookup(arn)?.rows[0]?.arn ?? arn, undefined);
  }
  return compared.toSorted((a, b) => (a.principal < b.principal ? -1 : 1));
};

const verdictOf = ({ lost, gained }: Difference, byChance: boolean): AccessVerdict => {
  if (byChance || (lost.length > 0 && gained.length > 0)) return 'changes';
  return lost.length > 0 ? 'loses' : gained.length > 0 ? 'gains' : 'keeps';
};

/**
 * A role calls without its path, so a row with one is dead; so is one of a session, and one of what is no account.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/arn/arn.go (Canonicalize)
 */
export const matchesNobody = (arn: string): boolean => {
  const parsed = parsePrincipalArn(arn);
  // No wildcards: "*" and "?" are compared as written. Source: pkg/config/mapper.go there.
  if (parsed === undefined || !isAccountId(parsed.account)) return true;
  if (parsed.kind === 'sts' || parsed.kind === 'other-iam') return true;
  return (parsed.kind === 'role' || parsed.kind === 'service-linked-role') && parsed.path !== '/';
};
