import { evaluate, knownString, type RootModule, type Value } from '../../terraform/index.ts';
import { fieldAt, type WrittenObject } from '../expressions/field.ts';
import { identityOf } from '../expressions/identity.ts';
import type { WrittenAssociation, WrittenEntry } from './entry.ts';
import { absent, known, unreadable, type Readable } from './readable.ts';

/** An entry that is written as an object or as a resource: both give its fields the same names. */
export const writtenEntry = (
  module: RootModule,
  place: Pick<WrittenEntry, 'form' | 'key' | 'keySource' | 'presence' | 'conditions' | 'range' | 'object' | 'resource'>,
  keyed: WrittenEntry['keyed'],
): WrittenEntry => {
  const { object, presence } = place;
  const field = object.fields.get('principal_arn');
  const principal = field && fieldAt(module, field.piece);
  return {
    ...place,
    ...(principal ? { principal } : {}),
    ...(principal && presence !== 'many' ? { identity: identityOf(principal, module) } : {}),
    type: textField(module, object, 'type'),
    username: usernameField(module, object),
    groups: listField(module, object, 'kubernetes_groups'),
    associations: keyed,
    keyed,
  };
};

/** The same of an association. Without a scope that is an object nothing of the scope is known. */
export const writtenAssociation = (
  module: RootModule,
  place: Pick<WrittenAssociation, 'key' | 'range' | 'object' | 'resource'>,
  scope: WrittenObject | undefined,
): WrittenAssociation => ({
  ...place,
  policy: policyField(module, place.object),
  scope: scope ? textField(module, scope, 'type') : unreadable,
  namespaces: scope ? listField(module, scope, 'namespaces') : unreadable,
  ...(scope ? { scopeObject: scope } : {}),
});

/** `AmazonEKSViewPolicy` of an ARN whose beginning may be an expression. */
const policyField = (module: RootModule, object: WrittenObject): Readable<string> =>
  readField(module, object, 'policy_arn', value => {
    const tail = value.kind === 'string' ? value.parts.at(-1) : undefined;
    const name = policyName(tail ?? '');
    return name === undefined ? unreadable : known(name);
  });

/** The last part of the ARN of an access policy. */
export const policyName = (arn: string): string | undefined => /\/(\w+)$/.exec(arn)?.[1];

const textField = (module: RootModule, object: WrittenObject, name: string): Readable<string> =>
  readField(module, object, name, value => {
    const text = knownString(value);
    return text === undefined ? unreadable : known(text);
  });

/**
 * An empty user_name is none: the argument is optional and computed, so that the provider does not send it.
 * Sources: terraform-provider-aws, internal/service/eks/access_entry.go (GetOk); terraform-plugin-sdk, helper/schema (finalizeDiff).
 */
const usernameField = (module: RootModule, object: WrittenObject): Readable<string> => {
  const given = textField(module, object, 'user_name');
  return given.kind === 'known' && given.value === '' ? absent : given;
};

const listField = (module: RootModule, object: WrittenObject, name: string): Readable<readonly string[]> =>
  readField(module, object, name, value => {
    if (value.kind !== 'list') return unreadable;
    const items = value.items.map(knownString);
    if (items.every(item => item !== undefined)) return known(items);
    return { kind: 'unreadable', part: items.filter(item => item !== undefined) };
  });

/** Null is not there; and what an object lacks may be under a key that cannot be read. */
const readField = <Read>(
  module: RootModule,
  { fields, whole }: WrittenObject,
  name: string,
  read: (value: Value) => Readable<Read>,
): Readable<Read> => {
  const field = fields.get(name);
  if (!field) return whole ? absent : unreadable;
  const value = evaluate(field.piece.expression, module.scope);
  return value.kind === 'null' ? absent : read(value);
};
