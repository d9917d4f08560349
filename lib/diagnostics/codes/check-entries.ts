import { finding, note, warning } from './definition.ts';

type Entry = { entry: string };

/** TAE705-TAE729: what `check` says of access entries as they are written. */
export const checkEntryCodes = {
  TAE705: finding<Entry & { key: string; where: string; meant: string }>({
    title: 'Key that the eks module ignores',
    message: ({ entry, key, where }) =>
      `${entry} has ${key}${where === '' ? '' : ` in ${where}`}, which the eks module does not know and silently ignores.`,
    hint: ({ meant }) => meant,
  }),
  TAE706: finding<Entry & { group: string; prefix: string; instead: string }>({
    title: 'Reserved group in an access entry',
    message: ({ entry, group, prefix }) =>
      `${entry} has the group "${group}": EKS refuses groups that begin with "${prefix}".`,
    hint: ({ instead }) => instead,
  }),
  TAE707: finding<Entry & { username: string; problem: string }>({
    title: 'Username that EKS refuses',
    message: ({ entry, username, problem }) => `The username "${username}" of ${entry} ${problem}, and EKS refuses it.`,
    hint: () =>
      'Leave user_name out, or write one without such a prefix. A colon must stand before {{SessionName}} or {{SessionNameRaw}}.',
  }),
  TAE708: finding<Entry & { principal: string; what: string }>({
    title: 'Principal that EKS refuses',
    message: ({ entry, principal, what }) => `${entry} is for ${principal}, which is ${what}: EKS refuses the entry.`,
    hint: () => 'Name an IAM role or an IAM user. Behind a session stands a role.',
  }),
  TAE709: warning<Entry & { principal: string }>({
    title: 'Entry for the root of an account',
    message: ({ entry, principal }) =>
      `${entry} is for ${principal}. EKS accepts the entry, and it grants nothing: the root does not stand for the principals of its account.`,
    hint: () => 'Write an entry for each role that needs access.',
  }),
  TAE710: note<Entry & { principal: string }>({
    title: 'Entry for an IAM user',
    message: ({ entry, principal }) => `${entry} is for ${principal}, an IAM user.`,
    hint: () => 'Prefer a role: its sessions end, and the keys of a user do not.',
  }),
  TAE711: finding<Entry & { principal: string }>({
    title: 'Role ARN without its path',
    message: ({ entry, principal }) =>
      `${entry} names ${principal} without the path of that role: EKS answers "invalid principal" after two minutes.`,
    hint: () => 'Write the whole ARN. Only aws-auth wants it without the path.',
  }),
  TAE712: warning<{ what: string; why: string }>({
    title: 'Region in the path of an Identity Center role',
    message: ({ what, why }) => `${what} has the path of a role of Identity Center, and ${why}.`,
    hint: () =>
      'The region in the path is the home region of Identity Center. Look the ARN up: aws iam get-role --role-name <name> --query Role.Arn',
  }),
  TAE713: note<Entry & { role: string }>({
    title: 'Identity Center role by its suffix',
    message: ({ entry, role }) =>
      `${entry} names ${role} by its suffix. When the permission set loses its last assignment and gets one again, the role has another suffix, and this entry names a role that no longer exists.`,
    hint: () =>
      'A data source "aws_iam_roles" with name_regex and path_prefix finds the role by the name of its permission set.',
  }),
  TAE714: finding<Entry & { type: string; meant: string }>({
    title: 'Unknown type of an entry',
    message: ({ entry, type }) => `${entry} has the type "${type}", which EKS does not know.`,
    hint: ({ meant }) => meant,
  }),
  TAE715: finding<Entry & { field: string; type: string; effect: string }>({
    title: 'Field that an entry of a node type cannot have',
    message: ({ entry, field, type, effect }) => `${entry} has ${field}, and its type is ${type}: ${effect}.`,
    hint: ({ field }) => `Leave ${field} out. The type gives a node its rights.`,
  }),
  TAE716: warning<Entry & { owner: string }>({
    title: 'Entry that EKS makes itself',
    message: ({ entry, owner }) =>
      `${entry} is for the role of ${owner}, whose entry EKS makes itself. Unless that one was imported, the apply fails with 409 ResourceInUseException.`,
    hint: () => 'Take the entry out, or import the one that EKS made.',
  }),
  TAE717: finding<Entry & { owner: string }>({
    title: 'Entry that the module makes too',
    message: ({ entry, owner }) =>
      `${entry} is for the role of ${owner}, whose entry the module makes: the second one fails with 409 ResourceInUseException.`,
    hint: () => 'Take the entry out, or set create_access_entry = false there.',
  }),
  TAE718: finding<Entry & { other: string; principal: string }>({
    title: 'Two entries for one principal',
    message: ({ entry, other, principal }) =>
      `${entry} and ${other} are both for ${principal}: the second one fails with 409 ResourceInUseException.`,
    hint: () => 'Merge the two into one entry with the groups and the policies of both.',
  }),
  TAE719: finding<{ first: string; second: string; key: string }>({
    title: 'Two policy associations with one key',
    message: ({ first, second, key }) =>
      `${first} and ${second} both have the key "${key}" inside the module: Terraform refuses a map with two equal keys.`,
    hint: () => 'Rename one of the keys: the module joins the key of the entry and the key of the policy with "_".',
  }),
  TAE720: finding<Entry & { policy: string; partition: string; because: string }>({
    title: 'Policy of another partition',
    message: ({ entry, policy, partition, because }) =>
      `${entry} has ${policy}, and the partition is ${partition}: ${because}. EKS answers "The specified policyArn could not be found".`,
    hint: ({ partition }) => `Begin the ARN with arn:${partition}:, or take it from data.aws_partition.`,
  }),
  TAE721: finding<Entry & { policy: string }>({
    title: 'Not the ARN of an access policy',
    message: ({ entry, policy }) =>
      `${entry} has policy_arn "${policy}", which is no access policy of EKS: "The policyArn parameter format is not valid".`,
    hint: () =>
      'Access policies are named arn:aws:eks::aws:cluster-access-policy/<name>; `aws eks list-access-policies` lists them. IAM policies are something else.',
  }),
  TAE722: finding<Entry & { association: string; problem: string }>({
    title: 'Access scope that is refused',
    message: ({ entry, association, problem }) => `The policy ${association} of ${entry} ${problem}.`,
    hint: () =>
      'access_scope is { type = "cluster" }, or { type = "namespace", namespaces = ["..."] } with at least one namespace.',
  }),
  TAE723: finding<Entry & { via: string; output: string }>({
    title: 'Entry that waits for itself',
    message: ({ entry, via, output }) =>
      `${entry} reads ${via === output ? output : `${via}, which reads ${output}`}, and that output waits for the module's access entries: Terraform stops with a cycle.`,
    hint: () =>
      'Write it as aws_eks_access_entry and aws_eks_access_policy_association beside the module; they may read the outputs.',
  }),
  TAE724: warning<{ what: string; data: string; waits: string }>({
    title: 'Principal that may be known only after the apply',
    message: ({ what, data, waits }) =>
      `${what} reads ${data}, which waits for ${waits}. Whenever that changes, the ARN is "known after apply": the entry is replaced, and its principal is without access in between.`,
    hint: () => 'Take depends_on away there, or write the ARN without the data source.',
  }),
  TAE725: warning<{ principal: string; row: string; entry: string }>({
    title: 'Username of the entry differs from the row',
    message: ({ principal, row, entry }) =>
      `${principal} has the username "${row}" in aws-auth, and ${entry} in its entry. The entry is in force: bindings of kind User and audit queries for the old name no longer match.`,
    hint: () => 'Set user_name of the entry to the username of the row, unless the change is wanted.',
  }),
  TAE726: warning<{ principal: string; groups: string }>({
    title: 'Group beside system:masters left out',
    message: ({ principal, groups }) =>
      `${principal} has ${groups} beside system:masters in aws-auth, and not in its entry. An entry replaces the whole row.`,
    hint: () => 'Add it to kubernetes_groups of the entry: admission policies and audit queries may use it.',
  }),
};
