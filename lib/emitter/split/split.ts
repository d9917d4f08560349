import { isInlineRelease, staysPut, type Cluster, type Mapping } from '../../parser/index.ts';
import type { State } from '../phase.ts';

/** An eks call before version 20 and the aws-auth rows in it, which are to go into a call of their own. */
export type Split = { readonly cluster: Cluster; readonly mapping: Mapping };

export const splits = ({ source }: State): readonly Split[] =>
  source.pairs.filter(
    ({ cluster, mapping }) => mapping.call === cluster.call && isInlineRelease(cluster) && !staysPut(cluster),
  );
