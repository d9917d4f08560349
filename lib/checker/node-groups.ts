import {
  identityOf,
  isMadeHere,
  readNodeGroups,
  sameIdentity,
  type Cluster,
  type Field,
  type NodeGroup,
} from '../parser/index.ts';
import type { RootModule } from '../terraform/index.ts';
import type { State } from '../emitter/index.ts';

/** The node groups of a cluster. A submodule call is taken for one of them where there is no other cluster. */
export const nodeGroupsOf = ({ source }: State, cluster: Cluster): readonly NodeGroup[] =>
  isMadeHere(cluster) ? readNodeGroups(source.module, cluster, source.clusters.length === 1 ? source.calls : []) : [];

/** Whether two expressions name one role for certain. */
export const sameRole = (module: RootModule, a: Field, b: Field): boolean => {
  const [left, right] = [a, b].map(field => identityOf({ ...field, ...field.meaning }, module));
  if (!left || !right || !sameIdentity(left, right)) return false;
  return left.kind !== 'source' || !/\b(each|count)\./.test(left.text);
};
