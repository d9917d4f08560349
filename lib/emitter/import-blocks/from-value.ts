import { entryTypes, isAccessEntryType } from '../../eks/index.ts';
import { knownString, type Value } from '../../terraform/index.ts';
import type { Address, Declared, DeclaredAssociation } from './declared.ts';

type Read = Pick<Declared, 'principalArn' | 'type' | 'associations'>;

/** An item of `access_entries`. `addressOf` is that of an association, by the key of its policy. */
export const fromValue = (value: Value, addressOf: (policyKey: string) => Address): Read => {
  const principalArn = knownString(memberOf(value, 'principal_arn'));
  const type = typeOf(memberOf(value, 'type'));
  const policies = memberOf(value, 'policy_associations');
  // The module drops the policies of such entries. Source: terraform-aws-modules/eks, main.tf.
  const dropped = type !== undefined && isAccessEntryType(type) && !entryTypes[type].policies;
  return {
    ...(principalArn === undefined ? {} : { principalArn }),
    ...(type === undefined ? {} : { type }),
    associations:
      dropped || policies?.kind !== 'object'
        ? []
        : [...policies.entries].flatMap(([key, own]) => associationOf(addressOf(key), own)),
  };
};

/** Absent and null are the default. */
export const typeOf = (value: Value | undefined): string | undefined =>
  value === undefined || value.kind === 'null' ? 'STANDARD' : knownString(value);

const associationOf = (address: Address, value: Value): DeclaredAssociation[] => {
  const policy = policyOf(memberOf(value, 'policy_arn'));
  return policy === undefined ? [] : [{ address, policy, ...scopeOf(memberOf(value, 'access_scope')) }];
};

/** `AmazonEKSViewPolicy` of an ARN whose beginning may be an expression. */
export const policyOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'string' ? /\/(\w+)$/.exec(value.parts.at(-1) ?? '')?.[1] : undefined;

const scopeOf = (value: Value | undefined): Pick<DeclaredAssociation, 'scope' | 'namespaces'> =>
  scopeFrom(memberOf(value, 'type'), memberOf(value, 'namespaces'));

export const scopeFrom = (
  type: Value | undefined,
  namespaces: Value | undefined,
): Pick<DeclaredAssociation, 'scope' | 'namespaces'> => {
  const scope = knownString(type);
  const names = namesOf(namespaces);
  return { ...(scope === undefined ? {} : { scope }), ...(names ? { namespaces: names } : {}) };
};

const namesOf = (value: Value | undefined): readonly string[] | undefined => {
  if (value === undefined || value.kind === 'null') return [];
  if (value.kind !== 'list') return undefined;
  const names = value.items.map(knownString);
  return names.every(name => name !== undefined) ? names : undefined;
};

const memberOf = (value: Value | undefined, name: string): Value | undefined =>
  value?.kind === 'object' ? value.entries.get(name) : undefined;
