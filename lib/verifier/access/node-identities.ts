import { nodeGroups, nodeUsernames } from '../../eks/index.ts';

type Identity = { readonly username: string; readonly groups: readonly string[] };

const common = [nodeGroups.bootstrappers, nodeGroups.nodes];
const byInstance: Identity = { username: nodeUsernames.ec2, groups: common };
const bySession: Identity = { username: nodeUsernames.session, groups: common };

/**
 * What the entry types of nodes stand for: the same as the rows that EKS and the eks module write for such nodes. No page says it for
 * EC2 and HYPERPOD_LINUX. Sources: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html,
 * https://github.com/terraform-aws-modules/terraform-aws-eks/blob/v19.21.0/main.tf
 */
export const nodeIdentities: ReadonlyMap<string, Identity> = new Map([
  ['EC2_LINUX', byInstance],
  ['EC2_WINDOWS', { ...byInstance, groups: [...common, nodeGroups.windows] }],
  ['EC2', byInstance],
  ['HYPERPOD_LINUX', byInstance],
  ['FARGATE_LINUX', { ...bySession, groups: [...common, nodeGroups.fargate] }],
  ['HYBRID_LINUX', bySession],
]);
