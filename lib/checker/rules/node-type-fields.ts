import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { entryType, isList, readItems, valueOr, type Cluster } from '../../parser/index.ts';
import { compareVersions } from '../../terraform/index.ts';
import { entryTypes, isAccessEntryType, type AccessEntryType } from '../../eks/index.ts';
import { entriesOf, placeOfField, type NamedEntry } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

/**
 * Node types take neither a username nor groups, and no policies but for EC2. An empty list of groups differs from the one EKS has
 * set, so every plan changes the entry. Of HYPERPOD_LINUX nothing is documented.
 * Sources: EKS user guide, creating-access-entries; terraform-aws-modules/eks issues 2896 and 3280.
 */
export const nodeTypeFields: CheckRule = state =>
  entriesOf(state).flatMap(entry => {
    const type = entryType(entry.written);
    if (type === undefined || type === 'HYPERPOD_LINUX' || !isAccessEntryType(type)) return [];
    return fieldsOf(entry, type);
  });

const fieldsOf = (entry: NamedEntry, type: AccessEntryType): readonly Diagnostic[] => {
  const { written, name } = entry;
  const rules = entryTypes[type];
  const say = (field: string, effect: string, at = placeOfField(written.object, field)): Diagnostic =>
    diagnose('TAE715', { entry: name, field, type, effect }, at);
  const [association] = rules.policies ? [] : readItems(written.associations);
  const { groups } = written;
  const username = rules.username ? undefined : valueOr(written.username, undefined);
  return [
    ...(!rules.groups && isList(groups)
      ? [say('kubernetes_groups', groupsEffect(valueOr(groups, [])?.length === 0))]
      : []),
    ...(username === undefined ? [] : [say('user_name', 'EKS refuses a username for it')]),
    ...(association && !association.resource ? [say('policy_associations', droppedEffect(type, entry.cluster))] : []),
    ...(association?.resource ? [say('a policy association', refusedEffect, association.range)] : []),
  ];
};

const groupsEffect = (isEmpty: boolean): string =>
  !isEmpty
    ? 'EKS refuses groups for it'
    : 'the empty list differs from what EKS has set, and the update fails with "username must not begin with system:"';

/**
 * The module leaves the policy out of these, each since a release, and reads it all the same. Source: its main.tf at v20.0.0 to
 * v20.37.2 and v21.0.0 to v21.19.0.
 */
const dropped: Partial<Record<AccessEntryType, string>> = {
  EC2_LINUX: '20.0.0',
  EC2_WINDOWS: '20.0.0',
  FARGATE_LINUX: '20.0.0',
  HYBRID_LINUX: '20.31.0',
};

const droppedEffect = (type: AccessEntryType, { version }: Cluster): string => {
  const since = dropped[type];
  if (since === undefined || version.kind === 'unknown') return refusedEffect;
  return compareVersions(version.version, since) < 0 ? refusedEffect : 'the plan fails with "Unsupported attribute"';
};

const refusedEffect = 'EKS associates policies with entries of other types only';
