import { attribute } from '../hcl/index.ts';
import { areImplied, conditionsOf, plannedEntries, type Cluster, type Source } from '../parser/index.ts';
import { blocksOf, bodyReferences, referencesOf, type RootModule } from '../terraform/index.ts';

/** The labels of a call and of its resources, and whether the call stands in the source already. */
export type PlannedPlace = {
  /** The label of resources with these entries. That of the call ends in `_entries`. */
  readonly label: string;
  /** The call: `module.aws_auth_entries`. In a source of before that module: the local with the entries. */
  readonly address: string;
  readonly isWritten: boolean;
};

/** A list by the argument of the module that takes it. */
type HandedOver = { readonly to: string; readonly source: string; readonly guards: readonly string[] };

/**
 * What converts these lists for this cluster in the source already, or labels that are free. Where aws-auth is in force, it must do
 * so whenever the lists are.
 */
export const placeFor = (
  source: Source,
  cluster: Cluster,
  lists: readonly HandedOver[],
  isInForce: boolean,
): PlannedPlace => {
  const { module, clusters } = source;
  const base = clusters.length > 1 ? `${cluster.label}_aws_auth` : 'aws_auth';
  const written = plannedEntries(module).find(({ address, handedOver }) =>
    lists.every(({ to, source: text, guards }) => {
      // Without the cluster there are neither rows nor entries.
      const known = [...guards, ...conditionsOf(cluster.repetition)];
      const isCovered = (conditions: readonly string[]): boolean => !isInForce || areImplied(module, conditions, known);
      return (
        handedOver(to, text).some(isCovered) &&
        (to === 'accounts' || conditionsFor(source, cluster, address).some(isCovered))
      );
    }),
  );
  if (written && lists.length > 0) return { label: base, address: written.address, isWritten: true };
  for (let number = 1; ; number++) {
    const label = number === 1 ? base : `${base}_${number}`;
    if (!isTaken(module, label)) return { label, address: `module.${label}_entries`, isWritten: false };
  }
};

/** The conditions under which the entries at an address are those of the cluster, in its argument or in resources. */
const conditionsFor = (
  { module, clusters }: Source,
  cluster: Cluster,
  address: string,
): readonly (readonly string[])[] => [
  ...cluster.existing.planned.flatMap(({ address: read, presence, conditions }) =>
    read === address && presence !== 'never' ? [conditions] : [],
  ),
  ...blocksOf(module, 'resource', 'aws_eks_access_entry').flatMap(({ body }) => {
    const each = attribute(body, 'for_each')?.value;
    const isRead = each?.kind === 'get' && referencesOf(each)[0]?.path.slice(0, 2).join('.') === address;
    const isOfCluster = bodyReferences(body).some(({ path }) => path[0] === 'module' && path[1] === cluster.label);
    return isRead && (clusters.length <= 1 || isOfCluster) ? [[]] : [];
  }),
];

const isTaken = ({ blocks }: RootModule, name: string): boolean =>
  blocks.some(
    ({ type, labels: [first = '', second] }) =>
      (type === 'module' && first === `${name}_entries`) ||
      (type === 'resource' && first.startsWith('aws_eks_access_') && second === name),
  );
