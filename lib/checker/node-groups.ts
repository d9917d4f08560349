import { nodeGroupForms } from '../eks/node-group-forms.ts';
import {
  groupsByFor,
  identityOf,
  isCalled,
  isMadeHere,
  nodeGroups,
  sameIdentity,
  type Cluster,
  type Field,
  type NodeGroup,
} from '../parser/index.ts';
import { attribute } from '../hcl/index.ts';
import { evaluate, type PlacedBlock, type RootModule } from '../terraform/index.ts';
import type { State } from '../emitter/index.ts';

/**
 * The node groups that the module makes for a cluster, as far as they are told. Of clusters that modules of the repository make, it is
 * not known which one a submodule call belongs to, unless there is no other.
 */
export const nodeGroupsOf = ({ source }: State, cluster: Cluster): readonly NodeGroup[] =>
  isMadeHere(cluster)
    ? [
        ...nodeGroups(source.module, cluster).filter(({ call, partial, isUnclear, key }) => {
          if (!call || partial || isUnclear) return false;
          if (call.source.submodule === undefined) return key !== undefined;
          return source.clusters.length === 1 || cluster.wrapper === undefined;
        }),
        ...(isCalled(cluster) ? nodeGroupForms.flatMap(form => groupsByFor(source.module, cluster.call, form)) : []),
      ]
    : [];

/** Those that are resources beside the cluster and are certain to be there, of this cluster. */
export const rawGroupsOf = ({ source: { module } }: State, cluster: Cluster): readonly NodeGroup[] =>
  isMadeHere(cluster)
    ? nodeGroups(module, cluster).filter(
        ({ call, block, isUnclear }) => !call && block && !isUnclear && isThere(module, block),
      )
    : [];

const isThere = (module: RootModule, block: PlacedBlock): boolean => {
  const count = attribute(block.body, 'count') ?? attribute(block.body, 'for_each');
  if (!count) return true;
  const value = evaluate(count.value, module.scope);
  if (value.kind === 'number') return value.text !== '0';
  return value.kind === 'object' ? value.entries.size > 0 : value.kind === 'list' && value.items.length > 0;
};

/** Whether two expressions name one role for certain. */
export const sameRole = (module: RootModule, a: Field, b: Field): boolean => {
  const [left, right] = [a, b].map(field => identityOf({ ...field, ...field.meaning }, module));
  if (!left || !right || !sameIdentity(left, right)) return false;
  return left.kind !== 'source' || !/\b(each|count)\./.test(left.text);
};
