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
export const rightsOfEntry = (live: LiveEntry): GrantedAccess | undefined => {
  const { principalArn, type } = live;
  const parsed = parsePrincipalArn(principalArn);
  if (parsed?.kind === 'root') return undefined;
  const entry = entryOfLive(live);
  const node = nodeIdentities.get(type);
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

/**
 * Whether a policy is one that nodes need beside their entry.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html
 */
export const isOfNodes = ({ type }: LiveEntry, { kind, name }: Grant): boolean =>
  type === 'EC2' && kind === 'policy' && name === autoNodePolicy;

const nothing: Identity = { username: '', groups: [] };

/** Whether no page says that an entry of this type, as it is, lets a node in. */
export const isUndocumented = ({ type }: LiveEntry, rights: GrantedAccess | undefined): boolean =>
  nodeIdentities.get(type) === nothing && rights?.username === nothing.username;

/**
 * What the entry types of nodes stand for: the same as the rows that EKS and the eks module write for such nodes. No page says it for
 * HYPERPOD_LINUX.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html,
 * https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/examples/ (EC2: the session of an instance is its id),
 * https://github.com/terraform-aws-modules/terraform-aws-eks/blob/v19.21.0/main.tf
 */
const nodeIdentities: ReadonlyMap<string, Identity> = new Map([
  ['EC2_LINUX', byInstance],
  ['EC2_WINDOWS', { ...byInstance, groups: [...common, nodeGroups.windows] }],
  ['EC2', bySession],
  ['HYPERPOD_LINUX', nothing],
  ['FARGATE_LINUX', { ...bySession, groups: [...common, nodeGroups.fargate] }],
  ['HYBRID_LINUX', bySession],
]);
