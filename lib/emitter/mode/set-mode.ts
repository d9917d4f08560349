import { appendToBody, blocks, setAttribute, type Edit } from '../../hcl/index.ts';
import type { CalledCluster, Cluster, ResourceCluster } from '../../parser/index.ts';

/**
 * Writes the mode: an argument of the module, or one of `access_config` of a resource. Nothing else of that block is written:
 * `bootstrap_cluster_creator_admin_permissions` is true by default, and another value replaces the cluster.
 * Source: terraform-provider-aws, internal/service/eks/cluster.go (ForceNew).
 */
export const setMode = ({ kind, block }: CalledCluster | ResourceCluster, mode: string): Edit => {
  if (kind === 'module') return setAttribute(block.in, block.body, 'authentication_mode', `"${mode}"`);
  const [own] = blocks(block.body, 'access_config');
  if (own) return setAttribute(block.in, own.body, 'authentication_mode', `"${mode}"`);
  return appendToBody(block.in, block.body, `access_config {\n  authentication_mode = "${mode}"\n}`);
};

/** What the plan shows where the mode of these clusters is written. */
export const modeUpdates = (clusters: readonly Cluster[], what: string): readonly string[] => {
  const addresses = clusters.map(({ kind, address }) => (kind === 'resource' ? address : 'aws_eks_cluster.this[0]'));
  return [
    ...[...new Set(addresses)].map(address => `${address}: ${what}`),
    ...(clusters.some(({ kind }) => kind === 'resource')
      ? [
          'no replacement of the cluster. A release of the provider that plans one, for bootstrap_cluster_creator_admin_permissions, is too old: raise it first',
        ]
      : []),
    'nothing destroyed, nothing replaced',
  ];
};
