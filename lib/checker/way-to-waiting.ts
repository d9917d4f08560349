import { waitsForEntries } from '../eks/index.ts';
import { attribute } from '../hcl/index.ts';
import type { Cluster, Source } from '../parser/index.ts';
import { addressOf, referencesOf, type Reference } from '../terraform/index.ts';

/** Outputs of the karpenter submodule that read the cluster's name, through the name of the role. Source: its main.tf, version 20 and 21. */
const karpenterOutputs = ['node_iam_role_arn', 'node_iam_role_name', 'node_iam_role_unique_id'];

/**
 * The reference, at any distance, to an output of the cluster's module that waits for its entries. Only what the source shows is
 * followed: locals, resources, data sources, and the node role of Karpenter. An output of another module may or may not depend on
 * an argument.
 */
export const wayToWaiting = (source: Source, cluster: Cluster, start: readonly Reference[]): Reference | undefined => {
  const seen = new Set<string>();
  const queue = [...start];
  for (let reference = queue.shift(); reference; reference = queue.shift()) {
    const { path } = reference;
    if (path[0] === 'module' && path[1] === cluster.label) {
      if (waitsForEntries(path[2])) return reference;
      continue;
    }
    const address = path[0] === 'module' ? path.slice(0, 3).join('.') : addressOf(reference);
    if (seen.has(address)) continue;
    seen.add(address);
    queue.push(...(path[0] === 'module' ? behindModule(source, reference) : (source.graph.get(address) ?? [])));
  }
  return undefined;
};

const behindModule = ({ calls }: Source, { path: [, label, output = ''] }: Reference): readonly Reference[] => {
  const call = calls.find(own => own.label === label);
  if (call?.source.submodule !== 'modules/karpenter' || !karpenterOutputs.includes(output)) return [];
  const name = attribute(call.block.body, 'cluster_name');
  return name ? referencesOf(name.value) : [];
};
