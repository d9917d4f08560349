import { parsePrincipalArn } from '../../eks/index.ts';
import {
  entryFlag,
  karpenterNodes,
  managedGroups17,
  nodeGroupForms,
  selfManagedGroups,
  sharedRoles17,
} from '../../eks/node-group-forms.ts';
import { stringValue, unwrapParentheses, walk, type Expression } from '../../hcl/index.ts';
import { evaluate, knownString, referencesOf, type RootModule, type Value } from '../../terraform/index.ts';
import {
  isCalled,
  isInlineRelease,
  staysPut,
  versionOf,
  type CalledCluster,
  type Cluster,
  type VersionFacts,
} from '../clusters/cluster.ts';
import { normalizeSource } from '../expressions/identity.ts';
import { findModuleCalls, type ModuleCall } from '../clusters/module-call.ts';
import {
  groupOfCall,
  groupsInCall,
  ofCluster,
  nodeGroups,
  ownerWords,
  type NodeGroup,
  isRoleOfGroup,
} from './node-groups.ts';
import { isPinned, defaultsOf, fieldOfGroup, objectsInArgument } from './written-group.ts';
import { meaningOf, type Field } from '../aws-auth/row.ts';

/**
 * Who makes the access entry of a node role. EKS does for managed node groups and Fargate profiles; the eks module does for
 * self-managed groups and the karpenter submodule, unless `create_access_entry` is false. `unclear` when that is an expression.
 * Source: EKS user guide, migrating-access-entries; terraform-aws-modules/eks, modules/self-managed-node-group and karpenter.
 */
export type NodeOwner =
  | { readonly kind: 'eks'; readonly words: string; readonly isFargate: boolean }
  | { readonly kind: 'module'; readonly words: string; readonly call: ModuleCall }
  /** `declined`: the owner is known, and its create_access_entry is false. */
  | { readonly kind: 'none' | 'declined' }
  /** `cluster`: it is made in the cluster of the group, and nothing tells which one that is. */
  | {
      readonly kind: 'unclear';
      readonly doubt: 'cluster';
      readonly words: string;
      readonly group: NodeGroup;
      readonly maker: 'EKS' | 'the module';
    }
  /** `flag`: whether it is made is an expression. `shared`: a managed node group may have the role as well. */
  | { readonly kind: 'unclear'; readonly doubt: 'flag' | 'shared'; readonly words: string };

type Installed = VersionFacts['installed'];

export const nodeOwnerOf = (
  module: RootModule,
  cluster: Cluster,
  principal: Field,
  installed: Installed,
): NodeOwner => {
  const followed = { ...principal, ...meaningOf(principal) };
  return (
    byOutput(module, cluster, followed.expression, installed) ??
    byRole(module, cluster, [principal, followed], installed) ?? { kind: 'none' }
  );
};

/** The principal is an output of the module that owns the role. */
const byOutput = (
  module: RootModule,
  cluster: Cluster,
  principal: Expression,
  installed: Installed,
): NodeOwner | undefined => {
  const given = roleExpression(principal);
  const [root, label, output] = referencesOf(given)[0]?.path ?? [];
  if (root !== 'module') return undefined;
  if (isCalled(cluster) && label === cluster.label) return byClusterOutput(module, cluster, output ?? '', principal);
  const call = findModuleCalls(module).find(candidate => candidate.label === label);
  const [found] = call ? nodeGroupForms.flatMap(form => groupOfCall(module, call, form) ?? []) : [];
  const group = found && ofCluster(module, cluster, found);
  const outputs = output === undefined ? membersIn(given) : [output];
  if (!call || !group || !outputs.some(name => [...group.form.arns, ...group.form.names].includes(name)))
    return undefined;
  // Karpenter may be given the role of a node group; then the owner is that group's.
  const owner = group.form === karpenterNodes && group.role && nodeOwnerOf(module, cluster, group.role, installed);
  return owner && owner.kind !== 'none' ? owner : makerOf(cluster, group, installed);
};

/** What gives the ARN, or the name at the end of one. */
const roleExpression = (principal: Expression): Expression => {
  const inner = unwrapParentheses(principal);
  const [last, before] = inner.kind === 'template' ? inner.parts.toReversed() : [];
  const isName = last?.kind === 'interpolation' && before?.kind === 'literal' && before.text.endsWith(':role/');
  return isName ? last.value : principal;
};

/** What is read of instances of a call that are told together, as in `one(module.karpenter[*].node_iam_role_arn)`. */
const membersIn = (expression: Expression): readonly string[] => {
  const names: string[] = [];
  walk(expression, part => {
    if (part.kind === 'get') names.push(part.name);
    if (part.kind === 'splat') names.push(...part.steps.flatMap(step => (step.kind === 'get' ? step.name : [])));
    return true;
  });
  return names;
};

const byClusterOutput = (
  module: RootModule,
  cluster: CalledCluster,
  output: string,
  principal: Expression,
): NodeOwner | undefined => {
  if (output === sharedRoles17.workers) return workerRole(module, cluster);
  if (output === sharedRoles17.fargate) return { kind: 'eks', words: 'a Fargate profile', isFargate: true };
  const form = nodeGroupForms.find(({ argument }) => argument === output);
  if (form !== selfManagedGroups)
    return form && { kind: 'eks', words: ownerWords(form, undefined), isFargate: isFargate(form) };
  if (staysPut(cluster)) return { kind: 'declined' };
  const { call } = cluster;
  const name = indexedName(principal);
  const groups = groupsInCall(module, call, form)?.filter(({ key }) => name === undefined || key === name);
  const flags = groups?.map(({ makesEntry }) => makesEntry) ?? flagsInArgument(module, call);
  return madeUnless(call, flags, ownerWords(form, name));
};

