import { diagnose, type Diagnostic, type Range } from '../../diagnostics/index.ts';
import {
  entryTypes,
  impliedGroup,
  isAccessEntryType,
  isFilledIn,
  isNodeGroup,
  looksLikeMasters,
  nodeGroups,
  reservedPrefix,
  templatesIn,
  undocumentedTemplates,
  usernameRefusal,
  type AccessEntryType,
} from '../../eks/index.ts';
import {
  entryType,
  isList,
  placeOf,
  readItems,
  resolve,
  valueOr,
  type Cluster,
  type Piece,
} from '../../parser/index.ts';
import { compareVersions, evaluate, knownHead, knownString, type RootModule } from '../../terraform/index.ts';
import { principalOf, sayHidden } from '../../transformer/index.ts';
import { entriesOf, placeOfField, type CheckRule, type NamedEntry } from '../entries.ts';

/** Types are told apart by case. Source: EKS API reference, CreateAccessEntry; aws-cdk issue 31147. */
export const entryTypeNames: CheckRule = state =>
  entriesOf(state).flatMap(entry => {
    const type = entryType(entry.written);
    if (type === undefined || isAccessEntryType(type)) return [];
    const upper = type.trim().toUpperCase().replaceAll('-', '_');
    const meant = isAccessEntryType(upper)
      ? `Write "${upper}": types are in capitals.`
      : `EKS knows ${Object.keys(entryTypes).join(', ')}.`;
    return [diagnose('TAE714', { entry: entry.name, type, meant }, placeOfField(entry.written.object, 'type'))];
  });

/** Reserved prefixes, and a session's name without a colon before it. Source: EKS user guide, set-custom-username. */
export const usernames: CheckRule = state =>
  entriesOf(state).flatMap(entry => {
    const { written, name } = entry;
    const type = entryType(entry.written);
    const username = valueOr(written.username, undefined);
    if (username === undefined || (type !== undefined && type !== 'STANDARD')) return [];
    const place = placeOfField(written.object, 'user_name');
    const problem = usernameRefusal(username);
    return [
      ...sayHidden(name, 'username', username, place),
      ...(problem === undefined ? [] : [diagnose('TAE707', { entry: name, username, problem }, place)]),
    ];
  });

/**
 * Only these two are documented, and for usernames alone. In aws-auth more are filled in.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/set-custom-username.html
 */
export const templates: CheckRule = state =>
  entriesOf(state).flatMap(({ written, name, module }) => {
    const username = valueOr(written.username, undefined) ?? '';
    const isUser = written.principal && principalOf(written.principal, module).kind === 'user';
    const groups = written.object.fields.get('kubernetes_groups');
    return [
      // A user has no session: aws-auth leaves the name of one empty.
      ...(isUser ? templatesIn(username) : undocumentedTemplates(username)).map(template =>
        diagnose(
          'TAE760',
          {
            entry: name,
            what: `the username "${username}"${isUser ? ' of an IAM user' : ''}`,
            does: whatAwsAuthDoes(template),
            template,
          },
          placeOfField(written.object, 'user_name'),
        ),
      ),
      ...(groups ? itemsOf(module, groups.piece) : []).flatMap(({ text, range }) =>
        templatesIn(text).map(template =>
          diagnose(
            'TAE760',
            {
              entry: name,
              what: `the group "${text}"`,
              does: isFilledIn(template) ? 'fills in' : 'does not know',
              template,
            },
            range,
          ),
        ),
      ),
    ];
  });

/** In the username of an entry. What no user has a session for is documented for roles. */
const whatAwsAuthDoes = (template: string): string => {
  if (undocumentedTemplates(template).length === 0) return 'leaves empty';
  return isFilledIn(template) ? 'fills in' : 'does not know';
};

/**
 * EKS refuses these groups, whatever they are bound to. Entries of node types take no groups at all, which is another rule's.
 * Sources: terraform-aws-modules/eks issue 2915; awsdocs/amazon-eks-user-guide issue 985.
 */
export const reservedGroups: CheckRule = state =>
  entriesOf(state).flatMap(entry => {
    const field = entry.written.object.fields.get('kubernetes_groups');
    const type = entryType(entry.written);
    if (!field || (type !== undefined && type !== 'STANDARD')) return [];
    return itemsOf(entry.module, field.piece).flatMap(({ text, range }) => {
      const prefix = reservedPrefix(text);
      const said = sayHidden(entry.name, 'group', text, range);
      if (prefix === undefined) return said;
      return [...said, diagnose('TAE706', { entry: entry.name, group: text, prefix, instead: instead(text) }, range)];
    });
  });

/** The items of a list, each as far as it is known and where it stands. */
const itemsOf = (module: RootModule, piece: Piece): readonly { readonly text: string; readonly range: Range }[] => {
  const found = resolve(module, piece);
  if (found.expression.kind === 'tuple') {
    return found.expression.items.map(expression => {
      const value = evaluate(expression, module.scope);
      return { text: knownString(value) ?? knownHead(value), range: placeOf({ ...found, expression }) };
    });
  }
  const value = evaluate(found.expression, module.scope);
  if (value.kind !== 'list') return [];
  return value.items.map(item => ({ text: knownString(item) ?? knownHead(item), range: placeOf(piece) }));
};

const instead = (group: string): string => {
  if (looksLikeMasters(group)) return 'Take it out and associate AmazonEKSClusterAdminPolicy with the entry.';
  if (group === impliedGroup) return 'Every user that is let in has it. Take it out.';
  if (group === nodeGroups.windows) return 'The entry of a Windows node role has the type EC2_WINDOWS and no groups.';
  if (isNodeGroup(group)) return 'The entry of a node role has a node type, such as EC2_LINUX, and no groups.';
  return 'Bind what it may do to a group of your own (a ClusterRoleBinding), and name that one.';
};

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
