import type { LiveEntry } from '../../../lib/parser/index.ts';
import type { World } from '../oracle/world.ts';

/**
 * The same clusters before access entries: in the mode CONFIG_MAP, with nothing in the list, made by a release whose
 * clusters gave their creator a right. The state of Terraform sees it at the next refresh.
 */
export function inConfigMapMode(world: World): World {
  const clusters = Object.entries(world.clusters ?? {}).map(([name, cluster]) => [
    name,
    { ...cluster, mode: 'CONFIG_MAP', bootstrap: true, entries: {} },
  ]);
  return { ...world, clusters: Object.fromEntries(clusters) };
}

const creator = 'arn:aws:iam::111122223333:role/creator';

/**
 * What sources disagree about when a cluster leaves CONFIG_MAP: which entries EKS makes by itself. Each as what happens to
 * a cluster between the source and phase 1.
 * https://github.com/aws/containers-roadmap/issues/185 and 2327, terraform-aws-eks issue 2912, eksctl's documentation
 */
const without = (option: string) => (world: World) => switchable(world, { nodeEntriesAtSwitch: option });

export const disputedWorlds = {
  'EKS makes the node entries': without('all'),
  'EKS makes none': without('none'),
  'EKS misses the Fargate profile': without('miss-fargate'),
  'EKS types Windows as EC2_LINUX': without('windows-as-linux'),
  'the runner created the cluster and has an entry': (world: World) => switchable(world, {}, world.runner),
} as const;

export type DisputedWorld = keyof typeof disputedWorlds;

function switchable(world: World, options: object, by = creator): World {
  const aged = inConfigMapMode(world);
  const clusters = Object.entries(aged.clusters ?? {}).map(([name, cluster]) => [name, { ...cluster, creator: by }]);
  return {
    ...aged,
    principals: [...new Set([...(aged.principals ?? []), by])],
    options: { ...aged.options, creatorEntry: true, ...options },
    clusters: Object.fromEntries(clusters),
  };
}

/** What the AWS CLI would print about the entries of a cluster, read. */
export function liveEntries(world: World, cluster: string): LiveEntry[] {
  return Object.entries(world.clusters?.[cluster]?.entries ?? {}).map(([principalArn, entry]) => ({
    principalArn,
    type: entry.type ?? 'STANDARD',
    groups: entry.groups ?? [],
    policies: (entry.policies ?? []).map(({ arn, scopeType, namespaces }) => ({
      policyArn: arn,
      scope: scopeType === 'namespace' ? 'namespace' : 'cluster',
      namespaces: namespaces ?? [],
    })),
  }));
}
