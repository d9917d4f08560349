import { blockedRow } from './definition.ts';

type Principal = { principal: string };

/** Source: kubernetes-sigs/aws-iam-authenticator, pkg/config/mapper.go. */
const hasWildcard = (principal: string): boolean => /^"?arn:.*[*?]/.test(principal);

/** What makes a command of a row, by what is not known of it. */
const waysIntoScript = {
  arn: 'The ARN of an expression can stand in the config: { "principals": { "<the expression>": { "arn": "<ARN>" } } }. Or write the row out',
  condition: 'Write the row without the condition where it holds here',
  cluster:
    'Write the call once for each cluster, with a `moved` block for each instance, or Terraform destroys the clusters',
  path: 'Give --sso-region',
  rights: 'Write the row out',
};

/** Who is to have the entry in place of a principal that cannot have one. */
const waysToEntry = {
  role: 'Name the IAM role behind it, or drop the row in the config.',
  caller:
    'Write the ARN of the role out, or data.aws_iam_session_context.<name>.issuer_arn; or drop the row in the config.',
  federated:
    'aws-auth lets a federated user in. Have who signs in this way assume a role, and write a row for that. Then drop the row in the config.',
  nobody:
    'aws-auth lets nobody in by it. Write a row for each role or user that needs access, or drop the row in the config.',
};

/** How a row becomes one that an entry of the call can take. */
const waysOutOfInstance = {
  row: 'Write the row without each and count, or write its entries by hand',
  argument:
    'Have its entry fit into access_entries of the call (the page of this code says how), or write its entries by hand',
  emit: 'Leave --emit resources out, or write its entries by hand',
  path: 'Give the home region of Identity Center with --sso-region, or write its entries by hand',
  none: 'Write its entries by hand',
};

