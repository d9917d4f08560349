import { principalKey, roleArn, parsePrincipalArn } from '../../eks/index.ts';
import type { AwsAuth } from '../../parser/aws-auth/live/aws-auth.ts';
import { comparePrincipals, matchesNobody, type Compared } from '../access/principals.ts';
import type { EntryAfter } from './entries-after.ts';
import type { AwsAuthFact } from './aws-auth-clusters.ts';
import type { Facts } from './facts.ts';

/** What an entry grants beside what one ConfigMap does. */
export type PlannedRights = {
  readonly entry: EntryAfter;
  readonly compared: Compared;
  /** Beside a row that no caller matches, as one of a role with its path: what the entry grants beyond it. */
  readonly beyondDeadRow?: Compared;
  /** Lists of the ConfigMap that the authenticator cannot read, so that they are empty to it. */
  readonly unread: readonly string[];
  /** Whether the values of the row or of the entry are not to be shown. */
  readonly isSensitive: boolean;
};

/** One ConfigMap with rows that are known. */
export type Table = { readonly address: string; readonly rows: AwsAuth; readonly sensitive: boolean };

/** Undefined where its rows are known after the apply only, or are not in the plan. */
export const tableOf = ({ change, before, after = before }: AwsAuthFact): Table | undefined => {
  const { rows = 'unknown', sensitive = false } = after ?? {};
  return rows === 'unknown' ? undefined : { address: change.address, rows, sensitive };
};

/** What each entry of a cluster grants beside a ConfigMap, as the authenticator reads both. */
export const plannedRights = (
  entries: readonly EntryAfter[],
  { rows, sensitive }: Table,
  { decided }: Facts,
): readonly PlannedRights[] => {
  const compare = (table: AwsAuth): ReadonlyMap<unknown, Compared> =>
    new Map(
      comparePrincipals(table, { entries: entries.map(({ live }) => live) }, decided).map(one => [one.entry, one]),
    );
  const compared = compare(rows);
  const dead = rows.rows.filter(({ arn }) => matchesNobody(arn));
  const ofDead = new Set(dead.map(({ arn }) => principalKey(arn)));
  const revived =
    dead.length === 0
      ? undefined
      : compare({ ...rows, rows: dead.map(row => ({ ...row, arn: withoutPath(row.arn) })) });
  return entries.flatMap(entry => {
    const found = compared.get(entry.live);
    if (found === undefined) return [];
    const beyondDeadRow = ofDead.has(principalKey(entry.live.principalArn)) ? revived?.get(entry.live) : undefined;
    return [
      {
        entry,
        compared: found,
        ...(beyondDeadRow === undefined ? {} : { beyondDeadRow }),
        unread: rows.unread.map(({ list }) => list),
        isSensitive: sensitive || entry.isSensitive,
      },
    ];
  });
};

const withoutPath = (arn: string): string => {
  const parsed = parsePrincipalArn(arn);
  return parsed?.kind === 'role' ? roleArn(parsed, '/') : arn;
};
