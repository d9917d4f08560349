import { pinnedCalls, liftPin } from '../../entry-pins.ts';
import type { Phase, State } from '../../phase.ts';
import { entriesModuleFits, directoryOf, filesOfEntriesModule } from './entries-module.ts';
import { creatorFlag, modesTakeEntries, provider, quota } from './entries-gate.ts';
import { appendAfterBlock, setAttribute, type Edit } from '../../../hcl/index.ts';
import {
  clusterNameSource,
  entriesArgument,
  isCalled,
  isInSource,
  takesCreatorFlag,
  titleOf,
  type Cluster,
  type ClusterInSource,
} from '../../../parser/index.ts';
import type { Planned, AccessEntry, RowOutcome, Transformed } from '../../../transformer/index.ts';
import { printLookup, printResources, type PrintedEntry } from '../../print-entry.ts';
import { inCaller } from '../../read-back.ts';
import { callsOf, filesOf } from '../../callers/calls.ts';
import { declareVariable, mergesVariable, mergeVariable, variableToWrite } from '../../callers/entries-variable.ts';
import { addEntries } from './access-entries.ts';
import { sayLeftMasters } from './masters-gates.ts';
import { nodeRoleLists } from './node-role-lists.ts';
import { entriesOf, printPlanned } from './planned-entries.ts';
import { addEntriesRunbook } from './runbook.ts';
import { involvedClusters } from '../../involved.ts';
import { stopsPhase, type Code } from '../../../diagnostics/index.ts';

/** `lifts`: the pins of phase 0 go, so that the module makes the entries of nodes. */
const phaseThat = (lifts: boolean): Phase => ({
  id: 'add-access-entries',
  title: 'Add an access entry for every row that is converted',
  gates: [provider, quota, creatorFlag, entriesModuleFits, modesTakeEntries],
  isDone: state =>
    todoIn(state).length === 0 &&
    variableToWrite(state) === undefined &&
    (!lifts || pinnedCalls(state.source).length === 0) &&
    codesOfBlocked(state).length === 0,
  plan: state => {
    const todo = todoIn(state);
    const pinned = lifts ? pinnedCalls(state.source) : [];
    const variable = variableToWrite(state);
    return {
      edits: [...declareVariable(state), ...todo.flatMap(item => edits(state, item)), ...pinned.flatMap(liftPin)],
      files: filesOfEntriesModule(state),
      changes: [
        ...(variable ? [`variable "${variable.variable}", merged into access_entries`] : []),
        ...todo.flatMap(changes),
        ...pinned.map(({ address }) => `${address}: create_access_entry, back to the default`),
      ],
      findings: [],
      adds: [...(variable ? [`var.${variable.variable}`] : []), ...todo.flatMap(addresses)],
      blockedBy: codesOfBlocked(state),
      runbook: addEntriesRunbook(state),
      notes: sayLeftMasters(state),
    };
  },
});

/**
 * Every row that is to have an entry gets one. aws-auth is not touched: in this mode an entry overrides its row, and rows without
 * an entry go on to work. Source: EKS user guide, migrating-access-entries.
 */
export const addAccessEntries: Phase = phaseThat(true);

/** The same for a source in which the pins are to stay: who makes the entries of nodes is a matter of the environment. */
export const addEntriesBesidePins: Phase = phaseThat(false);

const edits = (state: State, { cluster, entries, planned, creatorAdmin }: Todo): readonly Edit[] => {
  const { block } = cluster;
  const beside = [
    // Rows of one principal share the data source that looks it up.
    ...new Set(entries.flatMap(entry => printLookup(entry, cluster.awsProvider) ?? [])),
    ...entries
      .filter(({ form }) => form === 'resource')
      .map(entry => printResources(entry, clusterNameSource(cluster), cluster.awsProvider)),
    ...planned.flatMap(lists =>
      printPlanned(lists, cluster, entries, nodeRoleLists(state.source, cluster), directoryOf(state)),
    ),
  ];
  const merged = isCalled(cluster) ? mergeVariable(state, cluster) : { more: [], edits: [] };
  return [
    ...(creatorAdmin ? [setAttribute(block.in, block.body, 'enable_cluster_creator_admin_permissions', 'true')] : []),
    ...addEntries(
      cluster,
      entries.filter(({ form }) => form === 'argument'),
      [...planned.filter(isArgument).map(entriesOf), ...merged.more],
    ),
    ...merged.edits,
    ...(beside.length === 0 ? [] : [appendAfterBlock(block.in, block, beside.join('\n\n'))]),
  ];
};

const isArgument = ({ form, lists }: Planned): boolean => form === 'argument' && lists.length > 0;

const entriesOfPlan = (cluster: string, planned: Planned): string =>
  isArgument(planned)
    ? `${cluster}: access_entries of ${planned.address} (unknown until plan)`
    : `aws_eks_access_entry.${planned.label} (unknown until plan), standalone`;

