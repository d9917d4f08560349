import { walk, type Expression } from '../../hcl/index.ts';
import { blocksOf, evaluate, knownString, referencesOf, type RootModule } from '../../terraform/index.ts';
import { sameInstances, repetitionOf } from '../clusters/repetition.ts';
import { fieldAt } from '../expressions/field.ts';
import { identityOf, sameIdentity, type Identity } from '../expressions/identity.ts';
import { meaningOf, type Field } from '../aws-auth/row.ts';
import { associationFields } from './entry-fields.ts';
import type { WrittenAssociation, WrittenEntry } from './entry.ts';
import { readItems } from './readable.ts';
import { instancesOf, type ReadInstance } from './resource-instances.ts';

/** Whether a `cluster_name` is that of the cluster in question. */
export type IsOfCluster = (clusterName: Field) => Answer;
type Answer = 'yes' | 'no' | 'maybe';

type Placed = { readonly association: WrittenAssociation; readonly instance: ReadInstance; readonly principal: Field };

/**
 * Gives each entry the `aws_eks_access_policy_association` resources that are of it: of the same cluster, with a principal that
 * refers to the entry, or is the same expression or the same ARN. One that may be of an entry, and is of no other for certain,
 * leaves the entry's associations unreadable: what it grants is not known, and that is not the same as nothing.
 * Source: terraform-provider-aws, website/docs/r/eks_access_policy_association.html.markdown.
 */
export const withAssociations = (
  module: RootModule,
  entries: readonly WrittenEntry[],
  isOfCluster: IsOfCluster,
): readonly WrittenEntry[] => {
  const placed = blocksOf(module, 'resource', 'aws_eks_access_policy_association')
    .flatMap(block => instancesOf(module, block))
    .flatMap(instance => placedAssociation(module, instance));
  if (placed.length === 0) return entries;
  const found = placed.map(one => {
    const answers = entries.map(entry => belongs(module, entry, one, isOfCluster));
    return { ...one, answers, isSettled: answers.includes('yes') };
  });
  return entries.map((entry, index) => {
    const own = found.filter(({ answers }) => answers[index] === 'yes').map(({ association }) => association);
    const isUnclear = found.some(({ answers, isSettled }) => answers[index] === 'maybe' && !isSettled);
    const all = [...readItems(entry.associations), ...own];
    if (isUnclear || entry.associations.kind === 'unreadable') {
      return { ...entry, associations: { kind: 'unreadable', part: all } };
    }
    return own.length === 0 ? entry : { ...entry, associations: { kind: 'known', value: all } };
  });
};

/** One without a principal is refused by Terraform. */
const placedAssociation = (module: RootModule, instance: ReadInstance): readonly Placed[] => {
  const { block, object, inner, presence, key } = instance;
  const principal = object.fields.get('principal_arn');
  const scope = inner('access_scope');
  if (!principal || presence === 'never') return [];
  const association: WrittenAssociation = {
    ...associationFields(module, object, scope),
    key: block.labels[1] ?? '',
    range: block.headerRange,
    object,
    ...(scope ? { scopeObject: scope } : {}),
    resource: { block, presence, ...(key === undefined ? {} : { key }) },
  };
  return [{ association, instance, principal: fieldAt(module, principal.piece) }];
};

const belongs = (module: RootModule, entry: WrittenEntry, one: Placed, isOfCluster: IsOfCluster): Answer => {
  const principal = samePrincipal(module, entry, one);
  if (principal === 'no') return 'no';
  const cluster = sameCluster(module, entry, one, isOfCluster);
  return cluster === 'yes' ? principal : cluster;
};

const sameCluster = (
  module: RootModule,
  entry: WrittenEntry,
  { instance }: Placed,
  isOfCluster: IsOfCluster,
): Answer => {
  const name = instance.object.fields.get('cluster_name');
  if (!name) return 'maybe';
  const field = fieldAt(module, name.piece);
  return reference(field)?.label === entry.key && entry.form === 'resource' ? 'yes' : isOfCluster(field);
};

const samePrincipal = (module: RootModule, entry: WrittenEntry, { principal, instance }: Placed): Answer => {
  const named = reference(principal);
  if (named) return refersTo(module, entry, named);
  if (!entry.principal) return 'maybe';
  const [own, other] = [entry.principal, principal].map(field => identitiesOf(module, field)) as [Both, Both];
  if (own.some(a => other.some(b => isSame(a, b)))) return isSameInstance(entry, own, instance) ? 'yes' : 'maybe';
  return own.some(isArn) && other.some(isArn) ? 'no' : 'maybe';
};

type Both = readonly Identity[];

/** As it is written, and what a local stands for. */
const identitiesOf = (module: RootModule, field: Field): Both => [
  identityOf(field, module),
  identityOf({ ...field, ...meaningOf(field) }, module),
];

const isArn = ({ kind }: Identity): boolean => kind === 'arn';

/** EKS finds the entry by the whole ARN, with its path. */
const isSame = (a: Identity, b: Identity): boolean =>
  sameIdentity(a, b) && (a.kind !== 'arn' || b.kind !== 'arn' || a.arn.path === b.arn.path);

/** `each.value` is the same in both where both go through the same. */
const isSameInstance = ({ resource }: WrittenEntry, own: Both, { block, presence }: ReadInstance): boolean => {
  if (presence !== 'many') return true;
  if (!own.some(identity => identity.kind === 'source' && /\b(each|count)\./.test(identity.text))) return true;
  return resource !== undefined && sameInstances(repetitionOf(resource), repetitionOf({ block }));
};

type Named = { readonly form: WrittenEntry['form']; readonly label: string; readonly key?: Expression };

/** The entry that an expression reads: `aws_eks_access_entry.x.principal_arn`, that of an instance, or an output of the module. */
const reference = ({ expression, meaning }: Field): Named | undefined => {
  let found: Named | undefined;
  walk(meaning?.expression ?? expression, node => {
    const of = node.kind === 'index' ? node.of : node;
    if (found || of.kind !== 'get') return;
    const key = node.kind === 'index' ? { key: node.key } : {};
    if (of.of.kind === 'variable' && of.of.name === 'aws_eks_access_entry') {
      found = { form: 'resource', label: of.name, ...key };
    }
    if (of.name === 'access_entries' && node.kind === 'index' && referencesOf(of)[0]?.path[0] === 'module') {
      found = { form: 'argument', label: '', ...key };
    }
  });
  return found;
};

const refersTo = (module: RootModule, entry: WrittenEntry, { form, label, key }: Named): Answer => {
  if (entry.form !== form || (form === 'resource' && entry.key !== label)) return 'no';
  const own = form === 'resource' ? entry.resource?.key : entry.key;
  if (own === undefined || key === undefined) return 'yes';
  const value = evaluate(key, module.scope);
  const named = value.kind === 'number' ? value.text : knownString(value);
  return named === undefined ? 'maybe' : named === String(own) ? 'yes' : 'no';
};
