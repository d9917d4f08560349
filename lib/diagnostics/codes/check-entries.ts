import { finding, note, warning } from './definition.ts';

type Entry = { entry: string };

const reservedFor = {
  nodes: {
    whom: 'nodes of Auto Mode, whose entry is of type EC2',
    todo: 'For nodes of Auto Mode write type = "EC2": the entry is replaced, and EKS deletes the association with it, which the plan does not show. Replace that as well, by -replace, or apply twice.',
  },
  'cluster-role': {
    whom: 'the IAM role of the cluster',
    todo: 'Take it out: EKS gives it to the role of the cluster by itself.',
  },
  'aws-services': {
    whom: 'a role that an AWS service uses',
    todo: 'Give it to that role, where the guide of the service asks for it, and take it out here.',
  },
} as const;

/** TAE284, TAE705-TAE729, TAE748, TAE750-TAE753, TAE760 and TAE763: what `check` says of access entries as they are written. */
export const checkEntryCodes = {
  TAE284: warning(
    'Policy that does not wait for its entry',
    '{association} is for the principal of {entry}, and does not wait for it: Terraform may ask for the policy first. EKS then does not find the principal, and the provider asks again for two minutes. Where ten of these ask first, as many as Terraform by default does at once, no entry has its turn, and the apply fails.',
    'Write {way} there.',
  ),
  TAE705: finding<Entry & { key: string; where: string; meant: string }>(
    'Key that the eks module ignores',
    ({ entry, key, where }) =>
      `${entry} has ${key}${where === '' ? '' : ` in ${where}`}, which the eks module does not know and ignores.`,
    ({ meant }) => meant,
  ),
  TAE706: finding(
    'Reserved group in an access entry',
    '{entry} has the group "{group}": EKS refuses groups that begin with "{prefix}".',
    '{instead}',
  ),
  TAE707: finding(
    'Username that EKS refuses',
    'The username "{username}" of {entry} {problem}, and EKS refuses it.',
    'Leave user_name out, or write one without such a prefix. A colon must stand before {{SessionName}} or {{SessionNameRaw}}.',
  ),
  TAE708: finding<Entry & { principal: string; what: string; when?: string | undefined }>(
    'Principal that EKS refuses',
    ({ entry, principal, what, when }) =>
      `${entry} is for ${principal}, which is ${what}${when === undefined ? ':' : `. Where ${when},`} the entry is refused.`,
    'Name an IAM role or an IAM user; for a node type, a role of the account of the cluster. For a session name the role that is to have access. A service-linked role gets no entry: take it out.',
  ),
  TAE709: warning(
    'Entry for the root of an account',
    '{entry} is for {principal}. EKS accepts the entry, and no role or IAM user comes in by it: the root does not stand for the principals of its account.',
    'Write an entry for each role or user that needs access.',
  ),
  TAE710: note(
    'Entry for an IAM user',
    '{entry} is for {principal}, an IAM user.',
    'Prefer a role: its sessions end, and the keys of a user do not.',
  ),
  TAE711: finding(
    'Role ARN without its path',
    '{entry} names {principal} without the path of that role: the apply fails with "invalid principal", after two minutes in which the provider tries again.',
    'Write the whole ARN. Only aws-auth wants it without the path.',
  ),
  TAE712: warning(
    'Region in the path of an Identity Center role',
    '{what} has the path of a role of Identity Center, and {why}.',
    'The region in the path is the home region of Identity Center. Look the ARN up: aws iam get-role --role-name <name> --query Role.Arn',
  ),
  TAE713: note(
    'Identity Center role by its suffix',
    '{entry} names {role} by its suffix. When the permission set loses its last assignment and gets one again, the role has another suffix, and this entry names a role that no longer exists.',
    'A data source "aws_iam_roles" with name_regex and path_prefix finds the role by the name of its permission set.',
  ),
  TAE714: finding('Unknown type of an entry', '{entry} has the type "{type}", which EKS does not know.', '{meant}'),
  TAE715: finding(
    'Field that an entry of a node type cannot have',
    '{entry} has {field}, and its type is {type}: {effect}.',
    'Leave {field} out.',
  ),
  TAE716: warning(
    'Entry that EKS makes itself',
    '{entry} is for the role of {owner}, whose entry EKS makes itself. Unless that one was imported, or this one made before the group, the apply fails with 409 ResourceInUseException.',
    'Where it is not in the state, take it out, or import the one that EKS made. Where it is, leave it there: taken out, it is destroyed, and the nodes lose access.',
  ),
  TAE717: finding(
    'Entry that the module makes too',
    '{entry} is for the role of {owner}, whose entry the module makes: the second one fails with 409 ResourceInUseException.',
    'Keep the one that is in the state, if one is: take this entry out, or set create_access_entry = false there.',
  ),
  TAE718: finding(
    'Two entries for one principal',
    '{entry} and {other} are both for {principal}: the second one fails with 409 ResourceInUseException.',
    'Merge the two into one entry with the groups and the policies of both, in the place of the one that is in the state.',
  ),
  TAE719: finding(
    'Two policy associations with one key',
    '{first} and {second} both have the key "{key}" inside the module: Terraform refuses a map with two equal keys.',
    'Rename the key of the policy that is not applied yet: the module joins the key of the entry and the key of the policy with "_".',
  ),
  TAE720: finding(
    'Policy of another partition',
    '{entry} has {policy}, and the partition is {partition}: {because}. EKS answers "The specified policyArn could not be found".',
    'Begin the ARN with arn:{partition}:, or take it from data.aws_partition. Where the cluster is not in {partition}, mend what that was taken from.',
  ),
  TAE721: finding(
    'Not the ARN of an access policy',
    '{entry} has policy_arn "{policy}", which is not the ARN of an access policy: Terraform or EKS refuses it.',
    'Access policies are named arn:<partition>:eks::aws:cluster-access-policy/<name>; `aws eks list-access-policies` lists them. IAM policies are something else.',
  ),
  TAE722: finding(
    'Access scope that is refused',
    'The policy {association} of {entry} {problem}.',
    'access_scope is { type = "cluster" }, or { type = "namespace", namespaces = ["..."] } with at least one namespace.',
  ),
  TAE723: finding<Entry & { via: string; output: string }>(
    'Entry that waits for itself',
    ({ entry, via, output }) =>
      `${entry} reads ${via === output ? output : `${via}, which reads ${output}`}, and that waits for the module's access entries: Terraform stops with a cycle.`,
    'Write it as aws_eks_access_entry and aws_eks_access_policy_association beside the module; they may read the outputs. What is in the state needs moved blocks.',
  ),
  TAE724: warning(
    'Principal that may be known only after the apply',
    '{what} reads {data}, which waits for {waits}. Whenever that changes, the ARN is "known after apply": the plan replaces the entry, and its principal may be without access in between.',
    'Take depends_on away where that is why it waits, or write the ARN without the data source.',
  ),
  TAE725: warning(
    'Username of the entry differs from the row',
    '{principal} has the username "{row}" in aws-auth, and {entry} in its entry. In a mode with the API the entry alone is in force: bindings of kind User and audit queries for the old name no longer match.',
    'Set user_name of the entry to the username of the row, unless the change is wanted.',
  ),
  TAE726: warning(
    'Group beside system:masters left out',
    '{principal} has {groups} beside system:masters in aws-auth, and not in its entry. An entry replaces the whole row.',
    'Add it to kubernetes_groups of the entry: admission policies and audit queries may use it.',
  ),
  TAE727: note(
    'Entry without groups and policies',
    '{entry} has neither groups nor policies: its principal is let in, and may do what is bound to its username, if anything.',
    'Give it kubernetes_groups or policy_associations, or take it out where nobody signs in by it.',
  ),
  TAE728: finding(
    'One policy twice in an entry',
    '{entry} has {policy} twice. To EKS the two are one association, with the scope that is written last.',
    'Write it once, for the cluster, or with the namespaces of both. Where both are in the state, run `terraform state rm` on the one that you take out first: its destroy would take the policy away.',
  ),
  TAE748: finding(
    'policy_associations is null',
    '{entry} has policy_associations = null: version 20 of the eks module goes through them, and Terraform stops at null.',
    'Leave policy_associations out, or write an empty map.',
  ),
  TAE750: finding(
    'Access policy that cannot be associated',
    '{entry} has {policy}, which {problem}.',
    '`aws eks list-access-policies` lists the policies. Take one that is for people, or for nodes of type EC2.',
  ),
  TAE751: finding('Access entry that lacks a field', '{what} {lack}: {reader}, and Terraform stops.', 'Write {field}.'),
  TAE752: finding(
    'More tags than an access entry may have',
    '{entry} has {count} tags{counted}, and EKS takes 50.',
    'Take the others out. The tags of the eks module and default_tags of the provider count, too.',
  ),
  TAE753: warning(
    'Policy for a principal without an entry',
    '{resource} is for {principal}, and no access entry of this root module is. EKS refuses a policy for a principal without one.',
    'Write an aws_eks_access_entry for it. Where EKS, the eks module or another root module makes the entry, nothing has to be done.',
  ),
  TAE760: warning(
    'Template that is not documented for entries',
    '{entry} has {what}: aws-auth {does} {template}. What an access entry does with it is not documented: the braces may be part of the name.',
    'Write the name out. {{SessionName}} and {{SessionNameRaw}} are documented, for usernames of roles alone.',
  ),
  // The provider plans nothing for an association whose entry is replaced, and EKS deletes it with the entry.
  TAE763: warning<{ entry: string; policy: string; isFor: keyof typeof reservedFor; who: string }>(
    'Access policy of nodes, of the cluster or of a service in an entry for people',
    ({ entry, policy, isFor, who }) =>
      `${entry} is of type STANDARD and has ${policy}, which is for ${reservedFor[isFor].whom}${isFor === 'aws-services' ? `; its principal is ${who}` : ''}.`,
    ({ isFor }) =>
      `${reservedFor[isFor].todo} For people take one of their policies: \`tf-access-entries policies\` lists them.`,
  ),
};
