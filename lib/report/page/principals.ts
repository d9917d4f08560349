import { docsUrl } from '../../diagnostics/index.ts';
import { clusterAdminPolicy, mastersGroup } from '../../eks/index.ts';
import type { Report, ReportEntry, ReportRights, ReportRow } from '../report.ts';
import { courseOf } from './course.ts';

/** The rows of a cluster as a table of principals; `title` is the cluster where the report has several. */
export const principalTables = (report: Report): readonly object[] => {
  const clusters = [...new Set(report.rows.map(({ cluster }) => cluster))];
  return clusters.map(cluster => ({
    title: clusters.length > 1 ? (cluster ?? 'Cluster not known') : null,
    caption: `Principals of aws-auth${cluster === null ? '' : ` of ${cluster}`}: before, during and after the phases`,
    rows: report.rows.filter(row => row.cluster === cluster).map(row => principalOf(row, report)),
  }));
};

/** How many principals have all rights before, and how many after. Of what the source does not tell there may be more. */
export const administrators = ({ rows, lists }: Report): { readonly before: string; readonly after: string } => {
  const had = rows.filter(({ row }) => row?.groups?.items?.includes(mastersGroup));
  const has = rows.filter(
    ({ disposition, entry }) => disposition !== 'blocked' && entry?.policies.some(isClusterAdmin),
  );
  const isUnclear = rows.some(({ row }) => row?.groups !== undefined && row.groups.items === undefined);
  const isPartial = rows.some(({ entry }) => entry?.whole === false);
  const count = (of: readonly ReportRow[], more: boolean): string =>
    `${more || lists.length > 0 ? 'at least ' : ''}${new Set(of.map(({ cluster, principal }) => `${cluster} ${principal}`)).size}`;
  return { before: count(had, isUnclear), after: count(has, isPartial) };
};

/** How a row ends, in a word. */
export const results: Readonly<Record<ReportRow['disposition'], string>> = {
  converted: 'Converted',
  'left-to-eks': 'Left to EKS',
  dropped: 'Dropped',
  blocked: 'Blocked',
};

const principalOf = (row: ReportRow, report: Report): object => {
  const { principal, disposition, entry, reason, codes, from, list, index } = row;
  const isConverted = disposition === 'converted';
  return {
    principal,
    place: `${row.file}:${row.line}`,
    item: from === 'config-map' ? `row ${index + 1} of ${list} in the live ConfigMap` : `row ${index + 1} of ${list}`,
    result: results[disposition],
    kind: disposition === 'converted' ? null : disposition,
    before: beforeOf(row),
    course: courseOf(row, report),
    after: entry && disposition !== 'blocked' ? afterOf(row, entry) : null,
    // Of a row that becomes an entry the entry says it all.
    reason: isConverted ? null : reason,
    codes: isConverted && entry?.exists === undefined ? [] : codes.map(code => ({ code, url: docsUrl(code) })),
  };
};

const beforeOf = ({ row = {}, list }: ReportRow): object => ({
  groups: groupsOf(row),
  username: usernameOf(row),
  condition: row.condition ?? null,
  said: list === 'accounts' ? 'Every principal of the account, with no groups' : null,
  isEmpty: list !== 'accounts' && row.groups === undefined && row.username === undefined,
});

const afterOf = (row: ReportRow, entry: ReportEntry): object => {
  const isStandard = (entry.type ?? 'STANDARD') === 'STANDARD';
  const hadMasters = row.row?.groups?.items?.includes(mastersGroup) === true;
  const differs = entry.principal !== undefined && entry.principal !== row.principal;
  return {
    type: entry.type ?? 'not known',
    isStandard,
    exists: entry.exists ?? null,
    // Where the entry names it otherwise: its path is back, or Terraform looks it up.
    principal: differs ? entry.principal : null,
    policies: entry.policies.map(policy => ({
      name: policy.name,
      scope: scopeOf(policy),
      note: hadMasters && isClusterAdmin(policy) ? `in place of ${mastersGroup}` : null,
    })),
    groups: isStandard ? groupsOf(entry) : null,
    username: isStandard ? usernameOf(entry) : null,
    // An entry that is there already is not written by us: what it has beside the row is not ours to tell.
    changes: isStandard && entry.exists === undefined ? changesOf(row, entry) : [],
    condition: entry.condition ?? null,
    partly: !entry.whole,
  };
};

const isClusterAdmin = ({ name, scope }: ReportEntry['policies'][number]): boolean =>
  name === clusterAdminPolicy && scope === 'cluster';

const scopeOf = ({ scope, namespaces }: ReportEntry['policies'][number]): string =>
  scope === 'cluster'
    ? 'whole cluster'
    : scope === 'namespace'
      ? `${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${namespaces.join(', ')}`
      : scope;

/** Each of them where the source tells all, else the expression as it is written. */
const groupsOf = ({ groups }: ReportRights): object => {
  const items = groups?.items ?? [];
  if (groups !== undefined && groups.items === undefined) return { items: [], source: groups.source, none: false };
  return {
    items: items.map(name => ({ name, isMasters: name === mastersGroup })),
    source: null,
    none: items.length === 0,
  };
};

const usernameOf = ({ username }: ReportRights): string | null =>
  username === undefined ? null : (username.text ?? username.source);

/** What a reader has to see though nothing blocks: a group or a user name that the entry has not, or has anew. */
const changesOf = ({ row }: ReportRow, entry: ReportEntry): readonly object[] => {
  const [before, after] = [row?.groups?.items, entry.groups?.items];
  const lost = before?.filter(group => group !== mastersGroup && after?.includes(group) === false) ?? [];
  const gained = after?.filter(group => before?.includes(group) === false) ?? [];
  const isNamed = row?.username !== undefined && row.username.text !== '' && entry.username === undefined;
  return [
    ...(lost.length === 0 ? [] : [{ words: lost.length === 1 ? 'Group left out' : 'Groups left out', values: lost }]),
    ...(gained.length === 0 ? [] : [{ words: gained.length === 1 ? 'New group' : 'New groups', values: gained }]),
    ...(isNamed ? [{ words: 'User name left out', values: [usernameOf(row) ?? ''] }] : []),
  ];
};
