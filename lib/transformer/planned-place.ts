import { plannedEntries, type Cluster, type Source } from '../parser/index.ts';
import { blocksOf, bodyReferences, referencesOf, type Reference, type RootModule } from '../terraform/index.ts';

/** The labels of a call and of its resources, and whether the call stands in the source already. */
export type PlannedPlace = {
  /** The label of resources with these entries. That of the call ends in `_entries`. */
  readonly label: string;
  /** The call: `module.aws_auth_entries`. In a source of before that module: the local with the entries. */
  readonly address: string;
  readonly isWritten: boolean;
};

/** A list by the argument of the module that takes it. */
type HandedOver = { readonly to: string; readonly source: string };

/** What converts these lists for this cluster in the source already, or labels that are free. */
export const placeFor = (source: Source, cluster: Cluster, lists: readonly HandedOver[]): PlannedPlace => {
  const { module, clusters } = source;
  const base = clusters.length > 1 ? `${cluster.label}_aws_auth` : 'aws_auth';
  const written = plannedEntries(module).find(
    ({ address, has }) =>
      lists.every(({ to, source: text }) => has(to, text)) &&
      (lists.every(({ to }) => to === 'accounts') || isForCluster(source, cluster, address)),
  );
  if (written && lists.length > 0) return { label: base, address: written.address, isWritten: true };
  for (let number = 1; ; number++) {
    const label = number === 1 ? base : `${base}_${number}`;
    if (!isTaken(module, label)) return { label, address: `module.${label}_entries`, isWritten: false };
  }
};

/** Whether the entries that stand at an address become those of the cluster: in its argument, or in resources. */
const isForCluster = ({ module, clusters }: Source, cluster: Cluster, address: string): boolean => {
  const reads = (references: readonly Reference[]): boolean =>
    references.some(({ path }) => path.slice(0, 2).join('.') === address);
  const { argument } = cluster.existing;
  if (argument && reads(referencesOf(argument.value))) return true;
  return blocksOf(module, 'resource', 'aws_eks_access_entry').some(({ body }) => {
    const references = bodyReferences(body);
    const isOfCluster = references.some(({ path }) => path[0] === 'module' && path[1] === cluster.label);
    return reads(references) && (clusters.length <= 1 || isOfCluster);
  });
};

const isTaken = ({ blocks }: RootModule, name: string): boolean =>
  blocks.some(
    ({ type, labels: [first = '', second] }) =>
      (type === 'module' && first === `${name}_entries`) ||
      (type === 'resource' && first.startsWith('aws_eks_access_') && second === name),
  );
