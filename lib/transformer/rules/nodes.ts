import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import {
  isNodeGroup,
  isNodeUsername,
  mastersGroup,
  nodeGroups,
  nodeUsernames,
  parsePrincipalArn,
} from '../../eks/index.ts';
import {
  isInSource,
  isRoleOfInstances,
  nodeOwnerOf,
  snapshotOf,
  titleOf,
  type Field,
  type NodeOwner,
} from '../../parser/index.ts';
import { evaluate, knownString } from '../../terraform/index.ts';
import { blockUnlessAccepted, eachOpen, runnerAccount, type Context } from '../context.ts';
import { add, block, end, type Draft } from '../draft.ts';
import type { EntryType } from '../entry.ts';

/**
 * A node row has the node username and the node groups and no others. EKS makes the entries of managed node groups and Fargate
 * profiles, the module those of self-managed groups and Karpenter; what is left becomes an entry of a node type, which takes
 * neither a username nor groups.
 * Sources: EKS user guide, creating-access-entries and migrating-access-entries; terraform-aws-modules/eks issue 2968.
 */
export const nodes = eachOpen((draft, context) => {
  const groups = draft.groups.map(({ text }) => text ?? '');
  const username = draft.username?.text ?? '';
  const byUsername = isNodeUsername(username);
  // Reserved groups beside system:masters are another rule's: such a row is an administrator's.
  if (!byUsername && (groups.includes(mastersGroup) || !groups.some(isNodeGroup))) return unlessOfGroup(draft, context);
  const at = draft.row.origin;
  const type = nodeType(username, withoutDropped(username, groups, context));
  if (type === undefined) {
    const problem = byUsername ? `with the groups ${groups.join(', ') || '(none)'}` : `with the username "${username}"`;
    return block(draft, diagnose('TAE312', { principal: draft.name, row: 'node row', problem }, at));
  }
  if (draft.principal?.kind === 'user') {
    return block(draft, diagnose('TAE321', { principal: draft.name, problem: 'the principal is a user' }, at));
  }
  const foreign = foreignAccount(draft, context);
  if (foreign !== undefined) {
    return block(
      draft,
      diagnose('TAE321', { principal: draft.name, problem: `its account is not ${foreign}, the runner's` }, at),
    );
  }
  const node: Draft = { ...unlessEither(withoutRights(draft), type, context), type };
  if (node.outcome) return node;
  const checked = type === 'EC2_WINDOWS' ? add(node, diagnose('TAE414', { principal: draft.name }, at)) : node;
  return giveToOwner(checked, context);
});

/** A row of people has an entry of its own, and the role of a group has the entry of the group alone. */
const unlessOfGroup = (draft: Draft, context: Context): Draft => {
  const owner = draft.row.principal && ownerOf(draft.row.principal, context);
  if (!owner || !('words' in owner)) return draft;
  if (owner.kind === 'unclear') return doubtful(draft, owner, 'row with rights of people', context);
  const problem = `with the role of ${owner.words} and rights of people`;
  return block(draft, diagnose('TAE312', { principal: draft.name, row: 'row', problem }, draft.row.origin));
};

type Unclear = Extract<NodeOwner, { kind: 'unclear' }>;

/** Whether it needs an entry of its own is not known, and one too many fails. */
const doubtful = (
  draft: Draft,
  owner: Unclear,
  row: 'node row' | 'row with rights of people',
  { cluster }: Context,
): Draft => {
  const args = { principal: draft.name, row, owner: owner.words };
  const said =
    owner.doubt === 'cluster'
      ? diagnose(
          'TAE346',
          { ...args, doubt: owner.doubt, maker: owner.maker, group: owner.group.words, cluster: titleOf(cluster) },
          draft.row.origin,
        )
      : diagnose('TAE346', { ...args, doubt: owner.doubt }, draft.row.origin);
  return block(draft, said);
};

/** The runner's account where the role is of another. */
const foreignAccount = ({ principal }: Draft, context: Context): string | undefined => {
  const account = runnerAccount(context);
  return account !== undefined && principal?.account !== undefined && principal.account !== account
    ? account
    : undefined;
};

/** What is more than the groups of EC2 nodes, and a person gives up in the config. */
const withoutDropped = (username: string, groups: readonly string[], { config }: Context): readonly string[] => {
  if (username !== nodeUsernames.ec2) return groups;
  return groups.filter(group => config.groups?.[group]?.drop !== true || ec2Groups.includes(group));
};

const ec2Groups: readonly string[] = [nodeGroups.bootstrappers, nodeGroups.nodes, nodeGroups.windows];

/**
 * Hybrid nodes are named by their session, and so are EC2 nodes that have the id of their instance for a name: those need an entry of
 * type EC2. A cluster with networks of hybrid nodes has such nodes.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-cluster-prep.html;
 * https://github.com/aws/amazon-vpc-resource-controller-k8s/issues/515
 */
const unlessEither = (draft: Draft, type: EntryType, context: Context): Draft => {
  if (type !== 'HYBRID_LINUX' || (hasHybridNodes(context) && !isOfInstances(draft, context))) return draft;
  const owner = draft.row.principal && ownerOf(draft.row.principal, context);
  if (owner && owner.kind !== 'none' && owner.kind !== 'declined') return draft;
  return blockUnlessAccepted(draft, context, diagnose('TAE333', { principal: draft.name }, draft.row.origin));
};

