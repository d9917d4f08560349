import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { associationKeys, entryKeys, scopeKeys } from '../../eks/typed-inputs.ts';
import { isFork, readItems, type WrittenObject } from '../../parser/index.ts';
import { entriesOf, type CheckRule, type NamedEntry } from '../entries.ts';

/**
 * Version 20 takes any object and version 21 drops what its type has not, so that a key that is wrong is ignored. The keys are
 * the same at every release since 20.0.0. A fork may have others.
 * Source: terraform-aws-modules/eks, main.tf at v20.0.0 to v20.37.2, variables.tf at v21.0.0 to v21.19.0; its issues 3413 and 3587.
 */
export const wrongKeys: CheckRule = state =>
  entriesOf(state)
    .filter(({ written, cluster }) => written.form === 'argument' && !isFork(cluster))
    .flatMap(entry => [
      ...strange(entry, entry.written.object, entryKeys, ''),
      ...readItems(entry.written.keyed).flatMap(association => [
        ...strange(entry, association.object, associationKeys, `the policy association ${association.key}`),
        ...(association.scopeObject ? strange(entry, association.scopeObject, scopeKeys, 'access_scope') : []),
      ]),
    ]);

const strange = (
  { name }: NamedEntry,
  { fields }: WrittenObject,
  known: readonly string[],
  where: string,
): readonly Diagnostic[] =>
  [...fields.values()]
    .filter(field => !known.includes(field.name))
    .map(field =>
      diagnose('TAE705', { entry: name, key: field.name, where, meant: meant(field.name, known) }, field.nameRange),
    );

/** What people meant, as seen in issues and modules. */
const meanings: readonly (readonly [pattern: RegExp, key: string])[] = [
  [/^(kubernetes_?)?user_?names?$/i, 'user_name'],
  [/^(kubernetes_?)?groups?$/i, 'kubernetes_groups'],
  [/^(iam_?)?(principal|role|user)(_?arn)?$/i, 'principal_arn'],
  [/^(access_?)?polic(y|ies)(_?associations?)?$/i, 'policy_associations'],
  [/^policy_?arn$/i, 'policy_arn'],
  [/^(access_?)?scope$/i, 'access_scope'],
  [/^namespaces?$/i, 'namespaces'],
  [/^(access_?entry_?)?type$/i, 'type'],
];

const meant = (name: string, known: readonly string[]): string => {
  const key = meanings.find(([pattern]) => pattern.test(name))?.[1];
  if (key !== undefined && known.includes(key)) return `Write ${key}.`;
  if (key === 'policy_arn' || key === 'access_scope') {
    return `${key} belongs into a policy association: policy_associations = { <key> = { policy_arn, access_scope } }.`;
  }
  if (key === 'namespaces') return 'namespaces belongs into access_scope.';
  if (name === 'cluster_name') return 'The module knows its cluster. Remove it.';
  return `The keys here are ${known.join(', ')}.`;
};
