import { parsePrincipalArn } from '../../eks/index.ts';
import { attribute, stringValue, type Expression } from '../../hcl/index.ts';
import { knownString, referencesOf, type RootModule } from '../../terraform/index.ts';
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
import { fieldOf } from '../expressions/field.ts';
import { givenNodeRoles } from './given-node-roles.ts';
import type { Piece } from '../expressions/piece.ts';
import { resolve } from '../expressions/resolve.ts';
import { findModuleCalls, type ModuleCall } from '../clusters/module-call.ts';
import { isManagedGroupRole } from './node-names.ts';
import { isPinned } from './pin.ts';
import { roleArguments, valuesOf } from './role-arguments.ts';
import { meaningOf, type Field } from '../aws-auth/row.ts';

/**
 * Who makes the access entry of a node role. EKS does for managed node groups and Fargate profiles; the eks module does for
 * self-managed groups and the karpenter submodule, unless `create_access_entry` is false. `unclear` when that is an expression.
 * Source: EKS user guide, migrating-access-entries; terraform-aws-modules/eks, modules/self-managed-node-group and karpenter.
 */
export type NodeOwner =
  | { readonly kind: 'eks' | 'module'; readonly words: string }
  /** `declined`: the owner is known, and its create_access_entry is false. */
  | { readonly kind: 'none' | 'declined' }
  /** `problem` completes "a node row ...". */
  | { readonly kind: 'unclear'; readonly problem: string };

const nobody: NodeOwner = { kind: 'none' };

export const nodeOwnerOf = (
  module: RootModule,
  cluster: Cluster,
  principal: Field,
  installed: VersionFacts['installed'],
): NodeOwner => {
  const followed = { ...principal, ...meaningOf(principal) };
  return (
    byOutput(module, cluster, followed, installed) ??
    byArgument(module, cluster, [principal, followed]) ??
    byGivenRole(module, cluster, [principal, followed], installed) ??
    byName(cluster, principal) ??
    nobody
  );
};

/** The principal is an output of the module that owns the role. */
const byOutput = (
  module: RootModule,
  cluster: Cluster,
  principal: Field,
  installed: VersionFacts['installed'],
): NodeOwner | undefined => {
  const path = referencesOf(principal.expression)[0]?.path ?? [];
  if (path[0] !== 'module') return undefined;
  if (isCalled(cluster) && path[1] === cluster.label) return byClusterOutput(cluster, path[2] ?? '', principal);
  const call = findModuleCalls(module).find(({ label }) => label === path[1]);
  switch (call?.source.submodule) {
    case 'modules/eks-managed-node-group':
      return { kind: 'eks', words: `the managed node group ${call.address}` };
    case 'modules/fargate-profile':
      return { kind: 'eks', words: `the Fargate profile ${call.address}` };
    case 'modules/self-managed-node-group':
      return ownedByCall(cluster, call, `the self-managed node group ${call.address}`, installed);
    case 'modules/karpenter':
      return byKarpenterOutput(module, cluster, call, path[2] ?? '', installed);
    default:
      return undefined;
  }
};

/** Karpenter may be given the role of a node group; then the owner is that group's. Its other role is the controller's. */
const byKarpenterOutput = (
  module: RootModule,
  cluster: Cluster,
  call: ModuleCall,
  output: string,
  installed: VersionFacts['installed'],
): NodeOwner | undefined => {
  if (!['node_iam_role_arn', 'role_arn'].includes(output)) return undefined;
  // Until version 19 it is called `iam_role_arn`.
  const name = isOld(call, installed) ? 'iam_role_arn' : 'node_iam_role_arn';
  const given = attribute(call.block.body, name);
  const owner = given && nodeOwnerOf(module, cluster, fieldOf(module, given.value, call.block.in), installed);
  if (owner && owner.kind !== 'none') return owner;
  return ownedByCall(cluster, call, `Karpenter (${call.address})`, installed);
};

const byClusterOutput = (cluster: CalledCluster, output: string, principal: Field): NodeOwner | undefined => {
  // `node_groups` and the last two are of version 17.
  if (['eks_managed_node_groups', 'node_groups'].includes(output))
    return { kind: 'eks', words: 'a managed node group' };
  if (['fargate_profiles', 'fargate_iam_role_arn'].includes(output)) return { kind: 'eks', words: 'a Fargate profile' };
  if (output === 'worker_iam_role_arn') return workerRole(cluster);
  if (output !== 'self_managed_node_groups') return undefined;
  if (staysPut(cluster)) return { kind: 'declined' };
  const groups = attribute(cluster.block.body, 'self_managed_node_groups')?.value;
  const defaults = attribute(cluster.block.body, 'self_managed_node_group_defaults')?.value;
  const name = indexedName(principal.expression);
  const group =
    groups?.kind === 'object' && name !== undefined ? groups.items.find(item => item.name === name)?.value : groups;
  // A group's own flag beats the defaults'. Source: node_groups.tf of terraform-aws-modules/eks 20.
  const own = group ? valuesOf(group, 'create_access_entry') : [];
  const flags = own.length > 0 ? own : defaults ? valuesOf(defaults, 'create_access_entry') : [];
  return ownedUnless(
    cluster.call,
    flags,
    name === undefined ? 'a self-managed node group' : `the self-managed node group ${name}`,
  );
};

