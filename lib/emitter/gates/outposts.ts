import { diagnose } from '../../diagnostics/index.ts';
import { attribute, blocks, type Expression } from '../../hcl/index.ts';
import { isMadeHere, type Cluster } from '../../parser/index.ts';
import { evaluate, givenByCall, variableValues } from '../../terraform/index.ts';
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
 * etcd on. A variable is what the calls of the module say, and without them its default: an Outpost there is no example.
 */
export const isLocal = (
  { source: { module }, calls = [] }: State,
  { block: { body } }: Extract<Cluster, { block: unknown }>,
): boolean => {
  const given = attribute(body, 'outpost_config');
  if (given) return isFilled(given.value, module, calls);
  const made = blocks(body, 'dynamic')
    .filter(({ labels }) => labels[0] === 'outpost_config')
    .filter(dynamic => {
      const each = attribute(dynamic.body, 'for_each');
      return each !== undefined && isFilled(each.value, module, calls);
    })
    .flatMap(dynamic => blocks(dynamic.body, 'content'));
  return [...blocks(body, 'outpost_config'), ...made].some(
    outpost => attribute(outpost.body, 'etcd_instance_type') === undefined,
  );
};

/** Whether the source tells that it has something in it. */
const isFilled = (
  expression: Expression,
  module: State['source']['module'],
  calls: NonNullable<State['calls']>,
): boolean => {
  const given = calls.flatMap(({ block, module: caller }) => (block ? [givenByCall(module, block, caller)] : []));
  return (calls.length === 0 ? [new Map()] : given).some(values => {
    const value = evaluate(expression, module.scopeWith(variableValues(module, values)));
    return value.kind === 'object' ? value.entries.size > 0 : value.kind === 'list' && value.items.length > 0;
  });
};
