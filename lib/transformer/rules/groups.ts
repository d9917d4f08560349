import { diagnose, type Diagnostic, type Range } from '../../diagnostics/index.ts';
import {
  clusterAdminPolicy,
  impliedGroup,
  looksLikeMasters,
  mastersGroup,
  policyArn,
  policyKey,
  mainTemplate,
  reservedPrefix,
} from '../../eks/index.ts';
import { quote } from '../../hcl/index.ts';
import type { GroupDecision } from '../../config/index.ts';
import { decisionFor, eachOpen, type Context } from '../context.ts';
import { add, block, type Draft, type Name } from '../draft.ts';
import type { PolicyAssociation } from '../entry.ts';
import { isClusterAdmin } from '../masters.ts';
import { inOneLine } from '../principal.ts';

/**
 * `system:masters` becomes AmazonEKSClusterAdminPolicy for the whole cluster, in the principal's partition. Other groups stay;
 * those an entry refuses are dropped where nothing is lost, else they block the row until the config says what they become.
 * An empty name, which no binding can have, would be a difference in every plan. A null is one, as JSON is decoded.
 * Sources: EKS user guide, migrating-access-entries and creating-access-entries; terraform-aws-modules/eks issue 2915;
 * hashicorp/terraform-provider-aws, internal/flex/flex.go; https://pkg.go.dev/encoding/json#Unmarshal
 */
export const groups = eachOpen((draft, context) => {
  if (draft.type !== 'STANDARD') return draft;
  const masters = draft.groups.some(({ text }) => text === mastersGroup);
  const start = withPolicies(withoutNull({ ...draft, groups: [] }), masters, context);
  // What system:masters grants covers what stands beside it, unless the config puts other policies in its place.
  const covered = masters && start.policies.some(isClusterAdmin);
  return draft.groups.reduce((done, group) => (done.outcome ? done : place(done, group, covered, context)), start);
});

/**
 * The same of a row that does not decide its entry, since there is one: nothing is said of it. A group that no entry can have stays:
 * what it grants nothing else is known to grant.
 */
export const withGrants = (draft: Draft, context: Context): Draft => {
  const masters = draft.groups.some(({ text }) => text === mastersGroup);
  const start = withPolicies({ ...draft, groups: [] }, masters, context);
  const covered = masters && start.policies.some(isClusterAdmin);
  const { policies, groups: kept } = draft.groups.reduce((done, group) => {
    const placed = place(done, group, covered, context);
    return placed.outcome ? { ...done, groups: [...done.groups, group] } : placed;
  }, start);
  return { ...draft, policies, groups: kept };
};

const withoutNull = (draft: Draft): Draft => {
  const { value, range } = draft.row.groups ?? {};
  if (value?.kind !== 'list' || value.items.every(({ kind }) => kind !== 'null')) return draft;
  const why = 'null is an empty name to aws-auth, and the AWS provider leaves it out';
  return add(draft, diagnose('TAE404', { principal: draft.name, group: '', why }, range));
};

const withPolicies = (draft: Draft, masters: boolean, { config }: Context): Draft => {
  const decision = decisionFor(draft, config);
  if (!decision?.policies) return { ...draft, policies: masters ? [associate(draft, clusterAdminPolicy)] : [] };
  const { type, namespaces } = { namespaces: [], ...(decision.scope ?? { type: 'cluster' as const }) };
  const policies = decision.policies.map(name => associate(draft, name, type, namespaces));
  const what = `${decision.policies.join(', ')} for ${scopeWords(decision.scope)}`;
  const said = sayDecision(draft, what, masters ? mastersGroup : undefined, draft.row.origin);
  return { ...add(draft, said), policies };
};

const scopeWords = (scope: GroupDecision['scope']): string =>
  scope?.type === 'namespace' ? `the namespaces ${scope.namespaces.join(', ')}` : 'the cluster';

