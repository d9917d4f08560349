import { appendAfterBlock, setAttribute, type Edit } from '../../hcl/index.ts';
import type { Cluster } from '../../parser/index.ts';
import type { AccessEntry } from '../../transformer/index.ts';
import { addEntries } from '../access-entries.ts';
import { involvedClusters } from '../involved.ts';
import type { Phase, State } from '../phase.ts';
import { printLookup, printResources } from '../print-entry.ts';
import { addEntriesRunbook } from '../runbook/add-entries.ts';

/**
 * Every row that is to have an entry gets one. aws-auth is not touched: in this mode an entry overrides its row, and rows without
 * an entry go on to work. Source: EKS user guide, migrating-access-entries.
 */
export const addAccessEntries: Phase = {
  id: 'add-access-entries',
  title: 'Add an access entry for every row',
  isDone: state => todo(state).length === 0,
  edits: state => todo(state).flatMap(item => edits(item)),
  changes: state => todo(state).flatMap(changes),
  runbook: addEntriesRunbook,
};

type Todo = { readonly cluster: Cluster; readonly entries: readonly AccessEntry[]; readonly creatorAdmin: boolean };

const todo = (state: State): readonly Todo[] =>
  involvedClusters(state)
    .map(cluster => ({
      cluster,
      entries: state.transformed.filter(({ cluster: own }) => own === cluster).flatMap(({ entries }) => entries),
      creatorAdmin: state.options.clusterCreatorAdmin === true && cluster.creatorAdmin === 'off',
    }))
    .filter(({ entries, creatorAdmin }) => entries.length > 0 || creatorAdmin);

const edits = ({ cluster, entries, creatorAdmin }: Todo): readonly Edit[] => {
  const { block } = cluster.call;
  const beside = [
    ...entries.flatMap(entry => printLookup(entry, cluster.awsProvider) ?? []),
    ...entries
      .filter(({ form }) => form === 'resource')
      .map(entry => printResources(entry, `${cluster.call.address}.cluster_name`, cluster.awsProvider)),
  ];
  return [
    ...(creatorAdmin ? [setAttribute(block.in, block.body, 'enable_cluster_creator_admin_permissions', 'true')] : []),
    ...addEntries(
      cluster,
      entries.filter(({ form }) => form === 'argument'),
    ),
    ...(beside.length === 0 ? [] : [appendAfterBlock(block.in, block, beside.join('\n\n'))]),
  ];
};

const changes = ({ cluster, entries, creatorAdmin }: Todo): readonly string[] => [
  ...(creatorAdmin ? [`${cluster.call.address}: enable_cluster_creator_admin_permissions = true`] : []),
  ...entries.map(({ key, label, form, type }) =>
    form === 'argument'
      ? `${cluster.call.address}: access_entries.${key} (${type})`
      : `aws_eks_access_entry.${label} (${type}), standalone`,
  ),
];
