import { diagnose, Refusal, type Diagnostic, type Range } from '../../diagnostics/index.ts';
import { entryTypes, isAccessEntryType, parsePrincipalArn } from '../../eks/index.ts';
import {
  conditionsOf,
  creatorEntry,
  creatorKey,
  creatorPolicyKey,
  entryType,
  headerOf,
  isCalled,
  isPlannedEntries,
  known,
  lastOfEachKey,
  readItems,
  type CalledCluster,
  type Cluster,
  type ResourceInstance,
  type WrittenEntry,
} from '../../parser/index.ts';
import { knownString, referencesOf } from '../../terraform/index.ts';
import type { AccessEntry, Transformed } from '../../transformer/index.ts';
import { addressProblem } from './cluster.ts';
import {
  arnIdentity,
  regionOf,
  type Address,
  type Declared,
  type DeclaredAssociation,
  type Kind,
  type Place,
} from './declared.ts';

/** A part of the source that may declare anything. */
type Unread = { readonly what: string; readonly range: Range };

export type Found = ReturnType<typeof declarations>;

/** All that the source declares for a cluster, and what phase 2 adds to it. */
export const declarations = (
  cluster: Cluster | undefined,
  entries: readonly WrittenEntry[],
  transformed: Transformed | undefined,
  runner: string | undefined,
  place: Place,
) => {
  const call = cluster && isCalled(cluster) ? cluster : undefined;
  const argument = lastOfEachKey(entries.filter(({ form }) => form === 'argument'));
  const inCall = split(argument, place);
  const beside = split(
    entries.filter(({ form }) => form === 'resource'),
    place,
  );
  const hasCreator =
    call && call.creatorAdmin !== 'off' && !inCall.declared.some(({ address }) => address.key === creatorKey);
  const creator = hasCreator ? creatorBy(call, runner, place) : undefined;
  const { entries: added = [], planned } = transformed ?? {};
  const declared = [
    ...inCall.declared,
    ...(creator ? [creator] : []),
    ...beside.declared,
    ...added.map(entry => addedBy(entry, place)),
  ];
  const ofCall = place.inCall('entry', '').resource;
  const unread = [...inCall.unread, ...(call ? unreadIn(call, place) : [])];
  const rows = planned && !planned.isWritten ? planned.lists : [];
  const isOfCall = unread.length > 0 || declared.some(({ address }) => address.resource === ofCall);
  const problem = call && isOfCall ? addressProblem(call, place.module) : undefined;
  const regional = declared.find(({ region }) => region && region.known === undefined);
  if (problem || regional)
    throw new Refusal(...(problem ? [problem] : []), ...(regional ? [regionProblem(regional)] : []));
  return {
    declared:
      call && conditionsOf(call.repetition).length > 0 ? declared.map(one => underCount(one, ofCall)) : declared,
    unread: [
      ...unread,
      ...beside.unread,
      ...rows.map(({ argument: name, range }) => ({ what: `the rows of ${name}`, range })),
    ],
    /** The module makes an entry for whoever runs Terraform, and nobody said who that is. */
    unnamedCreator: hasCreator && !creator ? call.address : undefined,
  };
};

/** What stands in a call that has a condition is there where the condition holds. */
const underCount = (one: Declared, ofCall: string): Declared =>
  one.address.resource === ofCall ? { ...one, maybe: true } : one;

const split = (entries: readonly WrittenEntry[], place: Place) => {
  const read = entries.flatMap(entry => declaredBy(entry, place) ?? []);
  return {
    declared: read.flatMap(one => ('address' in one ? [one] : [])),
    unread: read.flatMap(one => ('address' in one ? [] : [one])),
  };
};

