import { autoNodePolicy, defaultUsername, parsePrincipalArn, nodeGroups, nodeUsernames } from '../../eks/index.ts';
import {
  clusterAdmin,
  entryOfLive,
  holdsPolicy,
  readItems,
  valueOr,
  type Association,
  type LiveEntry,
} from '../../parser/index.ts';
import type { GrantedAccess } from './rights.ts';

/**
 * What an entry grants. One for the root of an account is taken by the API and has no effect.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/issues/797
 */
export const rightsOfEntry = (live: LiveEntry): GrantedAccess | undefined => {
  const { principalArn, type } = live;
  const parsed = parsePrincipalArn(principalArn);
  if (parsed?.kind === 'root') return undefined;
  const entry = entryOfLive(live);
  const node = type === 'EC2' && holdsPolicy(entry, autoNode) === 'yes' ? bySession : nodeIdentities.get(type);
  const admin = holdsPolicy(entry, clusterAdmin);
  return {
    username:
      node?.username ?? valueOr(entry.username, undefined) ?? (parsed && defaultUsername(parsed)) ?? principalArn,
    groups: node?.groups ?? readItems(entry.groups),
    // What makes a node of an entry for Auto Mode is what its row had.
    policies: readItems(entry.associations)
      .map(associationText)
      .filter(policy => node !== bySession || type !== 'EC2' || policy !== autoNodePolicy),
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

const nothing: Identity = { username: '', groups: [] };

/** Whether no page says that an entry of this type, as it is, lets a node in. */
export const isUndocumented = ({ type }: LiveEntry, rights: GrantedAccess | undefined): boolean =>
  nodeIdentities.get(type) === nothing && rights?.username === nothing.username;

/**
 * What the entry types of nodes stand for: the same as the rows that EKS and the eks module write for such nodes. No page says it for
 * HYPERPOD_LINUX. EC2 is for nodes that are named by their instance, which is their session, and grants by its policy alone.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html,
 * https://github.com/terraform-aws-modules/terraform-aws-eks/blob/v19.21.0/main.tf,
 * https://github.com/aws/amazon-vpc-resource-controller-k8s/pull/515
 */
const nodeIdentities: ReadonlyMap<string, Identity> = new Map([
  ['EC2_LINUX', byInstance],
  ['EC2_WINDOWS', { ...byInstance, groups: [...common, nodeGroups.windows] }],
  ['EC2', nothing],
  ['HYPERPOD_LINUX', nothing],
  ['FARGATE_LINUX', { ...bySession, groups: [...common, nodeGroups.fargate] }],
  ['HYBRID_LINUX', bySession],
]);