const sayDecision = (draft: Draft, what: string, group: string | undefined, place: Range | undefined): Diagnostic => {
  const instead = group === undefined ? '' : `, in place of ${group}`;
  return diagnose('TAE422', { principal: draft.name, what, instead }, place);
};

const place = (draft: Draft, group: Name, masters: boolean, { config }: Context): Draft => {
  const { text } = group;
  const keep = { ...draft, groups: [...draft.groups, group] };
  if (text === undefined) return keep;
  if (text === mastersGroup) return draft;
  const { groups: decisions = {} } = config;
  const decision = Object.hasOwn(decisions, text) ? decisions[text] : undefined;
  const at = draft.row.groups?.range;
  if (decision) return decide(add(draft, sayDecision(draft, becomes(decision), text, at)), decision);
  const args = { principal: draft.name, group: text };
  if (text === impliedGroup) {
    return add(draft, diagnose('TAE404', { ...args, why: 'everybody who is let in has it' }, at));
  }
  if (text === '')
    return add(draft, diagnose('TAE404', { ...args, why: 'the AWS provider leaves an empty name out' }, at));
  if (looksLikeMasters(text)) return block(draft, diagnose('TAE309', args, at), text);
  const template = mainTemplate(text);
  if (template !== undefined)
    return block(draft, diagnose('TAE315', { ...args, ...template, isKnown: true }, at), text);
  if (reservedPrefix(text) === undefined) return keep;
  if (masters)
    return add(draft, diagnose('TAE404', { ...args, why: 'system:masters beside it grants everything' }, at));
  return block(draft, diagnose('TAE314', args, at), text);
};

const becomes = ({ group, policy, scope }: GroupDecision): string => {
  if (group !== undefined) return `the group ${group}`;
  return policy === undefined ? 'nothing' : `${policy} for ${scopeWords(scope)}`;
};

const decide = (draft: Draft, decision: GroupDecision): Draft => {
  if (decision.group !== undefined) {
    const group = { source: quote(decision.group), text: decision.group, head: decision.group };
    return { ...draft, groups: [...draft.groups, group] };
  }
  if (decision.policy === undefined) return draft;
  const scope = decision.scope ?? { type: 'cluster' as const };
  const namespaces = scope.type === 'namespace' ? scope.namespaces : [];
  const same = draft.policies.find(({ policyName }) => policyName === decision.policy);
  // One entry holds a policy once: for the whole cluster where any says so, else for the namespaces of all.
  const isWhole = scope.type === 'cluster' || same?.scope === 'cluster';
  const all = isWhole ? [] : [...new Set([...(same?.namespaces ?? []), ...namespaces])];
  const others = draft.policies.filter(policy => policy !== same);
  const association = associate(draft, decision.policy, isWhole ? 'cluster' : 'namespace', all);
  return { ...draft, policies: [...others, association] };
};

const associate = (
  draft: Draft,
  policyName: string,
  scope: PolicyAssociation['scope'] = 'cluster',
  namespaces: readonly string[] = [],
): PolicyAssociation => {
  const partition = partitionOf(draft);
  // The partition may be HCL that the author wrote inside a template, so only the name is quoted here.
  const arn = `"${policyArn(partition, policyName)}"`;
  const told = /^[\w-]+$/.test(partition) ? { partition } : {};
  return { key: policyKey(policyName), policyName, arn, ...told, scope, namespaces };
};

/** The author's partition where the principal is the author's; for one that Terraform finds, cut from its ARN at plan time. */
const partitionOf = ({ principal, principalArn, principalSource, lookup }: Draft): string => {
  const decided = /^"arn:([\w-]+):/.exec(principalSource)?.[1];
  if (decided !== undefined) return decided;
  if (principal && (lookup || principal.source === principalSource || principalArn !== undefined))
    return principal.partition;
  return `\${split(":", ${inOneLine(principalSource)})[1]}`;
};