/** TAE301-TAE399, but for those of liveRowCodes: rows that cannot be converted. Each ends as blocked until the source or the config settles it. */
export const rowCodes = {
  TAE301: blockedRow(
    'Service-linked role',
    '{principal} is a service-linked role: EKS refuses an access entry for it.',
    'The service needs another way in (its own setup makes a role, or an entry by itself). Drop the row in the config once it has one.',
  ),
  TAE302: blockedRow(
    'Account root',
    '{principal} does not stand for the principals of its account: an access entry for it is accepted and has no effect.',
    'List the roles that need access, or drop the row in the config.',
  ),
  TAE303: blockedRow<Principal & { what: string; way: keyof typeof waysToEntry }>(
    'Principal that an access entry cannot name',
    '{principal} is {what}: access entries take IAM roles and IAM users only.',
    ({ way }) => waysToEntry[way],
  ),
  TAE304: blockedRow<Principal & { name: { what: string; arn: string } | undefined }>(
    'Not an ARN of a role or user',
    ({ principal, name }) => {
      if (name) return `${principal} is ${name.what} and not its ARN, so this row grants nothing today.`;
      return hasWildcard(principal)
        ? `${principal} is not the ARN of one IAM role or user. The authenticator knows no wildcards, so this row grants nothing today.`
        : `${principal === '' ? 'An empty text' : principal} is not the ARN of an IAM role or user, so this row grants nothing today.`;
    },
    ({ principal, name }) => {
      if (name) return `If it is to get access, write ${name.arn} in its place. Else drop the row in the config.`;
      if (principal === '') return 'Write the ARN, or remove the row.';
      return hasWildcard(principal)
        ? 'Write one row for each principal that needs access, or drop the row in the config.'
        : 'Correct the ARN, or drop the row in the config.';
    },
  ),
  TAE305: blockedRow<Principal & { account: string }>(
    'Account id without 12 digits',
    ({ principal, account }) =>
      `The account id ${account} of ${principal} does not have 12 digits, so this row grants nothing today.${
        /^\d{1,11}$/.test(account) ? ' An account id that was once a number has lost its leading zeros.' : ''
      }`,
    ({ account }) =>
      /^\d{1,11}$/.test(account)
        ? 'Write the id with its zeros, in quotes, or drop the row in the config.'
        : 'Write the id of the account, or drop the row in the config. An organization (o-...) has no roles.',
  ),
  TAE306: blockedRow<{ row: string; problem: string; isNamed: boolean; isOfPermissionSet: boolean }>(
    'Wrong keys in a row',
    ({ row, problem, isOfPermissionSet }) =>
      isOfPermissionSet
        ? `${row} ${problem}. The authenticator reads the key "sso" where it is told to. Whether EKS does so is not known, so it is not known either what the row grants today.`
        : `${row} ${problem}. EKS ignores keys it does not know, so this row does not grant what it seems to.`,
    ({ isNamed, isOfPermissionSet }) =>
      `${
        isOfPermissionSet
          ? 'See in the log of the authenticator who signs in by it. Write rolearn with the role of the permission set in its place'
          : 'Rows have rolearn or userarn, username and groups. Correct the keys, apply, and see whom it lets in'
      }; or ${isNamed ? 'drop the row in the config' : 'remove the row'}.`,
  ),
  TAE307: blockedRow<Principal & { inPart: boolean }>(
    'groups is not a list',
    ({ principal, inPart }) =>
      inPart
        ? `groups of ${principal} has an item that is no string. Where the live ConfigMap has it without quotes, the row is valid today, with the other groups alone.`
        : `groups of ${principal} is not a list of strings: the row is valid today, with no groups at all.`,
    ({ inPart }) =>
      inPart
        ? 'Look into the live ConfigMap. Write the item in quotes where it has quotes there, or where the group is wanted. Else take it out, or accept TAE307 in the config to convert the row with the other groups.'
        : 'Write a list if the groups are wanted. Accept TAE307 in the config to convert the row without groups, or drop it.',
  ),
  TAE308: blockedRow<Principal & { known: boolean }>(
    'Role ARN with a path never matched',
    ({ principal, known }) =>
      known
        ? `${principal} has a path, and aws-auth never matches a role ARN with a path: this row grants nothing today. An access entry for it would.`
        : `${principal} gets its path from an expression, and aws-auth never matches a role ARN with a path: with one this row grants nothing today. An access entry for it would.`,
    ({ known }) =>
      known
        ? 'Drop the row in the config, or accept TAE308 there to grant the access.'
        : 'Accept TAE308 for the principal in the config where the path is /: the row grants access today, and its entry will. With another path drop the row, or accept TAE308 to grant the access.',
  ),
  TAE309: blockedRow(
    'Group that only looks like system:masters',
    '{principal} has the group "{group}", which is not system:masters: Kubernetes itself binds nothing to that name.',
    'Correct the group if admin rights are wanted, or say in the config under "groups" what it becomes.',
  ),
  TAE311: blockedRow(
    'Users that differ only by case',
    '{principal} is listed twice with different case: the authenticator picks one of the rows at each request.',
    'Keep the row that you want, apply, and run again.',
  ),
  TAE312: blockedRow(
    'Node row with other rights',
    '{principal} is a {row} {problem}. An entry of a node type takes neither a username nor groups, so it cannot carry that.',
    'Give the node role the node username and the node groups only, and people another role. A group that EC2 nodes can do without and no people have, such as system:node-proxier, is given up in the config: { "groups": { "<group>": { "drop": true } } }.',
  ),
  TAE313: blockedRow(
    'SSO role of another account',
    '{principal} is an Identity Center role of account {account}, which is not known to be that of the cluster: its path cannot be looked up from here.',
    'Give its ARN in the config: { "principals": { "<ARN in the row>": { "arn": "<ARN with the path>" } } }.',
  ),
  TAE314: blockedRow(
    'Reserved group',
    '{principal} has the group "{group}": an access entry refuses groups that begin with system:, eks:, aws:, amazon: or iam:.',
    'Bind its rights to a group of your own (a ClusterRoleBinding), and say in the config under "groups" what it becomes.',
  ),
  TAE315: blockedRow<Principal & { group: string; template: string; isFilledIn: boolean; isKnown: boolean }>(
    'Template in a group name',
    ({ principal, group, template, isFilledIn }) =>
      `${principal} has the group "${group}": aws-auth ${isFilledIn ? 'fills in' : 'does not know'} ${template}, and nothing says that an access entry does.`,
    ({ isKnown }) =>
      `${isKnown ? 'Say' : 'Write the group out in the row, and say'} in the config under "groups" which group it becomes.`,
  ),
  TAE316: blockedRow(
    'Username that an access entry refuses',
    'The username "{username}" of {principal} {problem}. Without it the entry gets a default username, and bindings of kind User to the old name stop working.',
    'Look for such bindings. Accept TAE316 for the principal in the config to leave the username out, or change it in aws-auth first.',
  ),
  TAE317: blockedRow<{ list: string; account: string; isId: boolean }>(
    'Account mapping',
    ({ list, account, isId }) =>
      isId
        ? `${list} lets in every principal of account ${account}; an access entry cannot stand for an account. Each principal needs its own entry.`
        : `${list} has ${account}, which is no account id: these have 12 digits. It lets in nobody, and an access entry cannot stand for an account.`,
    ({ isId }) =>
      isId
        ? 'Find who signs in this way: the authenticator log and the audit log name users by their ARN. Write rows for them, then remove the account or drop it in the config.'
        : 'Remove it, or drop it in the config. Where an account is meant, its principals need rows of their own.',
  ),
  TAE318: blockedRow(
    'Groups known only at plan time',
    'The groups of {principal} are known only at plan time: EKS would refuse a reserved group among them, and system:masters has to become a policy.',
    'Write the groups out in the row.',
  ),
  TAE319: blockedRow<Principal & { username: string; problem: string; isText: boolean }>(
    'Username known only at plan time',
    ({ username, principal, problem }) => `The username ${username} of ${principal} ${problem}.`,
    ({ isText }) =>
      isText
        ? 'Write it out, or accept TAE319 for the principal in the config when it never begins with system:, eks:, aws:, amazon: or iam:, and has a colon before {{SessionName}} and no other template, for an IAM user none at all.'
        : 'Write it in quotes where the live ConfigMap has it in quotes, or where the name is wanted. Else write null in its place.',
  ),
  TAE320: blockedRow(
    'Row that is not an object',
    'This row is {what}: its principal and rights cannot be read from the source.',
    'Write the row out as an object with rolearn or userarn, username and groups.',
  ),
  TAE321: blockedRow(
    'Node role that a node entry cannot name',
    "{principal} is a node row, and {problem}: entries of a node type take roles of the cluster's own account only.",
    'Correct the principal, or drop the row in the config. Where the account is the one of the cluster, name who runs Terraform with --runner.',
  ),
  TAE322: blockedRow(
    'Principal rewritten in a way that is not understood',
    '{principal} rewrites an ARN, as is done to take the path off a role. An entry needs the path, and it is not clear how to put it back.',
    'Give the ARN with its path in the config: { "principals": { "<the expression>": { "arn": "<ARN>" } } }.',
  ),
  TAE323: blockedRow<Principal & { obstacle: 'blocked' | 'resource' }>(
    'Rows under different conditions that cannot become entries',
    ({ principal, obstacle }) =>
      `${principal} has several rows under different conditions, ${
        obstacle === 'blocked'
          ? 'and another of them is blocked'
          : 'and would have to be standalone resources, of which a principal can have one only'
      }.`,
    ({ obstacle }) =>
      obstacle === 'blocked'
        ? 'Settle the row that is blocked. This one follows.'
        : 'Where the principal waits for an output of the cluster, write it without. Where access_entries of the call has several lines, write its value into a local. Or write one row with the condition inside its groups, where none of them is reserved. Or give each condition a role of its own.',
  ),
  TAE324: blockedRow<Principal & { why: string; way: keyof typeof waysOutOfInstance }>(
    'Row of one instance of a repeated call',
    '{principal} cannot have an entry of its own instance: {why}.',
    ({ way }) => `${waysOutOfInstance[way]} and drop the row in the config.`,
  ),
  TAE328: blockedRow<Principal & { what: string; way: keyof typeof waysIntoScript; isNamed: boolean }>(
    'Row that the script does not cover',
    '{principal} is not in the script: the source does not tell {what}, and a command needs it.',
    // A row that is dropped by its ARN counts as one that needs no entry: the script would not look whether it has one.
    ({ way, isNamed }) =>
      `${waysIntoScript[way]}, or make its entry by hand and ${isNamed ? 'give the live entries with --existing' : 'drop the row in the config'}.`,
  ),
  TAE329: blockedRow(
    'List that the script does not cover',
    '{list}: the rows of {what} are not in the script: they are known only at plan time.',
    'Give the live ConfigMap, which has the rows, with --aws-auth: in a separate directory, with clusterName in the config.',
  ),
  TAE331: blockedRow(
    'Entry under a condition that its row does not have',
    '{principal} has an access entry in the source under a condition ({conditions}) that the row is not seen to have: where no entry is made, phase 3 may take the access away.',
    'Take the condition off the entry. Or put it on the row as well, where the access may go: an apply that writes aws-auth takes the row out wherever the condition does not hold. Accept TAE331 for the principal in the config where an entry is made wherever the row is.',
  ),
  TAE332: blockedRow<Principal & { unproven: 'beginning' | 'side' }>(
    'Principal that is not seen to be an ARN',
    ({ principal, unproven }) =>
      `${principal} ${unproven === 'side' ? 'is not seen to be an ARN on one side of its condition' : 'begins with what is known at plan time only, and nothing in it is of an ARN'}: a row with a name grants nothing, and an entry for one is refused.`,
    'Where the access is wanted, write the ARN out, such as arn:aws:iam::<account>:role/<name>. Else drop the row in the config. Accept TAE332 for the principal in the config where the value is an ARN.',
  ),
  TAE333: blockedRow(
    'Node row of hybrid nodes, or of EC2',
    '{principal} is a node row named by its session. Hybrid nodes have such a row, and so have EC2 nodes named by the id of their instance: the first need an entry of type HYBRID_LINUX, the second one of type EC2.',
    'Look at `kubectl get nodes`. Nodes of that role with a name such as i-0123456789abcdef0 are EC2: write an entry of type EC2 by hand. Others are hybrid: accept TAE333 for the principal in the config.',
  ),
};
