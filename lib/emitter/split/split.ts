import {
  isBefore,
  isInlineRelease,
  staysPut,
  versionOf,
  type Cluster,
  type Mapping,
  type ModuleCall,
} from '../../parser/index.ts';
import type { State } from '../phase.ts';

/** An eks call before version 20 and the aws-auth rows in it, which are to go into a call of their own. */
export type Split = { readonly cluster: Cluster; readonly mapping: Mapping };

export const splits = ({ source }: Pick<State, 'source'>): readonly Split[] =>
  source.pairs.filter(
    ({ cluster, mapping }) => mapping.call === cluster.call && isInlineRelease(cluster) && !staysPut(cluster),
  );

/** The calls of submodules at version 19. Older ones stay as they are: they have a release of their own. */
export const submoduleCalls = ({ source }: State): readonly { readonly call: ModuleCall; readonly from: string }[] =>
  source.calls.flatMap(call => {
    if (call.source.submodule === undefined) return [];
    const version = versionOf(call, { installed: source.installed, stated: undefined });
    if (version.kind === 'unknown' || !isInlineRelease({ version }) || isBefore(version, '19.0.0')) return [];
    return [{ call, from: version.version }];
  });
