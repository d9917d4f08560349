import { keyOfPrincipal, type PrincipalArn } from '../../eks/index.ts';
import { walk, type Expression } from '../../hcl/index.ts';
import { plainBlocksOf, evaluate, referencesOf, type RootModule, knownText } from '../../terraform/index.ts';
import { sameInstances, repetitionOf } from '../clusters/repetition.ts';
import { groupBy } from '../../terraform/group-by.ts';
import { fieldAt } from '../expressions/field.ts';
import { identityOf, sameIdentity, type Identity } from '../expressions/identity.ts';
import { meaningOf, type Field } from '../aws-auth/row.ts';
import { writtenAssociation } from './entry-fields.ts';
import type { WrittenAssociation, WrittenEntry } from './entry.ts';
import { readItems } from './readable.ts';
import { instancesOf, type ReadInstance } from './resource-instances.ts';

/** Whether a `cluster_name` is that of the cluster in question. */
export type IsOfCluster = (clusterName: Field) => Answer;
type Answer = 'yes' | 'no' | 'maybe';

/** An association, and all that is asked of it for each entry, read once: a module may have thousands of both. */
type Placed = {
  readonly association: WrittenAssociation;
  readonly instance: ReadInstance;
  readonly named: Named | undefined;
  readonly identities: Both;
  readonly cluster: { readonly named: Named | undefined; readonly answer: Answer };
};
type Asked = {
  readonly entry: WrittenEntry;
  readonly identities: Both | undefined;
  /** Those that are of it for certain. */
  readonly found: WrittenAssociation[];
};

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
  const placed = plainBlocksOf(module, 'resource', 'aws_eks_access_policy_association')
    .flatMap(block => instancesOf(module, block))
    .flatMap(instance => placedAssociation(module, instance, isOfCluster));
  if (placed.length === 0) return entries;
  const asked = entries.map((entry): Asked => {
    return { entry, identities: entry.principal && identitiesOf(module, entry.principal), found: [] };
  });
  const candidatesOf = candidatesIn(asked);
  const unclear = new Set<Asked>();
  for (const one of placed) {
    const answers = candidatesOf(one).map(each => [each, belongs(module, each, one)] as const);
    const certain = answers.filter(([, answer]) => answer === 'yes');
    for (const [each] of certain) each.found.push(one.association);
    if (certain.length === 0) for (const [each, answer] of answers) if (answer === 'maybe') unclear.add(each);
  }
  return asked.map((each): WrittenEntry => {
    const { entry, found } = each;
    const all = [...readItems(entry.associations), ...found];
    if (unclear.has(each) || entry.associations.kind === 'unreadable') {
      return { ...entry, associations: { kind: 'unreadable', part: all } };
    }
    return found.length === 0 ? entry : { ...entry, associations: { kind: 'known', value: all } };
  });
};

/** The entries that an association may be of. Where both have nothing but ARNs, the others have another one. */
const candidatesIn = (asked: readonly Asked[]): ((one: Placed) => readonly Asked[]) => {
  const keyed = asked.flatMap(each => arnKeys(each.identities)?.map(key => ({ key, each })) ?? []);
  const byArn = groupBy(keyed, ({ key }) => key);
  const open = asked.filter(({ identities }) => arnKeys(identities) === undefined);
  return ({ named, identities }) => {
    const keys = named ? undefined : arnKeys(identities);
    return keys ? [...open, ...new Set(keys.flatMap(key => byArn.get(key)?.map(({ each }) => each) ?? []))] : asked;
  };
};

/** Undefined where one of them is no ARN. */
const arnKeys = (identities: Both | undefined): readonly string[] | undefined => {
  const keys = identities?.map(identity => (identity.kind === 'arn' ? wholeKey(identity.arn) : undefined));
  return keys?.every(key => key !== undefined) ? [...new Set(keys)] : undefined;
};

/** EKS finds the entry by the whole ARN, with its path. */
const wholeKey = (arn: PrincipalArn): string => `${keyOfPrincipal(arn)} ${arn.path}`;

/** One without a principal is refused by Terraform. */
const placedAssociation = (module: RootModule, instance: ReadInstance, isOfCluster: IsOfCluster): readonly Placed[] => {
  const { block, object, inner, presence } = instance;
  const principal = object.fields.get('principal_arn');
  if (!principal || presence === 'never') return [];
  const place = { key: block.labels[1] ?? '', range: block.headerRange, object, resource: instance };
  const association = writtenAssociation(module, place, inner('access_scope'));
  const field = fieldAt(module, principal.piece);
  const name = object.fields.get('cluster_name');
  const cluster = name && fieldAt(module, name.piece);
  return [
    {
      association,
      instance,
      named: reference(field),
      identities: identitiesOf(module, field),
      cluster: { named: cluster && reference(cluster), answer: cluster ? isOfCluster(cluster) : 'maybe' },
    },
  ];
};

const belongs = (module: RootModule, asked: Asked, one: Placed): Answer => {
  const principal = samePrincipal(module, asked, one);
  if (principal === 'no') return 'no';
  const { named, answer } = one.cluster;
  const { form, key } = asked.entry;
  const cluster = named && form === 'resource' && named.label === key ? 'yes' : answer;
  return cluster === 'yes' ? principal : cluster;
};

const samePrincipal = (module: RootModule, { entry, identities }: Asked, one: Placed): Answer => {
  if (one.named) return refersTo(module, entry, one.named);
  if (!identities) return 'maybe';
  const isEqual = identities.some(a => one.identities.some(b => isSame(a, b)));
  if (isEqual) return isSameInstance(entry, identities, one.instance) ? 'yes' : 'maybe';
  return identities.some(isArn) && one.identities.some(isArn) ? 'no' : 'maybe';
};

type Both = readonly Identity[];

/** As it is written, and what a local stands for. */
const identitiesOf = (module: RootModule, field: Field): Both => [
  identityOf(field, module),
  ...(field.meaning ? [identityOf({ ...field, ...meaningOf(field) }, module)] : []),
];

const isArn = ({ kind }: Identity): boolean => kind === 'arn';

const isSame = (a: Identity, b: Identity): boolean =>
  a.kind === 'arn' && b.kind === 'arn' ? wholeKey(a.arn) === wholeKey(b.arn) : sameIdentity(a, b);

/** `each.value` is the same in both where both go through the same. */
const isSameInstance = ({ resource }: WrittenEntry, principal: Both, { block, presence }: ReadInstance): boolean => {
  if (presence !== 'many') return true;
  if (!principal.some(identity => identity.kind === 'source' && /\b(each|count)\./.test(identity.text))) return true;
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
  const instance = form === 'resource' ? entry.resource?.key : entry.key;
  if (instance === undefined || key === undefined) return 'yes';
  const named = knownText(evaluate(key, module.scope));
  return named === undefined ? 'maybe' : named === String(instance) ? 'yes' : 'no';
};
