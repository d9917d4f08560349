import { appendAfterBlock, setAttribute, type Edit } from '../../../hcl/index.ts';
import { clusterNameSource } from '../../../parser/index.ts';
import type { Planned } from '../../../transformer/index.ts';
import { liftPin, pinnedCalls } from '../../entry-pins.ts';
import type { PhasePlan, State } from '../../phase.ts';
import { printLookup, printResources } from '../../print-entry.ts';
import { entryAddress } from '../../read-back.ts';
import { addEntries } from './access-entries.ts';
import { nodeRoleLists } from './node-role-lists.ts';
import { directoryOf, filesOfEntriesModule } from './entries-module.ts';
import { entriesOf, printPlanned } from './planned-entries.ts';
import { addEntriesRunbook } from './runbook.ts';
import { todoIn, type Todo, codesOfBlocked } from './todo.ts';

export const planEntries = (state: State): PhasePlan => {
  const todo = todoIn(state);
  const pinned = pinnedCalls(state.source);
  return {
    edits: [...todo.flatMap(item => edits(state, item)), ...pinned.flatMap(liftPin)],
    files: filesOfEntriesModule(state),
    changes: [
      ...todo.flatMap(changes),
      ...pinned.map(({ address }) => `${address}: create_access_entry, back to the default`),
    ],
    findings: [],
    adds: todo.flatMap(addresses),
    blockedBy: codesOfBlocked(state),
    runbook: addEntriesRunbook(state),
  };
};

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
  return [
    ...(creatorAdmin ? [setAttribute(block.in, block.body, 'enable_cluster_creator_admin_permissions', 'true')] : []),
    ...addEntries(
      cluster,
      entries.filter(({ form }) => form === 'argument'),
      planned.filter(isArgument).map(entriesOf),
    ),
    ...(beside.length === 0 ? [] : [appendAfterBlock(block.in, block, beside.join('\n\n'))]),
  ];
};

const isArgument = ({ form, lists }: Planned): boolean => form === 'argument' && lists.length > 0;

const changes = ({ cluster, entries, planned, creatorAdmin }: Todo): readonly string[] => [
  ...(creatorAdmin ? [`${cluster.address}: enable_cluster_creator_admin_permissions = true`] : []),
  ...entries.map(({ key, label, form, type }) =>
    form === 'argument'
      ? `${cluster.address}: access_entries.${key} (${type})`
      : `aws_eks_access_entry.${label} (${type}), standalone`,
  ),
  ...planned.map(lists =>
    isArgument(lists)
      ? `${cluster.address}: access_entries of ${lists.address} (unknown until plan)`
      : `aws_eks_access_entry.${lists.label} (unknown until plan), standalone`,
  ),
];

const addresses = ({ cluster, entries, planned }: Todo): readonly string[] => [
  ...entries.flatMap(({ key, label, form, policies, lookup }) => [
    ...(lookup ? [`data.aws_iam_roles.${lookup.label}`] : []),
    ...(form === 'argument'
      ? [entryAddress(cluster, key)]
      : [
          `aws_eks_access_entry.${label}`,
          ...policies.map(policy => `aws_eks_access_policy_association.${label}_${policy.key}`),
        ]),
  ]),
  ...planned.flatMap(({ label, address, form, lists }) => [
    address,
    ...(form === 'resource' && lists.length > 0 ? [`aws_eks_access_entry.${label}`] : []),
  ]),
];