/** Hybrid nodes and such EC2 nodes may be in one cluster. */
const isOfInstances = ({ row: { principal } }: Draft, { source }: Context): boolean =>
  principal !== undefined && isRoleOfInstances(source.module, principal);

const ownerOf = (principal: Field, { source, cluster }: Context): NodeOwner =>
  nodeOwnerOf(source.module, cluster, principal, source.installed);

/**
 * Whether the networks of hybrid nodes are written out: null and an empty object are none, and of what only a plan knows it is not known.
 * Source: terraform-aws-modules/eks, variables.tf; terraform-provider-aws, website/docs/r/eks_cluster.html.markdown.
 */
const hasHybridNodes = ({ cluster, source }: Context): boolean =>
  isInSource(cluster) &&
  cluster.block.body.items.some(item => {
    if (item.kind === 'block') return item.type === 'remote_network_config';
    if (!['cluster_remote_network_config', 'remote_network_config'].includes(item.name)) return false;
    const value = evaluate(item.value, source.module.scope);
    return item.value.kind === 'object'
      ? item.value.items.length > 0
      : value.kind === 'object' && value.entries.size > 0;
  });

const withoutRights = ({ username: _username, groupsExpression: _expression, ...draft }: Draft): Draft => ({
  ...draft,
  groups: [],
});

/** The type a set of node groups stands for; undefined where the row has other rights. */
export const nodeType = (username: string, groups: readonly string[]): EntryType | undefined => {
  const has = (...wanted: readonly string[]): boolean =>
    groups.length === wanted.length && wanted.every(group => groups.includes(group));
  const base = [nodeGroups.bootstrappers, nodeGroups.nodes];
  if (username === nodeUsernames.ec2) {
    if (has(...base)) return 'EC2_LINUX';
    return has(...base, nodeGroups.windows) ? 'EC2_WINDOWS' : undefined;
  }
  if (username !== nodeUsernames.session) return undefined;
  if (has(...base, nodeGroups.fargate)) return 'FARGATE_LINUX';
  return has(...base) ? 'HYBRID_LINUX' : undefined;
};

/** Without the runner, the account that all rows have is taken for that of the cluster: those of the source and of the live ConfigMap. */
const mayBeForeign = ({ principal }: Draft, context: Context): boolean => {
  if (runnerAccount(context) !== undefined || principal?.account === undefined) return false;
  const { mapping, live, source } = context;
  const rows = [...(mapping?.rows ?? []), ...((live && source.live?.rows) ?? [])];
  const accounts = rows.map(({ principal: field }) => parsePrincipalArn(field && knownString(field.value))?.account);
  return new Set(accounts.filter(account => account !== undefined)).size > 1;
};

/** Whether a snapshot could be looked through for its entry: the row tells the ARN, or the config does. */
const hasArn = ({ principal }: Draft, { source }: Field, { config }: Context): boolean =>
  (principal?.arn ?? parsePrincipalArn(config.principals?.[source]?.arn)) !== undefined;

const withoutProof = ({ name, type, row }: Draft, context: Context): Diagnostic =>
  diagnose('TAE407', { principal: name, type, isGiven: snapshotOf(context) !== undefined }, row.origin);

const giveToOwner = (draft: Draft, context: Context): Draft => {
  const { cluster, emit, byModule } = context;
  const field = draft.row.principal;
  if (!field) return draft;
  const owner = ownerOf(field, context);
  const at = draft.row.origin;
  if (draft.row.many && owner.kind !== 'eks') {
    const call = context.mapping?.address ?? cluster.address;
    const args = { call, argument: draft.name, nodes: 'groups of another cluster' };
    return block(draft, diagnose('TAE330', args, at));
  }
  switch (owner.kind) {
    case 'declined':
    case 'none':
      if (draft.type === 'FARGATE_LINUX' && byModule !== true) {
        const said = diagnose('TAE443', { principal: draft.name }, at);
        return end(draft, 'left-to-eks', 'EKS makes the entry of a Fargate profile', said);
      }
      if (owner.kind === 'declined') return draft;
      if (mayBeForeign(draft, context)) {
        const problem = 'the rows are of several accounts, so its account may not be that of the cluster';
        return block(draft, diagnose('TAE321', { principal: draft.name, problem }, at));
      }
      // The snapshot would have shown its entry, a script asks the cluster before it makes one, and the module makes none.
      if (byModule || emit === 'aws-cli' || (snapshotOf(context) && hasArn(draft, field, context))) return draft;
      return add(draft, withoutProof(draft, context));
    case 'unclear':
      return doubtful(draft, owner, 'node row', context);
    default: {
      const [maker, subject] = owner.kind === 'eks' ? ['EKS', 'EKS'] : ['the module', 'The module'];
      const said = diagnose('TAE406', { principal: draft.name, owner: owner.words, maker: subject }, at);
      return end(draft, 'left-to-eks', `${maker} makes the entry of ${owner.words}`, said);
    }
  }
};
