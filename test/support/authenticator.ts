import type { RowSpec } from './arbitrary-rows.ts';

/**
 * What aws-iam-authenticator does with rows, as a model: the roles list before the users list, in a list the last row, role ARNs
 * without regard to case, no path in a role ARN, users that differ by case at random.
 */
export type InForce = { readonly arn: string; readonly rows: readonly RowSpec[] };

/** The rows that may be in force, by principal: more than one where it is a matter of chance. */
export const rowsInForce = (rows: readonly RowSpec[]): ReadonlyMap<string, InForce> => {
  const found = new Map<string, InForce>();
  const live = rows.filter(({ arn }) => canMatch(arn));
  for (const key of new Set(live.map(({ arn }) => arn.toLowerCase()))) {
    const same = live.filter(({ arn }) => arn.toLowerCase() === key);
    const roles = same.filter(({ list }) => list === 'roles');
    const users = [...new Map(same.map(row => [row.arn, row])).values()];
    const winners = roles.length > 0 ? roles.slice(-1) : users;
    found.set(key, { arn: key, rows: winners });
  }
  return found;
};

/** A role with a path, or what is no IAM role or user of an account, is never matched by an entry's principal. */
const canMatch = (arn: string): boolean => /^arn:[\w-]+:iam::\d{12}:(role\/[^/]+|user\/.+)$/.test(arn);

export const groupsOf = ({ groups }: RowSpec): readonly string[] => (typeof groups === 'string' ? [] : groups);
