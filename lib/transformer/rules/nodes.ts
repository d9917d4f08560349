import { diagnose } from '../../diagnostics/index.ts';
import { isNodeGroup, isNodeUsername, mastersGroup, nodeGroups, nodeUsernames } from '../../eks/index.ts';
import { nodeOwnerOf, snapshotOf } from '../../parser/index.ts';
import { eachOpen, runnerAccount, type Context } from '../context.ts';
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
  const type = nodeType(username, groups);
  if (type === undefined) {
    const problem = byUsername ? `with the groups ${groups.join(', ') || '(none)'}` : `with the username "${username}"`;
    return block(draft, diagnose('TAE312', { principal: draft.name, problem }, at));
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
  const node: Draft = { ...withoutRights(draft), type };
  const checked = type === 'EC2_WINDOWS' ? add(node, diagnose('TAE414', { principal: draft.name }, at)) : node;
  return giveToOwner(checked, context);
});

/** A row of people has an entry of its own, and the role of a group has the entry of the group alone. */
const unlessOfGroup = (draft: Draft, { source, cluster }: Context): Draft => {
  const owner = draft.row.principal && nodeOwnerOf(source.module, cluster, draft.row.principal, source.installed);
  if (!owner || !('problem' in owner || 'words' in owner)) return draft;
  const ofGroup = 'problem' in owner ? owner.problem : `of ${owner.words}`;
  const problem = `with the role ${ofGroup} and rights of people`;
  return block(draft, diagnose('TAE312', { principal: draft.name, problem }, draft.row.origin));
};

/** The runner's account where the role is of another. */
const foreignAccount = ({ principal }: Draft, context: Context): string | undefined => {
  const account = runnerAccount(context);
  return account !== undefined && principal?.account !== undefined && principal.account !== account
    ? account
    : undefined;
};

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

const giveToOwner = (draft: Draft, context: Context): Draft => {
  const { source, cluster, emit, byModule } = context;
  const field = draft.row.principal;
  if (!field) return draft;
  const owner = nodeOwnerOf(source.module, cluster, field, source.installed);
  const at = draft.row.origin;
  if (draft.row.many && owner.kind !== 'eks') {
    const args = { call: cluster.address, argument: draft.name, nodes: 'groups of another cluster' };
    return block(draft, diagnose('TAE330', args, at));
  }
  switch (owner.kind) {
    case 'declined':
      return draft;
    case 'none':
      // The snapshot would have shown its entry, a script asks the cluster before it makes one, and the module makes none.
      if (byModule || emit === 'aws-cli' || (snapshotOf(context) && draft.principal?.arn)) return draft;
      return add(draft, diagnose('TAE407', { principal: draft.name, type: draft.type }, at));
    case 'unclear': {
      return block(draft, diagnose('TAE312', { principal: draft.name, problem: owner.problem }, at));
    }
    default: {
      const maker = owner.kind === 'eks' ? 'EKS' : 'the module';
      const said = diagnose('TAE406', { principal: draft.name, owner: owner.words }, at);
      return end(draft, 'left-to-eks', `${maker} makes the entry of ${owner.words}`, said);
    }
  }
};
