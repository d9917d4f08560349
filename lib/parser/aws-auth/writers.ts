import { attribute, blocks, stringValue } from '../../hcl/index.ts';
import type { Reference, RootModule } from '../../terraform/index.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { isInForce, type Mapping } from './mapping.ts';

/** A resource that writes the aws-auth ConfigMap, and what writes it, too. Its rows are not converted. */
export type SecondWriter = { readonly mapping: Mapping; readonly beside: string };

export type Paired = { readonly mapping: Mapping; readonly cluster: Cluster | undefined };

/**
 * The resources that write the ConfigMap of a cluster which something before them writes: a call, or another resource. Without a
 * cluster in the root module all write one.
 */
export const secondWriters = (paired: readonly Paired[], clusters: number): readonly SecondWriter[] =>
  paired.flatMap(({ mapping, cluster }, index) => {
    if (!mapping.resource || (cluster === undefined && clusters > 0)) return [];
    const first = paired.slice(0, index).find(other => other.cluster === cluster && !isEmpty(other.mapping));
    return first ? [{ mapping, beside: first.mapping.address }] : [];
  });

/** A call that is off and has no rows says nothing of the ConfigMap. */
export const isEmpty = (mapping: Mapping): boolean =>
  isInForce(mapping) === false && mapping.rows.length === 0 && mapping.unread.length === 0;

const configMapTypes = ['kubernetes_config_map', 'kubernetes_config_map_v1', 'kubernetes_config_map_v1_data'];

/** Whether a reference is to a data source that reads the live ConfigMap. */
export const readsAwsAuth = (module: RootModule, { path }: Reference): boolean =>
  path[0] === 'data' &&
  configMapTypes.includes(path[1] ?? '') &&
  module.blocks.some(
    block =>
      block.type === 'data' &&
      block.labels.join('.') === path.slice(1, 3).join('.') &&
      blocks(block.body, 'metadata').some(({ body }) => {
        const name = attribute(body, 'name');
        return name !== undefined && stringValue(name.value) === 'aws-auth';
      }),
  );
