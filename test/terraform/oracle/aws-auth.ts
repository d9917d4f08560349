import type { ConfigMap } from './world.ts';
import { hasInfinity, isNotText, readTexts, readYaml, type Value } from './yaml-values.ts';

/** kubernetes-sigs/aws-iam-authenticator, pkg/mapper/configmap/configmap.go and pkg/config/mapper.go */

export type Row = { arn: string; username: string; groups: string[] };

export type AwsAuth = {
  /** By ARN in lower case; the last row of an ARN wins. */
  roles: Map<string, Row>;
  /** By the ARN as written, so rows that differ in case stay side by side. */
  users: Map<string, Row>;
  accounts: Set<string>;
};

/** The keys of data are case-sensitive: mapusers is nothing. A missing ConfigMap has no rows. */
export function readAwsAuth(map: ConfigMap | undefined): AwsAuth {
  const data = map?.data ?? {};
  const roles = readRows(data['mapRoles'], 'rolearn').map(row => [row.arn.toLowerCase(), row] as const);
  const users = readRows(data['mapUsers'], 'userarn').map(row => [row.arn, row] as const);
  return { roles: new Map(roles), users: new Map(users), accounts: new Set(readAccounts(data['mapAccounts'])) };
}

/** An empty list is also written as two backticks or two quotes. */
function isSkippable(text: string): boolean {
  return ['', '``', '""'].includes(text.trim());
}

/** YAML that cannot be read makes the whole list empty. */
function readList(text: string | undefined, read = readYaml): Value[] {
  if (text === undefined || isSkippable(text)) return [];
  const value = read(text);
  return Array.isArray(value) && (read === readTexts || !hasInfinity(value)) ? value : [];
}

function readRows(text: string | undefined, arnField: string): Row[] {
  return readList(text).flatMap(item => {
    const row = item instanceof Map ? readRow(item, arnField) : undefined;
    return row ? [row] : [];
  });
}

/**
 * Keys match without regard to case, unknown ones are ignored. JSON has them sorted, so of rolearn and
 * roleARN in one row the small letters win. A value of the wrong type leaves its field empty and the row
 * in place: groups: "x" is no groups. A row without an ARN is dropped, and so is one with an ARN and sso;
 * sso alone needs a feature gate that is off by default, so such a row matches nobody.
 */
function readRow(item: ReadonlyMap<string, Value>, arnField: string): Row | undefined {
  const row: Row = { arn: '', username: '', groups: [] };
  const held: string[] = [];
  let sso: Value = null;
  for (const [key, value] of [...item].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    // encoding/json, fold.go (foldName): the long s is an s.
    const field = key.toLowerCase().replaceAll('\u017F', 's');
    if (field === arnField && typeof value === 'string') row.arn = value;
    if (field === 'username' && typeof value === 'string') row.username = value;
    if (field === 'groups' && (Array.isArray(value) || value === null)) row.groups = readGroups(value ?? [], held);
    if (field === 'sso' && arnField === 'rolearn') sso = value;
  }
  return row.arn === '' || sso !== null ? undefined : row;
}

/**
 * An element that is no text is an empty name, or what the slice had there by another spelling of the key; an empty list and null make
 * a slice that is new. encoding/json, decode.go (array, literalStore).
 */
function readGroups(items: readonly Value[], held: string[]): string[] {
  if (items.length === 0) held.length = 0;
  for (const [index, item] of items.entries()) held[index] = typeof item === 'string' ? item : (held[index] ?? '');
  return held.slice(0, items.length);
}

/** These go from YAML straight into strings, so an unquoted number keeps its digits. */
function readAccounts(text: string | undefined): string[] {
  return readList(text, readTexts).flatMap(item =>
    isNotText(item) ? [item.notText] : typeof item === 'string' ? [item] : [],
  );
}
