import { entryTypes, isAccessEntryType, parsePrincipalArn } from '../../eks/index.ts';
import {
  entryType,
  isPlannedEntries,
  readItems,
  type Cluster,
  type Identity,
  type ResourceInstance,
  type WrittenAssociation,
  type WrittenEntry,
} from '../../parser/index.ts';
import { knownString, referencesOf, type RootModule } from '../../terraform/index.ts';
import type { Address, Declarations, Declared, DeclaredAssociation, Unread } from './declared.ts';
import { regionOf, type Place } from './place.ts';

/**
 * The entries that are written, each at its address.
 * Source for the addresses: terraform-aws-modules/eks from 20.0.1 on, main.tf.
 */
export const inSource = (entries: readonly WrittenEntry[], place: Place): Declarations => {
  const read = entries.filter(({ presence }) => presence !== 'never').flatMap(entry => declaredBy(entry, place) ?? []);
  return {
    declared: lastOfEach(read.flatMap(one => ('address' in one ? [one] : []))),
    unread: read.flatMap(one => ('address' in one ? [] : [one])),
  };
};

/** Parts of `access_entries` that cannot be read, and what is converted at plan time, whose keys only a plan knows. */
export const unreadIn = (module: RootModule, cluster: Cluster): readonly Unread[] => {
  const { argument } = cluster.existing;
  const planned = (argument ? referencesOf(argument.value) : []).filter(
    ({ path: [root, name = ''] }) => root === 'local' && isPlannedEntries(module, name),
  );
  return [
    ...planned.map(({ path, range }) => ({ what: `the entries of ${path.join('.')}`, range })),
    ...cluster.existing.unread.map(range => ({ what: `a part of access_entries of ${cluster.address}`, range })),
  ];
};

/** Undefined where nobody's entry is written, or where it is a part of what cannot be read. */
const declaredBy = (entry: WrittenEntry, place: Place): Declared | Unread | undefined => {
  const { form, key, keySource, presence, principal, range, resource } = entry;
  const address = resource ? addressOf(resource, place) : key === undefined ? undefined : place.entryAt(key);
  if (!principal || (presence === 'many' && form === 'argument')) return undefined;
  if (!address) {
    const what = resource ? `the instances of aws_eks_access_entry.${key}` : `the entry under the key ${keySource}`;
    return { what, range };
  }
  const principalArn = knownString(principal.value);
  const identity = identityOf(entry, principalArn, place);
  const region = resource ? regionOf(resource.block.body, place.module) : place.region;
  return {
    address,
    entry: { ...entry, ...(identity ? { identity } : {}) },
    ...(principalArn === undefined ? {} : { principalArn }),
    associations: [...keyedIn(entry, place), ...resourcesOf(entry, place)],
    ...(presence === 'maybe' ? { maybe: true } : {}),
    ...(region ? { region } : {}),
    range,
  };
};

/** What the source says, what the config decides, or the expression itself. */
const identityOf = (
  { identity, principal }: WrittenEntry,
  principalArn: string | undefined,
  { decided }: Place,
): Identity | undefined => {
  if (principalArn === undefined) return decided(principal?.source) ?? identity;
  const arn = parsePrincipalArn(principalArn);
  return arn && { kind: 'arn', arn };
};

/** Undefined for instances that only a plan knows. */
const addressOf = ({ block: { labels }, key, presence }: ResourceInstance, place: Place): Address | undefined =>
  presence === 'many' ? undefined : place.resourceAt(labels[0] ?? '', labels[1] ?? '', key);

/** The module drops the policies of entries that can have none. Source: terraform-aws-modules/eks, main.tf. */
const keyedIn = (entry: WrittenEntry, place: Place): readonly DeclaredAssociation[] => {
  const type = entryType(entry);
  if (type !== undefined && isAccessEntryType(type) && !entryTypes[type].policies) return [];
  return readItems(entry.keyed).flatMap(association =>
    declaredAssociation(association, place.associationAt(`${entry.key}_${association.key}`)),
  );
};

const resourcesOf = (entry: WrittenEntry, place: Place): readonly DeclaredAssociation[] =>
  readItems(entry.associations).flatMap(association =>
    association.resource ? declaredAssociation(association, addressOf(association.resource, place)) : [],
  );

/** Without its policy an association has no id. */
const declaredAssociation = (
  association: WrittenAssociation,
  address: Address | undefined,
): readonly DeclaredAssociation[] =>
  address && association.policy.kind === 'known'
    ? [{ address, association, ...(association.resource?.presence === 'maybe' ? { maybe: true } : {}) }]
    : [];

/** In `merge` the last map that has a key counts. Of entries under conditions it is not known which. */
const lastOfEach = (declared: readonly Declared[]): readonly Declared[] =>
  declared.filter(
    (own, index) =>
      own.maybe ||
      !declared
        .slice(index + 1)
        .some(
          ({ address, maybe }) =>
            !maybe && address.resource === own.address.resource && address.key === own.address.key,
        ),
  );