/**
 * Managed node groups of version 17 without a role of their own have that of the worker groups: then EKS makes its entry.
 * Source: node_groups.tf and modules/node_groups/locals.tf of terraform-aws-modules/eks 17.24.0.
 */
const workerRole = ({ block }: CalledCluster): NodeOwner => {
  const groups = attribute(block.body, 'node_groups')?.value;
  if (!groups || (groups.kind === 'object' && groups.items.length === 0)) return { kind: 'declined' };
  const words = 'a managed node group, which shares the role of the worker groups';
  const unclear: NodeOwner = { kind: 'unclear', problem: 'of worker groups whose role a managed node group may share' };
  if (groups.kind !== 'object' || attribute(block.body, 'node_groups_defaults')) return unclear;
  const own = groups.items.map(({ value }) =>
    value.kind === 'object' ? value.items.some(({ name }) => name === 'iam_role_arn') : undefined,
  );
  if (own.includes(false)) return { kind: 'eks', words };
  return own.includes(undefined) ? unclear : { kind: 'declined' };
};

/** `default` of `module.eks.self_managed_node_groups["default"].iam_role_arn`. */
const indexedName = (expression: Expression): string | undefined => {
  if (expression.kind === 'get') return indexedName(expression.of);
  return expression.kind === 'index' ? stringValue(expression.key) : undefined;
};

/** Before version 20 no submodule makes an entry; phase 0 brings it there with the cluster's call. */
const ownedByCall = (
  cluster: Cluster,
  call: ModuleCall,
  words: string,
  installed: VersionFacts['installed'],
): NodeOwner => {
  const isUpgraded = isInlineRelease(cluster) && !staysPut(cluster);
  if (isOld(call, installed) && !isUpgraded) return { kind: 'declined' };
  const flag = attribute(call.block.body, 'create_access_entry')?.value;
  return ownedUnless(call, flag ? [flag] : [], words);
};

const isOld = (call: ModuleCall, installed: VersionFacts['installed']): boolean =>
  isInlineRelease({ version: versionOf(call, { installed, stated: undefined }) });

const ownedUnless = ({ block }: ModuleCall, flags: readonly Expression[], words: string): NodeOwner => {
  const values = flags.map(flag => (flag.kind === 'bool' ? flag.value || isPinned(block.in, flag) : undefined));
  if (values.every(value => value === true)) return { kind: 'module', words };
  if (values.length === 1 && values[0] === false) return { kind: 'declined' };
  return { kind: 'unclear', problem: `of ${words}, whose create_access_entry is not clear` };
};

/** The principal is what a node group of this cluster takes as its role: the same expression, ARN or role name. */
const byArgument = (module: RootModule, cluster: Cluster, principal: readonly Field[]): NodeOwner | undefined => {
  const found = roleArguments(module, cluster).find(({ value }) => isOneOf(module, principal, value));
  return found && { kind: 'eks', words: found.words };
};

/** The principal is a role that a self-managed group or Karpenter is given. */
const byGivenRole = (
  module: RootModule,
  cluster: Cluster,
  principal: readonly Field[],
  installed: VersionFacts['installed'],
): NodeOwner | undefined => {
  const found = givenNodeRoles(module, cluster).find(({ role }) => isOneOf(module, principal, role));
  if (!found) return undefined;
  const { call, words, flags } = found;
  const isUpgraded = isInlineRelease(cluster) && !staysPut(cluster);
  const isOldCall = isCalled(cluster) && call === cluster.call ? isInlineRelease(cluster) : isOld(call, installed);
  return isOldCall && !isUpgraded ? { kind: 'declined' } : ownedUnless(call, flags, words);
};

const isOneOf = (module: RootModule, principal: readonly Field[], value: Piece): boolean => {
  const fields = [value, resolve(module, value)].map(({ expression, file }) => fieldOf(module, expression, file));
  return principal.some(own => fields.some(field => isSameRole(own, field)));
};

/** The ARN is written out, and the name in it is one that the module gives. */
const byName = (cluster: Cluster, { value }: Field): NodeOwner | undefined => {
  const arn = parsePrincipalArn(knownString(value) ?? '');
  if (arn?.kind !== 'role' || !isManagedGroupRole(cluster, arn.name)) return undefined;
  return { kind: 'eks', words: 'a managed node group' };
};

const isSameRole = (principal: Field, owner: Field): boolean => {
  const [a, b] = [knownString(principal.value), knownString(owner.value)];
  if (a === undefined || b === undefined) return normalizeSource(principal.source) === normalizeSource(owner.source);
  const [arnA, arnB] = [parsePrincipalArn(a), parsePrincipalArn(b)];
  return arnA !== undefined && arnA.name.toLowerCase() === (arnB?.name ?? b).toLowerCase();
};
