import { clusterAdminPolicy, parsePrincipalArn } from '../../eks/index.ts';
import type { CalledCluster } from '../../parser/index.ts';
import type { Declared } from './declared.ts';
import type { Place } from './place.ts';

export const creatorKey = 'cluster_creator';

/**
 * The entry that `enable_cluster_creator_admin_permissions` makes for whoever runs Terraform. One of that key in `access_entries`
 * takes its place. `unnamed`: the flag may be set, and nobody said who that is.
 * Source: terraform-aws-modules/eks, main.tf.
 */
export const creatorEntry = (
  cluster: CalledCluster,
  declared: readonly Declared[],
  runner: string | undefined,
  place: Place,
): { readonly entry?: Declared; readonly unnamed?: true } => {
  const { creatorAdmin } = cluster;
  const address = place.entryAt(creatorKey);
  const isTaken = declared.some(own => own.address.resource === address.resource && own.address.key === creatorKey);
  if (creatorAdmin === 'off' || isTaken) return {};
  const arn = runner === undefined ? undefined : parsePrincipalArn(runner);
  if (!arn) return { unnamed: true };
  const maybe = creatorAdmin === 'expression' ? { maybe: true as const } : {};
  return {
    entry: {
      address,
      identity: { kind: 'arn', arn },
      type: 'STANDARD',
      associations: [
        {
          address: place.associationAt(`${creatorKey}_admin`),
          policy: clusterAdminPolicy,
          scope: 'cluster',
          namespaces: [],
          ...maybe,
        },
      ],
      ...maybe,
      ...(place.region ? { region: place.region } : {}),
      range: cluster.block.headerRange,
    },
  };
};
