import type { Entry, World } from '../oracle/world.ts';
import type { Case } from './cases.ts';
import { rightsIn, type Rights } from './laws.ts';
import { breakGlass, snapshotOf } from './seed.ts';
import { supplements } from './supplements.ts';

/** What the snapshot shows. */
export function withLiveEntries(one: Case, world: World): World {
  const several = Object.keys(world.clusters ?? {}).length > 1;
  return withEntries(world, name =>
    snapshotOf(one)
      .filter(([of]) => !several || of === name)
      .map(([, arn, entry]) => [arn, entry] as const),
  );
}

/**
 * Who runs Terraform, and who could help. From here on Kubernetes asks who calls, so that a plan is refused where the runner's
 * rights are gone. In one half of the worlds the runner is an administrator by a row of aws-auth, where there is one, and nobody is
 * an administrator beside the rows. In the others the runner and a break-glass role have entries that no revision touches
 * (design.md §6).
 */
export function withAdministrators(one: Case, world: World): World {
  const asking = { ...world, options: { ...world.options, enforceKubernetesRead: true } };
  // Who has an entry of its own in the source goes on: another runner would move that entry.
  const isNobody = [...rightsIn(world).values()].every(cluster => cluster.get(world.runner ?? '')?.via !== 'entry');
  const byRow = isNobody ? administratorByRow(rightsIn(world), world) : undefined;
  const becomesOne = Object.keys(supplements[one.name]?.changed ?? {}).includes(world.runner ?? '');
  if (byRow !== undefined && one.runner === undefined && !becomesOne && isAlone(one))
    return { ...asking, runner: byRow };
  // A runner that the migration itself makes an administrator has no right before, and cannot be asked for one.
  if (becomesOne || isBeforeEntries(world)) return withBreakGlass(world);
  return withEntries(asking, name => [
    [breakGlass, administrator(world, 'break-glass')],
    ...(isAdministrator(rightsIn(world), name, world.runner)
      ? []
      : [[world.runner ?? '', administrator(world, 'runner')] as const]),
  ]);
}

/** An administrator by an entry that no revision touches. */
export const withBreakGlass = (world: World): World =>
  withEntries(world, () => [[breakGlass, administrator(world, 'break-glass')]]);

/** A data source reads the cluster at each plan, also without a refresh: the runner is to have its rights back before. */
const readsTheCluster: readonly string[] = ['shapes/feeds-itself'];

/** Every other name. */
const isAlone = ({ name }: Case): boolean =>
  !readsTheCluster.includes(name) && new TextEncoder().encode(name).reduce((sum, byte) => sum + byte, 0) % 2 === 0;

/** Where a cluster takes no entries yet, its creator alone has a right that is no row, and the runner may be another. */
const isBeforeEntries = (world: World): boolean => {
  const rights = rightsIn(world);
  return Object.entries(world.clusters ?? {}).some(
    ([name, { mode }]) => mode === 'CONFIG_MAP' && !isAdministrator(rights, name, world.runner),
  );
};

const isAdministrator = (rights: Rights, cluster: string, arn = ''): boolean =>
  rights.get(cluster)?.get(arn)?.isClusterAdmin === true;

/** A role that is an administrator of every cluster by its row. */
function administratorByRow(rights: Rights, { principals = [] }: World): string | undefined {
  const clusters = [...rights.values()];
  return principals.find(
    arn =>
      arn.includes(':role/') &&
      clusters.every(cluster => cluster.get(arn)?.via === 'configmap' && cluster.get(arn)?.isClusterAdmin),
  );
}

function administrator({ partition = 'aws' }: World, username: string): Entry {
  const arn = `arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`;
  const policies = [{ arn, scopeType: 'cluster', namespaces: [] }];
  return { type: 'STANDARD', username, groups: [], by: 'hand', policies };
}

/** In the mode CONFIG_MAP there are none. */
function withEntries(world: World, more: (cluster: string) => Iterable<readonly [string, Entry]>): World {
  const clusters = Object.entries(world.clusters ?? {}).map(([name, cluster]) => {
    const entries =
      cluster.mode === 'CONFIG_MAP' ? cluster.entries : { ...cluster.entries, ...Object.fromEntries(more(name)) };
    return [name, { ...cluster, entries: entries ?? {} }] as const;
  });
  return { ...world, clusters: Object.fromEntries(clusters) };
}