const changes = ({ cluster, entries, planned, creatorAdmin }: Todo): readonly string[] => [
  ...(creatorAdmin ? [`${cluster.address}: enable_cluster_creator_admin_permissions = true`] : []),
  ...entries.map(({ key, label, form, type }) =>
    form === 'argument'
      ? `${titleOf(cluster)}: ${entriesArgument(cluster)}.${key} (${type})`
      : inCaller(cluster.wrapper?.caller, `aws_eks_access_entry.${label} (${type}), standalone`),
  ),
  ...planned.flatMap(lists => [
    ...(lists.lists.length === 0 ? [] : [entriesOfPlan(cluster.address, lists)]),
    ...new Set(lists.accounts.map(({ argument }) => `${lists.address}: fails the plan unless ${argument} is empty`)),
  ]),
];

const addresses = ({ cluster, entries, planned }: Todo): readonly string[] => [
  ...entries
    .flatMap(({ key, label, form, policies, lookup }) => [
      ...(lookup ? [`data.aws_iam_roles.${lookup.label}`] : []),
      ...(form === 'argument'
        ? [`${cluster.address}.access_entries.${key}`]
        : [
            `aws_eks_access_entry.${label}`,
            ...policies.map(policy => `aws_eks_access_policy_association.${label}_${policy.key}`),
          ]),
    ])
    .map(address => inCaller(cluster.wrapper?.caller, address)),
  ...planned.flatMap(({ label, address, form, lists }) => [
    address,
    ...(form === 'resource' && lists.length > 0 ? [`aws_eks_access_entry.${label}`] : []),
  ]),
];

/** What a cluster lacks. */
type Todo = {
  readonly cluster: ClusterInSource;
  readonly entries: readonly PrintedEntry[];
  readonly planned: readonly Planned[];
  readonly creatorAdmin: boolean;
  /** Its `access_entries` takes those of the callers. */
  readonly merges: boolean;
};

const todoIn = (state: State): readonly Todo[] =>
  [...involvedClusters(state), ...callsOf(state).map(({ cluster }) => cluster)]
    .filter(isInSource)
    .map(cluster => {
      const transformed = state.transformed.filter(one => one.cluster === cluster);
      return {
        cluster,
        entries: transformed.flatMap(({ entries, outcomes }) => entries.map(entry => printed(state, entry, outcomes))),
        planned: transformed.flatMap(({ planned }) => (planned && !planned.isWritten ? [planned] : [])),
        creatorAdmin: state.options.clusterCreatorAdmin === true && getsCreatorFlag(cluster),
        merges: isCalled(cluster) && mergesVariable(state, cluster),
      };
    })
    .filter(
      ({ entries, planned, creatorAdmin, merges }) =>
        entries.length > 0 || planned.length > 0 || creatorAdmin || merges,
    );

/** What is said behind a group stays with the groups, and the other comments of the row stand above its entry. */
const printed = (state: State, entry: AccessEntry, outcomes: readonly RowOutcome[]): PrintedEntry => {
  const row = outcomes.find(outcome => outcome.entry === entry)?.row;
  const file = filesOf(state).find(one => one.file === row?.origin.file);
  // A `for` that is expanded has no place of its own for the groups.
  const range = row?.groups?.range.start === row?.origin.start ? undefined : row?.groups?.range;
  const inside = (file?.comments ?? [])
    .filter(comment => range && range.start <= comment.range.start && comment.range.end <= range.end)
    .map(({ text }) => text);
  return {
    ...entry,
    comments: entry.comments.filter(text => !inside.includes(text)),
    groupComments: entry.comments.filter(text => inside.includes(text)),
  };
};

const getsCreatorFlag = (cluster: Cluster): boolean => takesCreatorFlag(cluster) && cluster.wrapper === undefined;

/** Whether the flag makes an entry, by what is written now or stands there already. */
const makesCreatorEntry = (state: State): boolean =>
  state.options.clusterCreatorAdmin === true &&
  involvedClusters(state).some(cluster => cluster.creatorAdmin !== 'off' || getsCreatorFlag(cluster));

/** The codes of blocked rows and lists where nothing at all is converted: then there is no entry to write. */
export const codesOfBlocked = (state: State): readonly Code[] => {
  const { source, transformed } = state;
  const ends = transformed.flatMap(({ outcomes, lists }) => [...outcomes, ...lists]);
  const isEmpty = !ends.some(({ disposition }) => disposition === 'converted') && !makesCreatorEntry(state);
  return isEmpty ? [...new Set(transformed.flatMap(one => blockedBy(one, source)))] : [];
};

const blockedBy = (
  { cluster, outcomes, lists, diagnostics }: Transformed,
  { clusters }: State['source'],
): readonly Code[] => {
  const blocked = outcomes.filter(({ disposition }) => disposition === 'blocked');
  if (blocked.length === 0 && !lists.some(({ disposition }) => disposition === 'blocked')) return [];
  if (!cluster) return [clusters.length === 0 ? 'TAE205' : 'TAE204'];
  return [...blocked.flatMap(outcome => outcome.diagnostics), ...diagnostics]
    .map(({ code }) => code)
    .filter(code => stopsPhase(code, 'remove-aws-auth'));
};
