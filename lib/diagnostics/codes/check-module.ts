import { finding, fromLive, note, warning } from './definition.ts';

/** Source: eksctl issue 7552 */
const noOtherMode = 'A local cluster on Outposts with Amazon EBS has no other mode.';
const onOutposts = `${noOtherMode} Take the entries out, and give access by rows of aws-auth.`;

/** TAE701-TAE704, TAE730-TAE749, TAE754, TAE755, TAE759, TAE761 and TAE762: what `check` says of rows, of comments, of a cluster, its node groups and what surrounds them. */
export const checkModuleCodes = {
  TAE701: warning(
    'aws-auth is still in use',
    '{call} writes the aws-auth ConfigMap. Access entries replace it.',
    '`tf-access-entries status` says at which phase of the migration the source is, `tf-access-entries convert` writes the phases.',
  ),
  TAE702: warning<{ principal: string; isList?: boolean }>(
    'Row without an access entry',
    ({ principal, isList = false }) =>
      isList
        ? `Only a plan knows the rows of ${principal}, and nothing in this root module makes access entries of them. Who has no entry loses what the row grants when aws-auth goes.`
        : `${principal} has a row in aws-auth and no access entry that is seen in this root module. Without one it loses what the row grants when aws-auth goes.`,
    'Where the mode has the API, grant new access by an access entry instead. For rows that are there already, `tf-access-entries convert` writes entries.',
  ),
  TAE703: warning(
    'Suppression comment without effect',
    'This comment does not silence what it should: {reason}.',
    'Write `# tf-access-entries-ignore: TAE702 <reason>`; several codes are separated by commas.',
  ),
  TAE704: warning(
    'Suppression comment that matches nothing',
    'There is no {code} on the line that this comment covers.',
    'Remove the code, or the comment where it has no other code: it would hide the next such finding.',
  ),
  TAE730: finding(
    'Release with a fault that this entry meets',
    '{entry} {has}, and {call} is at {version}: {effect}.',
    '{fixed}',
  ),
  TAE731: finding<{ call: string; what: string; isOnOutposts: boolean }>(
    'Access entries in mode CONFIG_MAP',
    ({ call, what }) =>
      `authentication_mode of ${call} is CONFIG_MAP, in which EKS refuses every call about access entries, and ${what}.`,
    ({ isOnOutposts }) =>
      isOnOutposts
        ? onOutposts
        : 'Set authentication_mode = "API_AND_CONFIG_MAP", apply, and add the entries then. There is no way back.',
  ),
  TAE732: note<{ call: string; version: string; keepsCluster: boolean; isOnOutposts: boolean }>(
    'Mode in which no new cluster can be made',
    ({ call, version, keepsCluster }) =>
      `authentication_mode of ${call} (${version}) is CONFIG_MAP. ${keepsCluster ? 'An existing cluster stays as it is. ' : ''}A new one cannot be created in this mode: EKS then requires bootstrapClusterCreatorAdminPermissions, and the module turns it off since version 20.`,
    ({ isOnOutposts }) => (isOnOutposts ? noOtherMode : 'For a new cluster use API_AND_CONFIG_MAP or API.'),
  ),
  TAE733: finding(
    'The runner gets two entries',
    '{call} has enable_cluster_creator_admin_permissions, which makes an entry for whoever runs Terraform, and {entry} is for {why}: the second one fails with 409 ResourceInUseException.',
    'Remove enable_cluster_creator_admin_permissions and keep the entry, with AmazonEKSClusterAdminPolicy. What the state has under cluster_creator for it needs moved blocks to its key.',
  ),
  TAE734: warning(
    'The key cluster_creator is taken',
    'access_entries of {call} has the key cluster_creator, which enable_cluster_creator_admin_permissions uses: the entry written here takes its place, so the flag makes none.',
    'Remove the flag, which changes nothing. Where whoever runs Terraform is to be an administrator, too, write an entry for that role beside this one, unless it has one already.',
  ),
  TAE735: note(
    'Administrator who changes with the runner',
    '{call} has enable_cluster_creator_admin_permissions: its administrator is whoever runs Terraform. When somebody else runs it, in CI and on a laptop for example, the entry is replaced.',
    'Write an entry for the role that is to run Terraform, and remove the flag: in the same apply, with moved blocks, where cluster_creator is the entry of that role, else in the next, as that role. Whoever else has that entry loses it.',
  ),
  TAE736: warning(
    'No administrator in this source',
    '{call} ({version}) gives nobody AmazonEKSClusterAdminPolicy, not even its creator, and the provider {provider} signs in to it. On a new cluster that fails in the first apply, unless an entry gives enough to the role that it signs in as.',
    'Write an entry with AmazonEKSClusterAdminPolicy for that role. On an existing cluster it may have its rights from another source.',
  ),
  TAE737: finding<{ call: string; hasEntries: boolean; isUnit: boolean }>(
    'bootstrap_cluster_creator_admin_permissions is no argument of the module',
    ({ call, isUnit }) =>
      `${call} sets bootstrap_cluster_creator_admin_permissions, which no release of the eks module has: Terraform ${isUnit ? 'ignores' : 'refuses'} it. It cannot be changed once the cluster is made.`,
    ({ hasEntries }) =>
      hasEntries
        ? 'Remove it. Write an entry for the creator, or set enable_cluster_creator_admin_permissions.'
        : 'Remove it. Before version 20 of the module the creator of a cluster is its administrator by itself.',
  ),
  TAE738: warning(
    'AWS provider that resets entries',
    'The constraint "{constraint}" admits releases of the aws provider before 5.42.0. They reset the groups or the username of an access entry when they update the other.',
    'Require version >= 5.42.0, and run `terraform init -upgrade`.',
  ),
  TAE739: finding(
    'Node groups with one role make two entries',
    '{first} and {second} share the role {role}, and each gets an access entry for it: the second one fails with 409 ResourceInUseException.',
    '{way}',
  ),
  TAE740: finding(
    'One role for Linux and Windows nodes',
    '{linux} and {windows} share the role {role}, which can have one entry, of one type. With EC2_LINUX the network of the Windows nodes does not work.',
    'Give the Windows nodes a role of their own.',
  ),
  TAE741: warning(
    'Windows node group with an AMI of its own',
    '{group} has Windows nodes with an AMI of its own. EKS may make its entry with the type EC2_LINUX, which breaks their network, and a type cannot be changed.',
    'Give it a role that exists before the group, with an entry of the type EC2_WINDOWS. Where the group exists, check the type of its entry.',
  ),
  TAE742: finding(
    'aws-auth without rows for nodes',
    '{call} writes the whole of mapRoles and has no row for nodes, the mode is CONFIG_MAP, and the cluster has {owners}: every apply removes their rows, and the nodes cannot join.',
    'Set the mode to API_AND_CONFIG_MAP and check their entries, or write rows for the node roles.',
  ),
  TAE743: finding<{ call: string; version: string; old: string; kind: 'argument' | 'output'; now: string }>(
    'Name of the karpenter submodule that is gone',
    ({ call, version, old, kind }) =>
      `${call} is at ${version}, which has no ${kind} ${old}: version 20 removed the name.`,
    ({ now }) => now,
  ),
  TAE744: finding(
    "Controller's role in place of the node role",
    '{what} is for nodes and names {call}.iam_role_arn, which since version 20 is the role of the Karpenter controller.',
    'Use {call}.node_iam_role_arn. Where the karpenter submodule makes the entry of that role, take this one out instead.',
  ),
  TAE745: warning<{ count: number; resource: string; isRefused: boolean }>(
    'Import blocks that Terraform 1.16.0 skips',
    ({ count, resource, isRefused }) =>
      `${count} import blocks are for instances of ${resource}. Terraform 1.16.0 takes the first one only and creates the others${isRefused ? ', which fails with 409 ResourceInUseException' : ''}.`,
    'Write one import block with for_each, or exclude the release: required_version = "!= 1.16.0". 1.16.1 has the fix.',
  ),
  TAE746: warning<{ from: string; isModule: boolean }>(
    'removed block that destroys aws-auth',
    ({ from, isModule }) =>
      `The removed block of ${from} has no destroy = false, so Terraform destroys ${isModule ? 'all that the module has made' : 'it'}: what it writes into aws-auth goes, with mapRoles the rows of nodes, too.`,
    'To keep the ConfigMap, add lifecycle { destroy = false }.',
  ),
  TAE747: warning(
    'All entries under one switch',
    '{switch} decides whether the access entries that are written for {cluster} are there at all. If it was the switch of aws-auth, which is gone from this source, whoever changes it deletes them.',
    'Where the condition holds in every environment, take it off the entries. The plan must show no change.',
  ),
  TAE754: note(
    'aws-auth is still honoured',
    '{call} has {what} and no authentication_mode, so its mode is API_AND_CONFIG_MAP: rows that are left in the aws-auth ConfigMap of the cluster count, and nothing here writes them.',
    'Look at `kubectl get configmap aws-auth -n kube-system -o yaml`. Where it is not needed any more, set authentication_mode = "API". There is no way back.',
  ),
  // Of whom it is tells a baseline that somebody else is let in.
  TAE755: warning<{ call: string; principal: string; rows: string; route: string; who: string; way: string }>(
    'Rows that no phase rewrites',
    ({ call, rows, route, who }) => `${call} has ${rows} (${route}), which \`convert\` does not rewrite: ${who}.`,
    ({ way }) => `${fromLive} ${way}`,
  ),
  TAE759: warning(
    'Auto Mode without an entry of type EC2 or its policy',
    '{what}. The role that a node class of yours names needs an entry of type EC2 with AmazonEKSAutoNodePolicy: without it, its nodes do not join.',
    'Write an entry of type "EC2" for that role, with AmazonEKSAutoNodePolicy. Without such nodes, name the built-in node_pools.',
  ),
  TAE761: warning(
    'Manifest that names system:masters',
    '{resource} names the group system:masters in {places}. An access entry gives nobody that group, so what looks for it there does not find {principals}.',
    'Give their entries a group of your own, and name that one there, too.',
  ),
  TAE762: warning<{ call: string; entry: string; isOnOutposts: boolean }>(
    'Access entries beside a cluster without a mode',
    ({ call, entry }) =>
      `${call} has no authentication_mode, and there is ${entry}. Without a mode EKS takes CONFIG_MAP, in which it refuses every call about access entries.`,
    ({ isOnOutposts }) =>
      isOnOutposts
        ? onOutposts
        : 'Write access_config with authentication_mode = "API_AND_CONFIG_MAP", or "API" where the cluster has that, and list access_config[0].bootstrap_cluster_creator_admin_permissions in ignore_changes. The plan must not replace the cluster.',
  ),
};
