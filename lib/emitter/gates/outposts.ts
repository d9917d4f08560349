import { diagnose } from '../../diagnostics/index.ts';
import { attribute, blocks } from '../../hcl/index.ts';
import { isMadeHere, type Cluster } from '../../parser/index.ts';
import { evaluate } from '../../terraform/index.ts';
import { involvedClusters } from '../involved.ts';
import type { SourceGate, State } from '../phase.ts';

/**
 * A local cluster on Outposts knows the mode CONFIG_MAP alone, and the API refuses another one. One on instance store, which has an
 * instance type of etcd, takes access entries.
 * Sources: https://github.com/eksctl-io/eksctl/issues/7552,
 * https://docs.aws.amazon.com/eks/latest/userguide/eks-outposts-instance-store-local-cluster-create.html
 */
export const outposts: SourceGate = state =>
  involvedClusters(state)
    .filter(isMadeHere)
    .filter(cluster => isLocal(state, cluster))
    .map(({ address, block }) => diagnose('TAE248', { call: address }, block.headerRange));

/**
 * An argument of the eks module, empty by default; a block of the resource. No known release of the module hands the instance type of
 * etcd on.
 */
export const isLocal = (
  { source: { module } }: State,
  { block: { body } }: Extract<Cluster, { block: unknown }>,
): boolean => {
  const given = attribute(body, 'outpost_config');
  if (given === undefined)
    return blocks(body, 'outpost_config').some(outpost => attribute(outpost.body, 'etcd_instance_type') === undefined);
  const value = evaluate(given.value, module.scope);
  return value.kind === 'object' && value.entries.size > 0;
};
