import { defined, type Code, type Diagnostic } from '../diagnostics/index.ts';
import { allOf, readItems, titleOf, valueOr, type Association, type Field, type Row } from '../parser/index.ts';
import { quote } from '../hcl/index.ts';
import { knownString } from '../terraform/index.ts';
import type { AccessEntry, FoundEntry, RowOutcome, Transformed } from '../transformer/index.ts';
import type { ReportEntry, ReportRights, ReportRow } from './report.ts';

/** A row of aws-auth, how it ended, and the entry that its principal has in the end. */
export const buildRow = ({ cluster }: Transformed, outcome: RowOutcome, line: number): ReportRow => {
  const { row, disposition, reason, name, entry, existing, diagnostics } = outcome;
  // A command has no key.
  const key = entry?.form === 'command' ? undefined : (entry?.key ?? existing?.entry.key);
  const found = existing?.entry.form;
  const groups = entry?.groupsSource;
  const form = entry?.form ?? (found === 'live' ? undefined : found);
  return {
    cluster: cluster ? titleOf(cluster) : null,
    list: row.list,
    index: row.index,
    ...(row.live ? { from: 'config-map' as const } : {}),
    file: row.origin.file,
    line,
    principal: name,
    disposition,
    reason,
    ...defined({
      key,
      form,
      type: entry?.type,
      policies: entry?.policies.map(({ policyName }) => policyName),
      groups: groups === undefined ? undefined : groups === '[]' ? [] : [groups],
      username: entry?.usernameSource,
    }),
    row: rowRights(row),
    ...defined({ entry: entry ? addedEntry(entry) : existing && foundEntry(existing) }),
    codes: codesOf(diagnostics),
  };
};

export const codesOf = (diagnostics: readonly Diagnostic[]): Code[] => [
  ...new Set(diagnostics.map(({ code }) => code)),
];

const rowRights = ({ groups, username, guards }: Row): NonNullable<ReportRow['row']> =>
  defined({
    groups: groups && groupsOf(groups),
    username: username && { source: username.source, ...defined({ text: knownString(username.value) }) },
    condition: allOf(guards),
  });

const groupsOf = ({ source, value }: Field): NonNullable<ReportRights['groups']> => {
  const items = value.kind === 'list' ? value.items.map(knownString) : undefined;
  return items?.every(item => item !== undefined) ? { source, items } : { source };
};

const addedEntry = (entry: AccessEntry): ReportEntry => {
  const { type, principalSource, principalArn, policies, groupsSource, usernameSource, rights, guardSource } = entry;
  return {
    type,
    principal: principalArn ?? principalSource,
    policies: policies.map(({ policyName, scope, namespaces }) => ({
      name: policyName,
      scope,
      namespaces: [...namespaces],
    })),
    whole: true,
    ...defined({
      groups:
        groupsSource === undefined
          ? undefined
          : { source: groupsSource, ...defined({ items: rights && [...rights.groups] }) },
      username:
        usernameSource === undefined ? undefined : { source: usernameSource, ...defined({ text: rights?.username }) },
      condition: guardSource,
    }),
  };
};

/** As much of an entry as can be read. */
const foundEntry = ({ entry, words, unless }: FoundEntry): ReportEntry => {
  const { type, associations, groups, username } = entry;
  const items = [...readItems(groups)];
  const name = valueOr(username, undefined);
  return {
    exists: words,
    policies: readItems(associations).map(policyOf),
    whole: associations.kind !== 'unreadable' && groups.kind !== 'unreadable',
    ...defined({
      type: valueOr(type, 'STANDARD'),
      groups: items.length === 0 ? undefined : { source: hclList(items), items },
      username: name === undefined ? undefined : { source: quote(name), text: name },
      condition: unless && allOf(unless),
    }),
  };
};

const policyOf = ({ policy, scope, namespaces }: Association): ReportEntry['policies'][number] => ({
  name: valueOr(policy, undefined) ?? 'unknown until plan',
  scope: valueOr(scope, 'cluster') ?? 'unknown until plan',
  namespaces: [...readItems(namespaces)],
});

const hclList = (items: readonly string[]): string => `[${items.map(quote).join(', ')}]`;
