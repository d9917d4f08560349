import { hasInput, hasOutput } from '../../eks/module-interface.ts';
import { attribute } from '../../hcl/index.ts';
import { nameOfInstance, type ModuleCall } from '../../parser/index.ts';
import { pinsFor } from '../upgrade/index.ts';
import type { Split } from './split.ts';

/** Arguments that stay what they were by default. `enable_auto_mode_custom_tags` would make an IAM policy. */
export const keptDefaults = (
  call: ModuleCall,
  from: string,
  release: string,
  clusters: readonly Split[],
): readonly string[] => {
  const { submodule } = call.source;
  const pins = pinsFor(call, from, release).map(({ name, value }) => `${name} = ${value}`);
  if (submodule === undefined) {
    const tags = ['enable_auto_mode_custom_tags', 'enable_node_custom_tags_permissions'].filter(
      name => hasInput(release, undefined, name) === true && !attribute(call.block.body, name),
    );
    return ['authentication_mode = "CONFIG_MAP"', ...pins, ...tags.map(name => `${name} = false`)];
  }
  return [...pins, ...serviceRange(call, release, clusters)];
};

/** Since 20.8.3 a node group with a call of its own fails the plan without it. Source: modules/eks-managed-node-group/main.tf. */
const serviceRange = (
  { block, source: { submodule } }: ModuleCall,
  release: string,
  clusters: readonly Split[],
): readonly string[] => {
  const [only, other] = clusters;
  const isGroup = submodule?.endsWith('-node-group') ?? false;
  const isGiven = ['cluster_service_cidr', 'cluster_service_ipv4_cidr'].some(name => attribute(block.body, name));
  if (!isGroup || isGiven || !only || other || hasInput(release, submodule, 'cluster_service_cidr') !== true) return [];
  if (hasOutput(release, undefined, 'cluster_service_cidr') !== true) return [];
  return [`cluster_service_cidr = ${nameOfInstance(only.cluster.call, only.cluster.repetition)}.cluster_service_cidr`];
};
