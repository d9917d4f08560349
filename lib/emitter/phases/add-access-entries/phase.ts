import { appendAfterBlock, setAttribute, type Edit } from '../../../hcl/index.ts';
import {
  clusterNameSource,
  isCalled,
  isInSource,
  plannedNames,
  type ClusterInSource,
  type Source,
} from '../../../parser/index.ts';
import type { AccessEntry, Planned } from '../../../transformer/index.ts';
import { addEntries } from './access-entries.ts';
import { involvedClusters } from '../../involved.ts';
import { nodeRoleLists } from './node-role-lists.ts';
import type { Phase, State } from '../../phase.ts';
import { printPlanned } from './planned-entries.ts';
import { printLookup, printResources } from '../../print-entry.ts';
import { liftPin, pinnedCalls } from '../../entry-pins.ts';
import { addEntriesRunbook } from './runbook.ts';

/**
 * Every row that is to have an entry gets one. aws-auth is not touched: in this mode an entry overrides its row, and rows without
 * an entry go on to work. Source: EKS user guide, migrating-access-entries.
 */
export const addAccessEntries: Phase = {
  id: 'add-access-entries',
  title: 'Add an access entry for every row',
  isDone: state => todo(state).length === 0 && pinnedCalls(state.source).length === 0,
  edits: state => [
    ...todo(state).flatMap(item => edits(state.source, item)),
    ...pinnedCalls(state.source).flatMap(liftPin),
  ],
  changes: state => [
    ...todo(state).flatMap(changes),
    ...pinnedCalls(state.source).map(({ address }) => `${address}: create_access_entry, back to the default`),
  ],
  runbook: addEntriesRunbook,
};

type Todo = {
  readonly cluster: ClusterInSource;
  readonly entries: readonly AccessEntry[];
  readonly planned: readonly Planned[];
  readonly creatorAdmin: boolean;
};

const todo = (state: State): readonly Todo[] =>
  involvedClusters(state)
    .filter(isInSource)
    .map(cluster => {
      const own = state.transformed.filter(transformed => transformed.cluster === cluster);
      return {
        cluster,
        entries: own.flatMap(({ entries }) => entries),
        planned: own.flatMap(({ planned }) => (planned && !planned.isWritten ? [planned] : [])),
        creatorAdmin: state.options.clusterCreatorAdmin === true && cluster.creatorAdmin === 'off' && isCalled(cluster),
      };
    })
    .filter(({ entries, planned, creatorAdmin }) => entries.length > 0 || planned.length > 0 || creatorAdmin);

const edits = (source: Source, { cluster, entries, planned, creatorAdmin }: Todo): readonly Edit[] => {
  const { block } = cluster;
  const beside = [
    // Rows of one principal share the data source that looks it up.
    ...new Set(entries.flatMap(entry => printLookup(entry, cluster.awsProvider) ?? [])),
    ...entries
      .filter(({ form }) => form === 'resource')
      .map(entry => printResources(entry, clusterNameSource(cluster), cluster.awsProvider)),
    ...planned.flatMap(own => printPlanned(own, cluster, entries, nodeRoleLists(source, cluster, own.form))),
  ];
  return [
    ...(creatorAdmin ? [setAttribute(block.in, block.body, 'enable_cluster_creator_admin_permissions', 'true')] : []),
    ...addEntries(
      cluster,
      entries.filter(({ form }) => form === 'argument'),
      planned.filter(isArgument).map(({ name }) => `local.${plannedNames(name).entries}`),
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
  ...planned.map(own =>
    isArgument(own)
      ? `${cluster.address}: access_entries of local.${plannedNames(own.name).entries} (unknown until plan)`
      : `aws_eks_access_entry.${own.name} (unknown until plan), standalone`,
  ),
];