/** Undefined where nobody's entry is written, or where it is a part of what cannot be read. */
const declaredBy = (entry: WrittenEntry, place: Place): Declared | Unread | undefined => {
  const { form, key, keySource, presence, principal, range, resource } = entry;
  if (!principal || presence === 'never' || (presence === 'many' && form === 'argument')) return undefined;
  const address = resource ? besideAt('entry', resource, place) : key === undefined ? key : place.inCall('entry', key);
  if (!address) {
    const what = resource ? `the instances of aws_eks_access_entry.${key}` : `the entry under the key ${keySource}`;
    return { what, range };
  }
  const principalArn = knownString(principal.value);
  return {
    address,
    // What the source says, what the config decides, or the expression itself.
    identity: (principalArn === undefined ? place.decided(principal.source) : undefined) ?? entry.identity,
    principalArn,
    type: entryType(entry),
    associations: associationsOf(entry, place),
    maybe: presence === 'maybe',
    region: resource ? regionOf(resource.block.body, place.module) : place.region,
    range,
  };
};

/** Undefined for instances that only a plan knows. */
const besideAt = (kind: Kind, { block, key, presence }: ResourceInstance, place: Place): Address | undefined =>
  presence === 'many' ? undefined : place.beside(kind, block.labels[1] ?? '', key);

/** The module drops the policies of entries that can have none. Source: terraform-aws-modules/eks, main.tf. */
const associationsOf = (entry: WrittenEntry, place: Place): readonly DeclaredAssociation[] => {
  const type = entryType(entry) ?? '';
  const isDropped = isAccessEntryType(type) && !entryTypes[type].policies;
  return readItems(entry.associations).flatMap(association => {
    const { resource, key } = association;
    const inCall = isDropped ? undefined : place.inCall('policy_association', `${entry.key}_${key}`);
    const address = resource ? besideAt('policy_association', resource, place) : inCall;
    return address ? [{ ...association, address, maybe: resource?.presence === 'maybe' }] : [];
  });
};

/** Undefined where nobody said who runs Terraform. */
const creatorBy = (call: CalledCluster, runner: string | undefined, place: Place): Declared | undefined => {
  const arn = runner === undefined ? undefined : parsePrincipalArn(runner);
  if (!arn) return undefined;
  const entry = creatorEntry(arn);
  const maybe = call.creatorAdmin === 'expression';
  const address = place.inCall('policy_association', `${creatorKey}_${creatorPolicyKey}`);
  return {
    address: place.inCall('entry', creatorKey),
    identity: entry.identity,
    type: entryType(entry),
    associations: readItems(entry.associations).map(association => ({ ...association, address, maybe })),
    maybe,
    region: place.region,
    range: headerOf(call),
  };
};

/** What phase 2 adds. */
const addedBy = (entry: AccessEntry, place: Place): Declared => {
  const { key, label, form, type, policies, guardSource, principalArn, principalSource, lookup } = entry;
  const maybe = guardSource !== undefined;
  const at = (kind: Kind, suffix: string): Address =>
    form === 'argument'
      ? place.inCall(kind, `${key}${suffix}`)
      : place.beside(kind, `${label}${suffix}`, maybe ? 0 : undefined);
  return {
    address: at('entry', ''),
    identity: lookup
      ? { kind: 'sso-role', name: lookup.roleName }
      : (arnIdentity(principalArn) ?? place.decided(principalSource)),
    ...(lookup ? {} : { principalArn }),
    type,
    associations: policies.map(({ key: policy, policyName, scope, namespaces }) => ({
      address: at('policy_association', `_${policy}`),
      policy: known(policyName),
      scope: known(scope),
      namespaces: known(namespaces),
      maybe,
    })),
    maybe,
    later: true,
    region: form === 'argument' ? place.region : undefined,
  };
};

/** Parts of `access_entries` that cannot be read, and what is converted at plan time, whose keys only a plan knows. */
const unreadIn = ({ address, existing: { argument, unread } }: CalledCluster, { module }: Place): readonly Unread[] => [
  ...(argument ? referencesOf(argument.value) : [])
    .filter(({ path }) => isPlannedEntries(module, path))
    .map(({ path, range }) => ({ what: `the entries of ${path.join('.')}`, range })),
  ...unread.map(range => ({ what: `a part of access_entries of ${address}`, range })),
];

const regionProblem = ({ address, range }: Declared): Diagnostic => {
  const why = 'region is an expression, and it is part of an import id';
  return diagnose('TAE224', { call: address.resource, why, way: 'written' }, range);
};
