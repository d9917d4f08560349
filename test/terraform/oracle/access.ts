import { canonicalArn, parseArn, roleName } from './arn.ts';
import { readAwsAuth, type AwsAuth, type Row } from './aws-auth.ts';
import { awsAuthOf, type Cluster, type Entry, type World } from './world.ts';

/** What a principal may do in a cluster, and how it got in. */
export type Access = {
  via: 'entry' | 'configmap' | 'account' | 'creator' | 'none';
  /** As mapped: templates such as {{SessionName}} are left as text. */
  username: string;
  groups: string[];
  policies: { name: string; scope: string; namespaces: string[] }[];
  /** system:masters, or AmazonEKSClusterAdminPolicy for the whole cluster. */
  isClusterAdmin: boolean;
  /** More than one answer is possible: users that differ only in case, of which Go's map order picks one. */
  alternatives?: { username: string; groups: string[] }[];
};

export const noAccess: Access = { via: 'none', username: '', groups: [], policies: [], isClusterAdmin: false };

/** Access of every principal that the world knows or that an entry or a row names. */
export function access(world: World, clusterName: string): Map<string, Access> {
  const cluster = world.clusters?.[clusterName];
  if (!cluster) throw new Error(`no cluster ${clusterName} in the world`);
  const awsAuth = readAwsAuth(awsAuthOf(world, clusterName));
  return new Map(principalsOf(world, cluster, awsAuth).map(arn => [arn, accessOf(arn, world, cluster, awsAuth)]));
}

/** A row's ARN is a principal of its own only when no known principal is behind it. */
function principalsOf(world: World, cluster: Cluster, awsAuth: AwsAuth): string[] {
  const creators = Object.values(world.clusters ?? {}).map(other => other.creator ?? '');
  const known = [...(world.principals ?? []), world.runner ?? '', ...creators, ...Object.keys(cluster.entries ?? {})];
  const seen = new Set(known.map(arn => canonicalArn(arn).toLowerCase()));
  const rows = [...awsAuth.roles.values(), ...awsAuth.users.values()].map(row => row.arn);
  return [...new Set([...known.filter(Boolean), ...rows.filter(arn => !seen.has(arn.toLowerCase()))])].toSorted();
}

/**
 * The authenticator asks its backends in order and the first that knows the caller answers; groups are never
 * merged (aws-iam-authenticator, pkg/server/server.go). Which backends there are is the mode's business, and
 * entries come before the ConfigMap: https://github.com/aws/containers-roadmap/issues/185
 */
function accessOf(arn: string, world: World, cluster: Cluster, awsAuth: AwsAuth): Access {
  const mode = cluster.mode ?? 'CONFIG_MAP';
  const entry = mode === 'CONFIG_MAP' ? undefined : cluster.entries?.[arn];
  // The service accepts an account's root and it has no effect: aws-iam-authenticator issue 797
  if (entry && !arn.endsWith(':root')) return byEntry(arn, entry);
  if (mode === 'CONFIG_MAP' && arn === cluster.creator && hasCreatorRight(world, cluster)) return creator;
  return mode === 'API' ? noAccess : byConfigMap(arn, awsAuth);
}

/**
 * Whoever made the cluster is an admin that no list shows while the mode is CONFIG_MAP; later it is an entry.
 * https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
const creator: Access = {
  via: 'creator',
  username: 'kubernetes-admin',
  groups: ['system:masters'],
  policies: [],
  isClusterAdmin: true,
};

function hasCreatorRight(world: World, cluster: Cluster): boolean {
  return (cluster.bootstrap ?? true) && (world.options?.creatorEntry ?? true);
}

/** Callers of others are denied before anybody looks at aws-auth: pkg/arn/arn.go and pkg/endpoints/partitions.go there. */
const partitions = new Set([
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
]);

/** The roles' list is asked first, for users as well, then the users' list, then the accounts. */
function byConfigMap(arn: string, awsAuth: AwsAuth): Access {
  if (!partitions.has(parseArn(arn)?.partition ?? '')) return noAccess;
  const caller = canonicalArn(arn);
  const role = awsAuth.roles.get(caller.toLowerCase());
  const rows = role
    ? [role]
    : [...awsAuth.users.values()].filter(row => row.arn.toLowerCase() === caller.toLowerCase());
  const granting = rows.filter(row => roleName(caller) !== undefined || !asksForInstance(row));
  if (rows.length > 0 && granting.length === 0) return noAccess;
  const [first, ...others] = granting.map(row => ({ username: row.username, groups: row.groups }));
  if (first) {
    const isClusterAdmin = [first, ...others].every(row => row.groups.includes('system:masters'));
    const found: Access = { via: 'configmap', ...first, policies: [], isClusterAdmin };
    return others.length > 0 ? { ...found, alternatives: [first, ...others] } : found;
  }
  // An account's principals are named by their ARN, are in no group, and no template is filled in.
  const listed = awsAuth.accounts.has(parseArn(arn)?.account ?? '');
  return listed ? { ...noAccess, via: 'account', username: caller } : noAccess;
}

/** Only an instance has the name that is asked for, and it calls by a role: others are denied (pkg/server/server.go there). */
function asksForInstance({ username, groups }: Row): boolean {
  return [username, ...groups].some(text => text.includes('{{EC2PrivateDNSName}}'));
}

function byEntry(arn: string, entry: Entry): Access {
  const policies = (entry.policies ?? []).map(policy => ({
    name: policy.arn.slice(policy.arn.lastIndexOf('/') + 1),
    scope: policy.scopeType,
    namespaces: [...(policy.namespaces ?? [])].toSorted(),
  }));
  const isClusterAdmin = policies.some(
    policy => policy.name === 'AmazonEKSClusterAdminPolicy' && policy.scope === 'cluster',
  );
  const node = nodeIdentities.get(entry.type ?? 'STANDARD');
  if (node) return { via: 'entry', username: node.username, groups: [...node.groups], policies, isClusterAdmin };
  return {
    via: 'entry',
    username: entry.username || defaultUsername(arn),
    groups: [...(entry.groups ?? [])],
    policies,
    isClusterAdmin,
  };
}

/** https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
export function defaultUsername(arn: string): string {
  const name = roleName(arn);
  const { partition = '', account = '' } = parseArn(arn) ?? {};
  return name === undefined ? arn : `arn:${partition}:sts::${account}:assumed-role/${name}/{{SessionName}}`;
}

const nodeGroups = ['system:bootstrappers', 'system:nodes'];
const byInstance = 'system:node:{{EC2PrivateDNSName}}';
const bySession = 'system:node:{{SessionName}}';

/**
 * Node types take neither a username nor groups; the service gives them what the aws-auth row of such a node had:
 * https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html for the names, the rows of
 * terraform-aws-modules/eks 19.x for the groups. No page says it for HYPERPOD_LINUX. EC2 is the type of nodes that are named
 * by their instance, whose row has the session's name: github.com/aws/amazon-vpc-resource-controller-k8s/pull/515
 */
const nodeIdentities: ReadonlyMap<string, { username: string; groups: readonly string[] }> = new Map([
  ['EC2_LINUX', { username: byInstance, groups: nodeGroups }],
  ['EC2_WINDOWS', { username: byInstance, groups: ['eks:kube-proxy-windows', ...nodeGroups] }],
  ['EC2', { username: bySession, groups: nodeGroups }],
  ['HYPERPOD_LINUX', { username: byInstance, groups: nodeGroups }],
  ['FARGATE_LINUX', { username: bySession, groups: [...nodeGroups, 'system:node-proxier'] }],
  ['HYBRID_LINUX', { username: bySession, groups: nodeGroups }],
]);