const isFargate = ({ kind }: NodeGroup['form']): boolean => kind === 'fargate';

/** Where only a plan knows the groups: each flag that is written in the argument, or in the defaults, may be that of the group. */
const flagsInArgument = (module: RootModule, { block }: ModuleCall): readonly (boolean | undefined)[] => {
  const { fields } = defaultsOf(module, block, selfManagedGroups);
  return [...objectsInArgument(module, block, selfManagedGroups), [...fields.values()]].flatMap(object =>
    object.flatMap(({ name, piece }) => {
      const value = name === entryFlag ? evaluate(piece.expression, module.scope) : undefined;
      return value
        ? [(value.kind === 'bool' && value.value) || isPinned(piece.file, piece.expression) || undefined]
        : [];
    }),
  );
};

/**
 * Managed node groups of version 17 without a role of their own have that of the worker groups: then EKS makes its entry.
 * Source: node_groups.tf and modules/node_groups/locals.tf of terraform-aws-modules/eks 17.24.0.
 */
const workerRole = (module: RootModule, { call }: CalledCluster): NodeOwner => {
  const groups = groupsInCall(module, call, managedGroups17);
  const roles = groups?.map(({ written }) => fieldOfGroup(written, 'iam_role_arn')) ?? ['unclear'];
  const words = 'a managed node group, which shares the role of the worker groups';
  if (roles.includes(undefined)) return { kind: 'eks', words, isFargate: false };
  if (!roles.includes('unclear')) return { kind: 'declined' };
  return { kind: 'unclear', doubt: 'shared', words: 'the worker groups' };
};

/** `default` of `module.eks.self_managed_node_groups["default"].iam_role_arn`. */
export const indexedName = (expression: Expression): string | undefined => {
  if (expression.kind === 'get') return indexedName(expression.of);
  return expression.kind === 'index' ? stringValue(expression.key) : undefined;
};

/** Who makes the entry of a group's role. Before version 20 no module does; phase 0 brings it there with the cluster's call. */
const makerOf = (cluster: Cluster, group: NodeGroup, installed: Installed): NodeOwner => {
  const maker = makerIn(cluster, group, installed);
  if (group.isUnclear !== true || (maker.kind !== 'eks' && maker.kind !== 'module')) return maker;
  return {
    kind: 'unclear',
    doubt: 'cluster',
    words: group.owner,
    group,
    maker: maker.kind === 'eks' ? 'EKS' : 'the module',
  };
};

const makerIn = (cluster: Cluster, { form, call, makesEntry, owner }: NodeGroup, installed: Installed): NodeOwner => {
  if (form.entryBy === 'eks' || !call) return { kind: 'eks', words: owner, isFargate: isFargate(form) };
  const isUpgraded = isInlineRelease(cluster) && !staysPut(cluster);
  const isOwn = isCalled(cluster) && call === cluster.call;
  const version = isOwn ? cluster.version : versionOf(call, { installed, stated: undefined });
  if (isInlineRelease({ version }) && !isUpgraded) return { kind: 'declined' };
  return madeUnless(call, [makesEntry], owner);
};

const madeUnless = (call: ModuleCall, flags: readonly (boolean | undefined)[], words: string): NodeOwner => {
  if (flags.every(flag => flag === true)) return { kind: 'module', words, call };
  if (flags.every(flag => flag === false)) return { kind: 'declined' };
  return { kind: 'unclear', doubt: 'flag', words };
};

/** The principal is the role that a group is given: the same expression, ARN or name; or one whose name the module gives. */
const byRole = (
  module: RootModule,
  cluster: Cluster,
  principal: readonly Field[],
  installed: Installed,
): NodeOwner | undefined => {
  const roleName = roleNameIn(principal[0]?.value);
  const found = nodeGroups(module, cluster).filter(group => {
    if (group.made === false) return false;
    const { role } = group;
    if (role)
      return principal.some(given => [role, { ...role, ...meaningOf(role) }].some(field => isSameRole(given, field)));
    return roleName !== undefined && isRoleOfGroup(module, group, roleName);
  });
  const sure = found.filter(({ isUnclear }) => isUnclear !== true);
  const likely = sure.length > 0 ? sure : found;
  const group = likely.find(({ form }) => form.entryBy === 'eks') ?? likely[0];
  return group && makerOf(cluster, group, installed);
};

/** The name of a role, of whose ARN the account may be an expression: nodes are of the account of their cluster. */
const roleNameIn = (value: Value | undefined): string | undefined => {
  const arn = parsePrincipalArn(knownString(value));
  if (arn) return arn.kind === 'role' ? arn.name : undefined;
  const end = value?.kind === 'string' ? value.parts.at(-1) : undefined;
  return /:role\/(?:[^:]*\/)?([^/:]+)$/.exec(end ?? '')?.[1];
};

const isSameRole = (principal: Field, owner: Field): boolean => {
  const [a, b] = [knownString(principal.value), knownString(owner.value)];
  if (a === undefined || b === undefined) return normalizeSource(principal.source) === normalizeSource(owner.source);
  const [arnA, arnB] = [parsePrincipalArn(a), parsePrincipalArn(b)];
  return arnA !== undefined && arnA.name.toLowerCase() === (arnB?.name ?? b).toLowerCase();
};
