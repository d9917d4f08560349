import { finding, note, warning } from './definition.ts';

type Call = { call: string };

/** TAE730-TAE749: what `check` says of a cluster, its node groups and what surrounds them. */
export const checkModuleCodes = {
  TAE730: finding<{ entry: string; has: string; call: string; version: string; effect: string; fixed: string }>({
    title: 'Release with a fault that this entry meets',
    message: ({ entry, has, call, version, effect }) => `${entry} ${has}, and ${call} is at ${version}: ${effect}.`,
    hint: ({ fixed }) => fixed,
  }),
  TAE731: finding<Call & { what: string }>({
    title: 'Access entries in mode CONFIG_MAP',
    message: ({ call, what }) =>
      `authentication_mode of ${call} is CONFIG_MAP, in which EKS refuses every call about access entries, and ${what}.`,
    hint: () => 'Set authentication_mode = "API_AND_CONFIG_MAP", apply, and add the entries then.',
  }),
  TAE732: note<Call & { version: string }>({
    title: 'Mode in which no new cluster can be made',
    message: ({ call, version }) =>
      `authentication_mode of ${call} (${version}) is CONFIG_MAP. An existing cluster stays as it is. A new one cannot be created in this mode: EKS then requires bootstrapClusterCreatorAdminPermissions, and the module turns it off since version 20.`,
    hint: () => 'For a new cluster use API_AND_CONFIG_MAP or API.',
  }),
  TAE733: finding<Call & { entry: string; why: string }>({
    title: 'The runner gets two entries',
    message: ({ call, entry, why }) =>
      `${call} has enable_cluster_creator_admin_permissions, which makes an entry for whoever runs Terraform, and ${entry} is for ${why}: the second one fails with 409 ResourceInUseException.`,
    hint: () => 'Remove enable_cluster_creator_admin_permissions and keep the entry, with AmazonEKSClusterAdminPolicy.',
  }),
  TAE734: warning<Call>({
    title: 'The key cluster_creator is taken',
    message: ({ call }) =>
      `access_entries of ${call} has the key cluster_creator, which enable_cluster_creator_admin_permissions uses: the entry written here takes its place, so the flag makes none.`,
    hint: () => 'Give the entry another key, or remove the flag.',
  }),
  TAE735: note<Call>({
    title: 'Administrator who changes with the runner',
    message: ({ call }) =>
      `${call} has enable_cluster_creator_admin_permissions: its administrator is whoever runs Terraform. When somebody else runs it, in CI and on a laptop for example, the entry is replaced.`,
    hint: () => 'Write an entry for the role that runs Terraform, and remove the flag.',
  }),
  TAE736: warning<Call & { version: string; provider: string }>({
    title: 'No administrator in this source',
    message: ({ call, version, provider }) =>
      `${call} (${version}) makes nobody an administrator, not even its creator, and the provider ${provider} signs in to it. On a new cluster that fails with Unauthorized in the first apply.`,
    hint: () =>
      'Write an entry with AmazonEKSClusterAdminPolicy for the role that runs Terraform. On an existing cluster that role may have its rights from another source.',
  }),
  TAE737: finding<Call>({
    title: 'bootstrap_cluster_creator_admin_permissions is no argument of the module',
    message: ({ call }) =>
      `${call} sets bootstrap_cluster_creator_admin_permissions, which no release of the eks module has: Terraform refuses it. In the API a change of it replaces the cluster.`,
    hint: () => 'Remove it. Write an entry for the creator, or set enable_cluster_creator_admin_permissions.',
  }),
  TAE738: warning<{ constraint: string }>({
    title: 'AWS provider that resets entries',
    message: ({ constraint }) =>
      `The constraint "${constraint}" admits releases of the aws provider before 5.42.0. They reset the groups or the username of an access entry when they update the other.`,
    hint: () => 'Require version >= 5.42.0, and run `terraform init -upgrade`.',
  }),
  TAE739: finding<{ first: string; second: string; role: string }>({
    title: 'Node groups with one role make two entries',
    message: ({ first, second, role }) =>
      `${first} and ${second} share the role ${role}, and each gets an access entry for it: the second one fails with 409 ResourceInUseException.`,
    hint: () => 'Set create_access_entry = false on all but one that the module makes entries for.',
  }),
  TAE740: finding<{ linux: string; windows: string; role: string }>({
    title: 'One role for Linux and Windows nodes',
    message: ({ linux, windows, role }) =>
      `${linux} and ${windows} share the role ${role}, which has one entry of one type. With EC2_LINUX the network of the Windows nodes does not work.`,
    hint: () => 'Give the Windows nodes a role of their own.',
  }),
  TAE741: warning<{ group: string }>({
    title: 'Windows node group with an AMI of its own',
    message: ({ group }) =>
      `${group} has Windows nodes with an AMI of its own. EKS may make its entry with the type EC2_LINUX, which breaks their network, and a type cannot be changed.`,
    hint: () =>
      'Give it a role that exists before the group, with an entry of the type EC2_WINDOWS. Where the group exists, check the type of its entry.',
  }),
  TAE742: finding<{ call: string; owners: string }>({
    title: 'aws-auth without rows for nodes',
    message: ({ call, owners }) =>
      `${call} writes the whole of mapRoles and has no row for nodes, the mode is CONFIG_MAP, and the cluster has ${owners}: every apply removes their rows, and the nodes cannot join.`,
    hint: () => 'Set the mode to API_AND_CONFIG_MAP and check their entries, or write rows for the node roles.',
  }),
  TAE743: finding<{ call: string; version: string; old: string; kind: 'argument' | 'output'; now: string }>({
    title: 'Name of the karpenter submodule that is gone',
    message: ({ call, version, old, kind }) =>
      `${call} is at ${version}, which has no ${kind} ${old}: version 20 removed the name.`,
    hint: ({ now }) => now,
  }),
  TAE744: finding<{ call: string; what: string }>({
    title: "Controller's role in place of the node role",
    message: ({ call, what }) =>
      `${what} is for nodes and names ${call}.iam_role_arn, which since version 20 is the role of the Karpenter controller.`,
    hint: ({ call }) => `Use ${call}.node_iam_role_arn.`,
  }),
  TAE745: warning<{ count: number; resource: string }>({
    title: 'Import blocks that Terraform 1.16.0 skips',
    message: ({ count, resource }) =>
      `${count} import blocks are for instances of ${resource}. Terraform 1.16.0 takes the first one only and creates the others, which fails with 409 ResourceInUseException.`,
    hint: () =>
      'Write one import block with for_each, or exclude the release: required_version = "!= 1.16.0". 1.16.1 has the fix.',
  }),
  TAE746: warning<{ from: string }>({
    title: 'removed block that destroys aws-auth',
    message: ({ from }) =>
      `The removed block of ${from} has no destroy = false, so Terraform destroys it, and with it all rows of aws-auth, those of nodes too.`,
    hint: () => 'To keep the ConfigMap, add lifecycle { destroy = false }.',
  }),
};
