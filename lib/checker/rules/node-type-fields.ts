import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { entryTypes, isAccessEntryType, type AccessEntryType } from '../../eks/index.ts';
import { entriesOf, placeOfField, textOfField, typeOfEntry, valueOf, type Entry } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

/**
 * Node types take neither a username nor groups, and no policies but for EC2. An empty list of groups differs from the one EKS has
 * set, so every plan changes the entry. Of HYPERPOD_LINUX nothing is documented.
 * Sources: EKS user guide, creating-access-entries; terraform-aws-modules/eks issues 2896 and 3280.
 */
export const nodeTypeFields: CheckRule = state =>
  entriesOf(state).flatMap(entry => {
    const type = typeOfEntry(entry);
    if (type === undefined || type === 'HYPERPOD_LINUX' || !isAccessEntryType(type)) return [];
    return fieldsOf(entry, type);
  });

const fieldsOf = (entry: Entry, type: AccessEntryType): readonly Diagnostic[] => {
  const { module, written, name } = entry;
  const rules = entryTypes[type];
  const say = (field: string, effect: string, at = placeOfField(written, field)): Diagnostic =>
    diagnose('TAE715', { entry: name, field, type, effect }, at);
  const [association] = rules.policies ? [] : (written.associations ?? []);
  const groups = rules.groups ? undefined : valueOf(module, written, 'kubernetes_groups');
  const username = rules.username ? undefined : textOfField(module, written, 'user_name');
  return [
    ...(groups?.kind === 'list' ? [say('kubernetes_groups', groupsEffect(groups.items.length))] : []),
    ...(username === undefined ? [] : [say('user_name', 'EKS refuses a username for it')]),
    ...(association && written.form === 'argument' ? [say('policy_associations', policiesEffect(entry, type))] : []),
    ...(association && written.form === 'resource'
      ? [say('a policy association', policiesEffect(entry, type), association.range)]
      : []),
  ];
};

const groupsEffect = (count: number): string =>
  count > 0
    ? 'EKS refuses groups for it'
    : 'the empty list differs from what EKS has set, and the update fails with "username must not begin with system:"';

/** The module leaves the policy out of these, and reads it all the same. Source: its main.tf at every version 20 and 21. */
const dropped: readonly string[] = ['EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX'];

const policiesEffect = ({ written: { form } }: Entry, type: string): string =>
  form === 'argument' && dropped.includes(type)
    ? 'the plan fails with "Unsupported attribute"'
    : 'EKS associates policies with entries of other types only';
