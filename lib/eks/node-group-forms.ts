/** A way to make nodes that share a role. */
export type NodeGroupForm = {
  readonly kind: 'managed' | 'self-managed' | 'fargate' | 'karpenter';
  readonly noun: string;
  /** Who makes the access entry of the role: the module only where `entryFlag` does not say otherwise. */
  readonly entryBy: 'eks' | 'module';
  /** The argument of the eks call with an item for each, and the one with what all have in common. The output has the argument's name. */
  readonly argument?: string;
  readonly defaults?: string;
  readonly submodule?: string;
  readonly resource?: string;
  /** The argument that gives a role, and the flag without which no role is made. Without such a flag the given role counts. */
  readonly roles: readonly { readonly given: string; readonly flag?: string }[];
  /** Outputs of the submodule, and members of the eks call's output, that are the role's ARN, or its name. */
  readonly arns: readonly string[];
  readonly names: readonly string[];
  /** The output is that of the given role where none is made. */
  readonly returnsGiven?: true;
  /** Behind the name of the group in the name of its role. */
  readonly suffix?: string;
  /** Of a submodule whose role has a name of its own: the argument that gives it, and what stands before the name of the cluster without. */
  readonly roleName?: { readonly given: string; readonly usesPrefix: string; readonly before: string };
};

/** Whether the module makes an access entry; true by default. Source: variables.tf of modules/self-managed-node-group and karpenter. */
export const entryFlag = 'create_access_entry';

const managed = { kind: 'managed', noun: 'managed node group', entryBy: 'eks' } as const;
const fargate = { kind: 'fargate', noun: 'Fargate profile', entryBy: 'eks' } as const;

/** Source, as for the two that follow: terraform-aws-modules/eks 18.20.0 to 21.19.0, node_groups.tf, main.tf and outputs.tf of the submodules. */
export const managedGroups = {
  ...managed,
  argument: 'eks_managed_node_groups',
  defaults: 'eks_managed_node_group_defaults',
  submodule: 'modules/eks-managed-node-group',
  roles: [{ given: 'iam_role_arn', flag: 'create_iam_role' }],
  arns: ['iam_role_arn'],
  names: ['iam_role_name'],
  returnsGiven: true,
  suffix: '-eks-node-group',
} as const satisfies NodeGroupForm;

export const selfManagedGroups = {
  kind: 'self-managed',
  noun: 'self-managed node group',
  entryBy: 'module',
  argument: 'self_managed_node_groups',
  defaults: 'self_managed_node_group_defaults',
  submodule: 'modules/self-managed-node-group',
  roles: [{ given: 'iam_role_arn', flag: 'create_iam_instance_profile' }],
  arns: ['iam_role_arn'],
  names: ['iam_role_name'],
  suffix: '-node-group',
} as const satisfies NodeGroupForm;

export const fargateProfiles = {
  ...fargate,
  argument: 'fargate_profiles',
  defaults: 'fargate_profile_defaults',
  submodule: 'modules/fargate-profile',
  roles: [{ given: 'iam_role_arn', flag: 'create_iam_role' }],
  arns: ['fargate_profile_pod_execution_role_arn', 'iam_role_arn'],
  names: ['iam_role_name'],
  returnsGiven: true,
  suffix: '',
} as const satisfies NodeGroupForm;

/** The second names are those of version 19, which none has had since. Source: modules/karpenter at v19.21.0, v20.37.2 and v21.19.0. */
export const karpenterNodes = {
  kind: 'karpenter',
  noun: 'Karpenter',
  entryBy: 'module',
  submodule: 'modules/karpenter',
  roles: [
    { given: 'node_iam_role_arn', flag: 'create_node_iam_role' },
    { given: 'iam_role_arn', flag: 'create_iam_role' },
  ],
  arns: ['node_iam_role_arn', 'role_arn'],
  names: ['node_iam_role_name', 'role_name'],
  roleName: { given: 'node_iam_role_name', usesPrefix: 'node_iam_role_use_name_prefix', before: 'Karpenter-' },
} as const satisfies NodeGroupForm;

/** Until version 17, where the role of a group is taken as it is. Source: modules/node_groups of terraform-aws-modules/eks 17.24.0. */
export const managedGroups17 = {
  ...managed,
  argument: 'node_groups',
  defaults: 'node_groups_defaults',
  roles: [{ given: 'iam_role_arn' }],
  arns: ['node_role_arn'],
  names: [],
} as const satisfies NodeGroupForm;

/** Of version 17, for all worker groups and for all Fargate profiles. Source: outputs.tf of terraform-aws-modules/eks 17.24.0. */
export const sharedRoles17 = { workers: 'worker_iam_role_arn', fargate: 'fargate_iam_role_arn' } as const;

/** Source: hashicorp/terraform-provider-aws, documentation of the two resources. */
const resources: readonly NodeGroupForm[] = [
  { ...managed, resource: 'aws_eks_node_group', roles: [{ given: 'node_role_arn' }], arns: [], names: [] },
  {
    ...fargate,
    resource: 'aws_eks_fargate_profile',
    roles: [{ given: 'pod_execution_role_arn' }],
    arns: [],
    names: [],
  },
];

/** Those whose groups the eks module makes of an argument, each by a call of a submodule; since version 18. */
export const groupForms = [managedGroups, selfManagedGroups, fargateProfiles] as const;

export const nodeGroupForms: readonly NodeGroupForm[] = [
  managedGroups,
  selfManagedGroups,
  fargateProfiles,
  karpenterNodes,
  managedGroups17,
  ...resources,
];
