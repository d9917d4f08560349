import { parsePrincipalArn } from '../../eks/index.ts';
import {
  creatorEntry,
  creatorKey,
  creatorPolicyKey,
  headerOf,
  readItems,
  type CalledCluster,
} from '../../parser/index.ts';
import type { Declared } from './declared.ts';
import type { Place } from './place.ts';

/**
 * What the creator flag declares. An entry of that key in `access_entries` takes its place. `unnamed`: the flag may be set, and nobody
 * said who runs Terraform.
 */
export const declaredCreator = (
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
  const maybe = creatorAdmin === 'expression' ? { maybe: true } : {};
  const own = creatorEntry(arn);
  const range = headerOf(cluster);
  return {
    entry: {
      address,
      entry: own,
      associations: readItems(own.associations).map(association => ({
        address: place.associationAt(`${creatorKey}_${creatorPolicyKey}`),
        association,
        ...maybe,
      })),
      ...maybe,
      ...(place.region ? { region: place.region } : {}),
      ...(range ? { range } : {}),
    },
  };
};
