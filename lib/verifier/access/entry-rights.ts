import {
  autoNodePolicy,
  defaultUsername,
  entryTypes,
  isAccessEntryType,
  nodeGroups,
  nodeUsernameOfType,
  parsePrincipalArn,
} from '../../eks/index.ts';
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
  const ofNodes = groupsOfNodes.get(type);
  // Whatever a snapshot or a plan says, EKS associates no policy with an entry of these types.
  const takesPolicies = isAccessEntryType(type) && entryTypes[type].policies;
  const admin = takesPolicies ? holdsPolicy(entry, clusterAdmin) : 'no';
  return {
    username: ofNodes
      ? (nodeUsernameOfType(type) ?? unknownUsername)
      : (valueOr(entry.username, undefined) ?? (parsed && defaultUsername(parsed)) ?? principalArn),
    groups: ofNodes ?? readItems(entry.groups),
    policies: takesPolicies ? readItems(entry.associations).map(associationText) : [],
    admin: admin === 'unreadable' ? null : admin === 'yes',
  };
};

const associationText = ({ policy, scope, namespaces }: Association): string =>
  policyText(valueOr(policy, '') ?? '', valueOr(scope, 'cluster') === 'cluster' ? undefined : readItems(namespaces));

/** A policy for the whole cluster, or for namespaces. */
export const policyText = (name: string, namespaces: readonly string[] | undefined): string =>
  namespaces === undefined ? name : `${name} in ${namespaces.toSorted().join(', ')}`;

/**
 * Whether a policy is one that nodes need beside their entry.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html
 */
export const isOfNodes = ({ type }: LiveEntry, { kind, name }: Grant): boolean =>
  type === 'EC2' && kind === 'policy' && name === autoNodePolicy;

const unknownUsername = '';

/** Whether no page says that an entry of this type, as it is, lets a node in. */
export const isUndocumented = ({ type }: LiveEntry, rights: GrantedAccess | undefined): boolean =>
  groupsOfNodes.has(type) && nodeUsernameOfType(type) === undefined && rights?.username === unknownUsername;

const common = [nodeGroups.bootstrappers, nodeGroups.nodes];

/**
 * The groups that the entry types of nodes stand for: those of the rows that EKS and the eks module write for such nodes. No page says
 * it for HYPERPOD_LINUX.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html,
 * https://github.com/terraform-aws-modules/terraform-aws-eks/blob/v19.21.0/main.tf
 */
const groupsOfNodes: ReadonlyMap<string, readonly string[]> = new Map([
  ['EC2_LINUX', common],
  ['EC2_WINDOWS', [...common, nodeGroups.windows]],
  ['EC2', common],
  ['HYPERPOD_LINUX', []],
  ['FARGATE_LINUX', [...common, nodeGroups.fargate]],
  ['HYBRID_LINUX', common],
]);
