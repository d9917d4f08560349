import type { PrincipalArn } from './arn.ts';
import { nodeUsernames } from './reserved.ts';

/** What an access entry of a type may have. */
export type EntryTypeRules = {
  /** Whether the principal may be of another account than the cluster. */
  readonly anyAccount: boolean;
  readonly username: boolean;
  readonly groups: boolean;
  readonly policies: boolean;
};

const ofNodes: EntryTypeRules = { anyAccount: false, username: false, groups: false, policies: false };

/**
 * The names are case-sensitive, and a type cannot be changed. HYPERPOD_LINUX is documented by name only: what is not known is false.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html,
 * https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html (EC2 needs AmazonEKSAutoNodePolicy),
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html
 */
export const entryTypes = {
  STANDARD: { anyAccount: true, username: true, groups: true, policies: true },
  EC2_LINUX: ofNodes,
  EC2_WINDOWS: ofNodes,
  FARGATE_LINUX: ofNodes,
  HYBRID_LINUX: ofNodes,
  EC2: { ...ofNodes, policies: true },
  HYPERPOD_LINUX: ofNodes,
} as const satisfies Readonly<Record<string, EntryTypeRules>>;

/**
 * What the nodes of an entry type are called in Kubernetes; undefined for other types, and for HYPERPOD_LINUX, where no page says it.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html,
 * https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/examples/ (EC2: the session of an instance is its id)
 */
export const nodeUsernameOfType = (type: string): string | undefined => nodeUsernamesByType.get(type);

const nodeUsernamesByType: ReadonlyMap<string, string> = new Map([
  ['EC2_LINUX', nodeUsernames.ec2],
  ['EC2_WINDOWS', nodeUsernames.ec2],
  ['EC2', nodeUsernames.session],
  ['FARGATE_LINUX', nodeUsernames.session],
  ['HYBRID_LINUX', nodeUsernames.session],
]);

export type AccessEntryType = keyof typeof entryTypes;

export const isAccessEntryType = (text: string): text is AccessEntryType => Object.hasOwn(entryTypes, text);

/**
 * The username of a STANDARD entry that sets none: the session's ARN for a role, its path taken off, and the ARN for a user.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export const defaultUsername = ({ kind, partition, account, path, name }: PrincipalArn): string | undefined => {
  if (kind === 'role') return `arn:${partition}:sts::${account}:assumed-role/${name}/{{SessionName}}`;
  return kind === 'user' ? `arn:${partition}:iam::${account}:user${path}${name}` : undefined;
};

/** Access entries per cluster; the quota cannot be raised. Source: https://docs.aws.amazon.com/general/latest/gr/eks.html */
export const maxAccessEntries = 3000;
