import { diagnose } from '../../diagnostics/index.ts';
import { clusterAdminPolicy } from '../../eks/index.ts';
import type { Cluster } from '../../parser/index.ts';
import { blocksOf, bodyReferences, compareVersions, reaches, type PlacedBlock } from '../../terraform/index.ts';
import type { State } from '../../emitter/index.ts';
import type { CheckRule } from '../rule.ts';

const signingIn = ['kubernetes', 'helm', 'kubectl'];

/**
 * Since version 20 the creator of a cluster is no administrator by itself. With rows of aws-auth the cluster is there already, and
 * they say who is one. Sources: terraform-aws-modules/eks, main.tf (bootstrap_cluster_creator_admin_permissions = false); its
 * issues 2978, 3082 and 3108.
 */
export const administrators: CheckRule = state => {
  const { module, clusters, mappings, writers } = state.source;
  const named = module.files.some(({ text }) => text.includes(clusterAdminPolicy));
  if (mappings.length > 0 || writers.length > 0 || named) return [];
  return clusters.flatMap(cluster => {
    const { address, block, version, creatorAdmin, existing } = cluster;
    if (version.kind === 'unknown' || compareVersions(version.version, '20.0.0') < 0) return [];
    if (creatorAdmin !== 'off' || existing.unread.length > 0) return [];
    const provider = providerOf(state, cluster);
    if (!provider) return [];
    const args = { call: address, version: version.version, provider: provider.labels[0] ?? '' };
    return [diagnose('TAE736', args, block.headerRange)];
  });
};

/** A provider that signs in to the cluster, and is used. */
const providerOf = ({ source: { module, graph } }: State, { label }: Cluster): PlacedBlock | undefined =>
  blocksOf(module, 'provider').find(
    ({ labels: [name = ''], body }) =>
      signingIn.includes(name) &&
      module.blocks.some(
        ({ type, labels }) => type === 'resource' && (labels[0] === name || labels[0]?.startsWith(`${name}_`)),
      ) &&
      reaches(graph, bodyReferences(body), ({ path }) => path[0] === 'module' && path[1] === label),
  );
