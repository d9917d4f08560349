import { markdownCode, markdownText } from '../../escape/markdown.ts';
import { positionOf, titleOf } from '../../parser/index.ts';
import type { RowOutcome } from '../../transformer/index.ts';
import { plannedRows } from '../phases/add-access-entries/planned-runbook.ts';
import type { State } from '../phase.ts';
import { ofCluster } from './named-clusters.ts';
import { commonAccount } from './set-up.ts';

/** A line for each row; what most ARNs begin with is said once. */
export const rowsOf = (state: State): { readonly account: string | undefined; readonly rows: readonly object[] } => {
  const account = commonAccount(state.transformed.flatMap(({ outcomes }) => outcomes.map(({ name }) => name)));
  const shown = (name: string): string =>
    markdownCode(account !== undefined && name.startsWith(account) ? name.slice(account.length) : name);
  return {
    account,
    rows: [
      ...state.transformed.flatMap(({ cluster, outcomes }) => outcomes.map(rowLine(placeOf(state, cluster), shown))),
      ...plannedRows(state),
    ],
  };
};

const wordsOf = (disposition: string): string => disposition.replaceAll('-', ' ').replace('eks', 'EKS');

/** Where a row is of, as ` of module.blue`: nowhere else where there is one place only. */
const placeOf = (state: State, cluster: State['transformed'][number]['cluster']): string =>
  cluster?.wrapper ? ` of ${markdownText(titleOf(cluster))}` : ofCluster(state, cluster);

/** The reason stands in the place of the rights where there are none, and the place where the row blocks. */
const rowLine =
  (of: string, shown: (name: string) => string) =>
  ({ row, name, disposition, reason, entry }: RowOutcome): object => ({
    disposition: wordsOf(disposition),
    gets: entry
      ? gets(entry)
      : `${markdownText(reason)}${disposition === 'blocked' ? ` (${markdownText(positionOf(row))})` : ''}`,
    principal: `${shown(name)}${of}`,
  });

const gets = ({ type, policies, groupsSource, usernameSource }: NonNullable<RowOutcome['entry']>): string =>
  [
    ...(type === 'STANDARD' ? [] : [`type ${type}`]),
    ...policies.map(({ policyName, scope, namespaces }) =>
      scope === 'cluster' ? policyName : `${policyName} in ${markdownText(namespaces.join(', '))}`,
    ),
    ...(groupsSource === undefined || groupsSource === '[]' ? [] : [`groups ${markdownCode(groupsSource)}`]),
    ...(usernameSource === undefined ? [] : [`as ${markdownCode(usernameSource)}`]),
  ].join('; ') || 'sign-in only, no permissions';

export const countsOf = ({ transformed }: State): string => {
  const outcomes = transformed.flatMap(mapping => mapping.outcomes);
  const count = (wanted: string): number => outcomes.filter(({ disposition }) => disposition === wanted).length;
  const ends = ['converted', 'left-to-eks', 'dropped', 'blocked']
    .filter(end => count(end) > 0)
    .map(end => `${count(end)} ${wordsOf(end)}`);
  return `${outcomes.length} ${outcomes.length === 1 ? 'row' : 'rows'}${ends.length === 0 ? '' : `: ${ends.join(', ')}`}.${unknownLists(transformed)}`;
};

const unknownLists = (transformed: State['transformed']): string => {
  const count = transformed.flatMap(({ mapping }) => mapping?.unread ?? []).length;
  return count === 0 ? '' : ` Rows of ${count} more ${count === 1 ? 'list are' : 'lists are'} unknown until plan.`;
};
