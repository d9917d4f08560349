import { isUnknown, textAt } from './attribute.ts';
import type { Change, Side } from './change.ts';

/** `unknown`: known after the apply. Undefined where there is no cluster, or none whose provider knows the mode. */
export type ClusterFact = {
  readonly change: Change;
  readonly name: string | undefined;
  readonly before: string | undefined;
  readonly after: string | undefined;
};

/** How a message calls a cluster. */
export const nameOrAddress = ({ name, change }: ClusterFact): string => name ?? change.address;

export const isTwin = (clusters: readonly ClusterFact[], { change, name }: ClusterFact): boolean =>
  name !== undefined && clusters.some(other => other.change !== change && other.name === name);

export type BesideOf = (cluster: string | undefined, module: string) => string | undefined;

/** Clusters of one name are told apart by their modules. */
export const twinBeside = (clusters: readonly ClusterFact[]): BesideOf => {
  const twins = clusters.filter(cluster => isTwin(clusters, cluster));
  return (name, module) => {
    const [found, ...others] = twins.filter(twin => twin.name === name && twin.change.module === module);
    return others.length === 0 ? found?.change.address : undefined;
  };
};

export const clusterFactOf = (change: Change): ClusterFact => ({
  change,
  name: textAt(change.after, 'name') ?? textAt(change.before, 'name'),
  before: modeOf(change.before),
  after: modeOf(change.after),
});

const modePath = ['access_config', 0, 'authentication_mode'] as const;

const modeOf = (side: Side): string | undefined =>
  isUnknown(side, ...modePath) ? 'unknown' : textAt(side, ...modePath);
