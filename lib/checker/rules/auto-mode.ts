import { diagnose, type Diagnostic, type Range } from '../../diagnostics/index.ts';
import { autoNodePolicy } from '../../eks/index.ts';
import { attribute, blocks } from '../../hcl/index.ts';
import { entryType, holdsPolicy, isMadeHere, type Cluster } from '../../parser/index.ts';
import { evaluate, type RootModule, type Value } from '../../terraform/index.ts';
import { clustersMadeHere, entriesOf, isBefore20, placeOfField, type CheckRule } from '../entries.ts';

/**
 * Nodes of Auto Mode outside of the built-in node pools have a role of their own, which needs an entry of type EC2.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html
 */
export const autoMode: CheckRule = state =>
  clustersMadeHere(state).flatMap(cluster => {
    const { address, existing } = cluster;
    const config = configOf(state.source.module, cluster);
    if (!config || isBefore20(cluster) || existing.unread.length + existing.planned.length > 0) return [];
    const isOn = config.enabled?.kind === 'bool' && config.enabled.value;
    if (!isOn || hasPools(config.pools)) return [];
    const isThere = existing.entries.some(written => ['EC2', undefined].includes(entryType(written)));
    if (isThere) return [];
    return [diagnose('TAE759', { what: `${address} has Auto Mode and none of its built-in node pools` }, config.range)];
  });

/** The entry lets an instance in; what its node may do is in this policy. Source: the same page. */
export const autoNodes: CheckRule = state =>
  entriesOf(state)
    .filter(({ written }) => entryType(written) === 'EC2' && written.presence !== 'never')
    .filter(({ written }) => holdsPolicy(written, { policy: autoNodePolicy, scope: 'cluster' }) === 'no')
    .map(({ name, written }): Diagnostic => {
      const what = `${name} has the type EC2 and not ${autoNodePolicy} for the cluster`;
      return diagnose('TAE759', { what }, placeOfField(written.object, 'type') ?? written.range);
    });

type AutoMode = { readonly enabled: Value | undefined; readonly pools: Value | undefined; readonly range: Range };

/** An argument of the module, a block of the resource. */
const configOf = (module: RootModule, cluster: Cluster): AutoMode | undefined => {
  if (!isMadeHere(cluster)) return undefined;
  const { body } = cluster.block;
  if (cluster.kind === 'module') {
    const given = attribute(body, 'cluster_compute_config') ?? attribute(body, 'compute_config');
    const value = given && evaluate(given.value, module.scope);
    if (!given || value?.kind !== 'object') return undefined;
    return { enabled: value.entries.get('enabled'), pools: value.entries.get('node_pools'), range: given.nameRange };
  }
  const [config] = blocks(body, 'compute_config');
  const [enabled, pools] = ['enabled', 'node_pools'].map(name => {
    const found = config && attribute(config.body, name);
    return found && evaluate(found.value, module.scope);
  });
  return config && { enabled, pools, range: config.headerRange };
};

const hasPools = (pools: Value | undefined): boolean =>
  pools !== undefined && pools.kind !== 'null' && !(pools.kind === 'list' && pools.items.length === 0);
