import { autoNodePolicy, defaultUsername, nodeGroups, nodeUsernames, parsePrincipalArn } from '../../eks/index.ts';
import {
  clusterAdmin,
  entryOfLive,
  holdsPolicy,
  readItems,
  valueOr,
  type Association,
  type LiveEntry,
} from '../../parser/index.ts';
import type { Grant, GrantedAccess } from './rights.ts';

/**
 * What an entry grants, beside what its row does. One for the root of an account is taken by the API and has no effect.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/issues/797
 */
export const rightsOfEntry = (live: LiveEntry, before: readonly GrantedAccess[] = []): GrantedAccess | undefined => {
  const { principalArn, type } = live;
  const parsed = parsePrincipalArn(principalArn);
  if (parsed?.kind === 'root') return undefined;
  const entry = entryOfLive(live);
  const isOfAutoMode = type === 'EC2' && holdsPolicy(entry, autoNode) === 'yes';
  const node = isOfAutoMode ? autoModeNode(before) : nodeIdentities.get(type);
  const admin = holdsPolicy(entry, clusterAdmin);
  return {
    username:
      node?.username ?? valueOr(entry.username, undefined) ?? (parsed && defaultUsername(parsed)) ?? principalArn,
    groups: node?.groups ?? readItems(entry.groups),
    policies: readItems(entry.associations).map(associationText),
    admin: admin === 'unreadable' ? null : admin === 'yes',
  };
};

const associationText = ({ policy, scope, namespaces }: Association): string =>
  policyText(valueOr(policy, '') ?? '', valueOr(scope, 'cluster') === 'cluster' ? undefined : readItems(namespaces));

/** A policy for the whole cluster, or for namespaces. */
export const policyText = (name: string, namespaces: readonly string[] | undefined): string =>
  namespaces === undefined ? name : `${name} in ${namespaces.toSorted().join(', ')}`;

type Identity = { readonly username: string; readonly groups: readonly string[] };

const common = [nodeGroups.bootstrappers, nodeGroups.nodes];
const byInstance: Identity = { username: nodeUsernames.ec2, groups: common };
const bySession: Identity = { username: nodeUsernames.session, groups: common };

/** Source: https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html */
const autoNode = { policy: autoNodePolicy, scope: 'cluster' };

/** Whether a policy is what lets the nodes of an entry in, as their row does. */
export const isOfNodes = ({ type }: LiveEntry, { kind, name }: Grant): boolean =>
  type === 'EC2' && kind === 'policy' && name === autoNodePolicy;

/** With that policy a node is let in. No page says by which of the two names, so it is the one of the row. */
const autoModeNode = (before: readonly GrantedAccess[]): Identity => {
  const isNamed = before.some(({ username }) => username === byInstance.username);
  return isNamed ? byInstance : bySession;
};

const nothing: Identity = { username: '', groups: [] };

/** Whether no page says that an entry of this type, as it is, lets a node in. */
export const isUndocumented = ({ type }: LiveEntry, rights: GrantedAccess | undefined): boolean =>
  nodeIdentities.get(type) === nothing && rights?.username === nothing.username;

/**
 * What the entry types of nodes stand for: the same as the rows that EKS and the eks module write for such nodes. No page says it for
 * HYPERPOD_LINUX, and for EC2 without its policy.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html,
 * https://github.com/terraform-aws-modules/terraform-aws-eks/blob/v19.21.0/main.tf
 */
const nodeIdentities: ReadonlyMap<string, Identity> = new Map([
  ['EC2_LINUX', byInstance],
  ['EC2_WINDOWS', { ...byInstance, groups: [...common, nodeGroups.windows] }],
  ['EC2', nothing],
  ['HYPERPOD_LINUX', nothing],
  ['FARGATE_LINUX', { ...bySession, groups: [...common, nodeGroups.fargate] }],
  ['HYBRID_LINUX', bySession],
]);
