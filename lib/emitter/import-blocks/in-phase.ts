import { parsePrincipalArn } from '../../eks/index.ts';
import { known, type Identity } from '../../parser/index.ts';
import type { AccessEntry, Transformed } from '../../transformer/index.ts';
import type { Declarations, Declared } from './declared.ts';
import type { Place } from './place.ts';

/** The entries that phase 2 adds to this source. */
export const inPhase = ({ entries, planned }: Transformed, place: Place): Declarations => ({
  declared: entries.map(entry => entryOf(entry, place)),
  unread:
    planned && !planned.isWritten
      ? planned.lists.map(({ argument, range }) => ({ what: `the rows of ${argument}`, range }))
      : [],
});

const entryOf = (entry: AccessEntry, place: Place): Declared => {
  const { key, label, form, type, policies, guardSource, principalArn, lookup } = entry;
  const maybe = guardSource === undefined ? {} : { maybe: true as const };
  const instance = guardSource === undefined ? undefined : 0;
  const identity = identityOf(principalArn, lookup?.roleName, entry.principalSource, place);
  return {
    address: form === 'argument' ? place.entryAt(key) : place.resourceAt('aws_eks_access_entry', label, instance),
    entry: { ...(identity ? { identity } : {}), type: known(type) },
    ...(principalArn === undefined || lookup ? {} : { principalArn }),
    associations: policies.map(({ key: policy, policyName, scope, namespaces }) => ({
      address:
        form === 'argument'
          ? place.associationAt(`${key}_${policy}`)
          : place.resourceAt('aws_eks_access_policy_association', `${label}_${policy}`, instance),
      association: { policy: known(policyName), scope: known(scope), namespaces: known(namespaces) },
      ...maybe,
    })),
    ...maybe,
    later: true,
    ...(place.region && form === 'argument' ? { region: place.region } : {}),
  };
};

const identityOf = (
  principalArn: string | undefined,
  roleName: string | undefined,
  source: string,
  { decided }: Place,
): Identity | undefined => {
  if (roleName !== undefined) return { kind: 'sso-role', name: roleName };
  const arn = principalArn === undefined ? undefined : parsePrincipalArn(principalArn);
  return arn ? { kind: 'arn', arn } : decided(source);
};
