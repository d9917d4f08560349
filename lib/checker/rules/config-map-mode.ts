import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { isCertain, type Cluster } from '../../parser/index.ts';
import { compareVersions } from '../../terraform/index.ts';
import type { State } from '../../emitter/index.ts';
import { entriesOfCluster } from '../entries.ts';
import { nodeGroupsOf } from '../node-groups.ts';
import type { CheckRule } from '../rule.ts';

/**
 * In mode CONFIG_MAP EKS refuses every call about access entries, and a cluster made in it must bootstrap its creator, which the
 * module has off. Sources: terraform-aws-modules/eks issues 3026, 3048 and 3206.
 */
export const configMapMode: CheckRule = state =>
  state.source.clusters.flatMap(cluster => {
    const { mode, address, version } = cluster;
    if (mode.kind !== 'literal' || mode.value !== 'CONFIG_MAP') return [];
    const at = mode.attribute.value.range;
    const isNew = version.kind !== 'unknown' && compareVersions(version.version, '20.0.0') >= 0;
    return [
      ...makes(state, cluster).map((what): Diagnostic => diagnose('TAE731', { call: address, what }, at)),
      ...(isNew ? [diagnose('TAE732', { call: address, version: version.version }, at)] : []),
    ];
  });

/** One of the things that make entries; nothing that may not be there. */
const makes = (state: State, cluster: Cluster): readonly string[] => {
  const [entry] = entriesOfCluster(state, cluster).filter(({ written }) => isCertain(written));
  if (entry) return [`there is ${entry.name}`];
  if (cluster.creatorAdmin === 'on') return ['enable_cluster_creator_admin_permissions makes one'];
  const group = nodeGroupsOf(state, cluster).find(({ entryBy }) => entryBy === 'module');
  return group ? [`the module makes one for ${group.words}`] : [];
};
