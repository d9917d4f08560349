import { note, warning } from './definition.ts';

type Principal = { principal: string };

/** When a principal loses what the live ConfigMap gives it. */
const endOfLive = (remover: { readonly call: string; readonly sure: boolean } | undefined): string => {
  const last = 'when aws-auth is taken out of use';
  if (!remover) return last;
  return remover.sure
    ? `with the next apply of ${remover.call}, which takes the row out`
    : `with the next apply of ${remover.call} that manages the ConfigMap, else ${last}`;
};

const compareLive =
  'Compare with `kubectl get configmap aws-auth -n kube-system -o yaml` before phase 2, or give that to status and convert with --aws-auth.';

/** TAE401-TAE499: what was decided about a row. They stop nothing. */
export const adviceCodes = {
  TAE401: note(
    'IAM user',
    '{principal} is an IAM user. It stays one: no role takes its place.',
    'Prefer a role: its sessions end, and the keys of a user do not.',
  ),
  TAE402: warning(
    'Username left out',
    'The username {username} of {principal} {problem}, so it is left out: the audit log will show the default username.',
    'Bindings of kind User to the old name stop working; the admin policy does not depend on them.',
  ),
  TAE403: note(
    'Several rows of one principal',
    '{principal} has several rows. {kept} is read; {ignored} without effect, and dropped.',
  ),
  TAE404: note('Group dropped without loss', 'The group "{group}" of {principal} is dropped: {why}.'),
  TAE405: note(
    'SSO path looked up at plan time',
    '{principal} needs the path of its role, which is not in the source. A data source "aws_iam_roles" looks it up at every plan (iam:ListRoles).',
    "Give --sso-region (the home region of Identity Center, not the cluster's) to have the path written out.",
  ),
  TAE406: note(
    'Node row left to its owner',
    '{principal} is a node role of {owner}. {maker} makes its access entry, so none is written: a second one fails with 409 ResourceInUseException.',
    'Before phase 3, check that the entry exists.',
  ),
  TAE407: warning<{ principal: string; type: string; isGiven: boolean }>(
    'Node row converted without proof',
    ({ principal, type }) =>
      `${principal} is a node row, and nothing in the source is seen to make the entry of its role in this cluster. It becomes an entry of type ${type}. If EKS has made one already, the apply fails with 409 ResourceInUseException.`,
    ({ isGiven }) =>
      `Check with \`aws eks list-access-entries\` after phase 1, or ${isGiven ? 'write its ARN into the config, under "principals": the live entries that are given are looked through for it then' : 'give the live entries with --existing'}.`,
  ),
  TAE408: note('Entry exists', '{principal} has an access entry in {where}. Nothing is added.'),
  TAE409: warning<{ principal: string; where: string; missing: string; ofType: boolean }>(
    'Existing entry grants less than the row',
    ({ principal, where, missing }) =>
      `${principal} has an access entry in ${where} without ${missing}. In a mode with the API the entry alone is in force: the row adds nothing to it.`,
    ({ ofType }) =>
      ofType
        ? 'The type of an entry cannot be changed. If such nodes still use the role, delete the entry and make it again with the type they need.'
        : 'If the principal needs that right, add it to the entry.',
  ),
  TAE410: warning(
    'ConfigMap that is created and not managed',
    '{call} creates the ConfigMap and does not manage it: its rows are written when it is created and not after, so the live ConfigMap may differ.',
    compareLive,
  ),
  TAE411: note(
    'Row without effect: the mode is API',
    'The mode is API, so aws-auth is ignored and the row of {principal} grants nothing. It is dropped.',
  ),
  TAE412: note(
    'Standalone resources instead of an argument',
    "The row of {principal} depends on {via}, which waits for the module's access entries. As an argument it would make a dependency cycle, so it becomes standalone resources.",
  ),
  TAE413: note<{ count: number }>('Commented-out rows', ({ count }) =>
    count === 1
      ? 'One commented-out row becomes no entry. It goes with what it stands in.'
      : `${count} commented-out rows become no entries. They go with what they stand in.`,
  ),
  TAE414: warning(
    'Windows node role',
    'The row of {principal} has the groups of Windows nodes. An entry of the type EC2_LINUX, as EKS has made for some of them, does not fit, and a type cannot be changed.',
    'After phase 1, check that the entry, if there is one, has the type EC2_WINDOWS. If it has another type, delete it and create it again; where Terraform makes it, correct the type in the source.',
  ),
  TAE415: note('Accepted in the config', '{code} is accepted for {principal}: {reason}.'),
  TAE416: note<{
    principal: string;
    reason: string;
    live: string | undefined;
    remover: { readonly call: string; readonly sure: boolean } | undefined;
  }>(
    'Dropped in the config',
    ({ principal, reason, live, remover }) =>
      `${principal} is dropped: ${reason}.${live === undefined ? '' : ` The live ConfigMap ${live}: that ends ${endOfLive(remover)}.`}`,
  ),
  TAE417: warning(
    'Unquoted account id',
    '{written} is the number {value} to Terraform, which keeps no leading zeros: {value} is what aws-auth holds today.',
  ),
  TAE418: note(
    'Path stripping undone',
    'The source takes the path off {principal} for aws-auth. The entry uses {source}, which keeps it.',
  ),
  TAE419: note(
    'Rows under different conditions',
    '{principal} has several rows under different conditions ({rows}). Their entries have one key: the last row whose condition holds is in force, as in aws-auth.',
  ),
  TAE420: note<{ list: string; unknown: string; unit: 'it' | 'them'; address: string; makers: readonly string[] }>(
    'Rows that Terraform converts at plan time',
    ({ list, unknown, unit, address, makers }) =>
      `${list}: ${unknown} unknown until plan. Terraform converts ${unit} there (${address}). The plan fails on a row that cannot become an entry${makers.length === 0 ? '' : `, and on a role that ${makers.join(' or ')} makes in the same apply, with "Invalid for_each argument": apply that first, with -target`}.`,
  ),
  TAE421: note(
    'Accounts that must be empty at plan time',
    '{list}: the accounts of {what} are unknown until plan. An access entry cannot stand for an account, so the plan fails ({address}) unless the list is empty.',
  ),
  TAE422: note('Rights decided in the config', '{principal} gets {what}{instead}, as the config says.'),
  TAE423: warning(
    'Character that is not seen',
    'The {what} "{text}" of {principal} has {characters}, which is not seen where the name is read. Kubernetes compares names byte by byte: a binding of the name without it does not match.',
    'Look for the name in the bindings, with `kubectl get clusterrolebindings,rolebindings -A -o json | jq --ascii-output`. If the character is there by mistake, take it out and compare who has which rights.',
  ),
  TAE424: note(
    'Rows that say the same under different conditions',
    '{principal} has several rows that say the same under different conditions ({rows}): their one entry is there where any of the conditions holds.',
  ),
  TAE425: warning(
    'Printed without the module it calls',
    'The text calls the module in ./{directory}, which is not printed with it.',
    'Stage the phase or write it with --write on the root module, which also writes the directory.',
  ),
  TAE426: warning<{ condition: string; cluster: string; offIn: string }>(
    'The switch of aws-auth becomes the condition of entries',
    ({ condition, cluster, offIn }) =>
      `${condition} is the switch of aws-auth, and access entries of ${cluster} have it as their condition${offIn === '' ? ': switched off once aws-auth is gone, it deletes them' : `. It is off in ${offIn}, so that no entry is made there`}.`,
    ({ offIn }) =>
      offIn === ''
        ? 'Leave it on where it is on today. After phase 5 take the condition off the entries, environment by environment.'
        : 'Look before phase 4 what the ConfigMap of that cluster has: from then on nobody gets in by it. Where it has these rows, put its other rows, those of nodes too, into the source, and switch the flag on there in a change of its own, before phase 1: that apply writes the rows of the source over all of them.',
  ),
  TAE427: note(
    'The entries module is not that of this release',
    '{path} is not as this release writes it. It is left as it is: {directory} converts rows as it did.',
  ),
  TAE428: note<{ principals: string; count: number }>(
    'Administrators leave the group system:masters',
    ({ principals, count }) =>
      `With phase 2 ${principals} ${count === 1 ? 'leaves' : 'leave'} the group system:masters, since no entry can have it. AmazonEKSClusterAdminPolicy grants the same rights. What looks for the group itself, such as an admission policy, a webhook or a FlowSchema, no longer finds ${count === 1 ? 'it' : 'them'} there.`,
    'Look before phase 2 what names the group in the cluster: `gates.sh add-access-entries` does so, and `verify-access --rbac` says in which fields.',
  ),
  TAE440: warning<Principal & { call: string; sure: boolean }>(
    'Row of the source is not live',
    ({ principal, call, sure }) =>
      `${principal} is in the source and not in the live ConfigMap: its row grants nothing today. The next apply of ${call} ${sure ? 'adds' : 'may add'} the row.`,
    'If the access is wanted, apply the source before phase 1. If not, remove the row.',
  ),
  TAE441: warning(
    'Rights that cannot be compared with the live row',
    '{principal} has {live} in the live ConfigMap. The source does not tell {what} as text.',
    'Plan the source as it is: where it writes the data of aws_auth, the plan must not change it. Where it does not (ignore_changes, manage_aws_auth_configmap = false), no plan shows a difference: write the value out and compare.',
  ),
  TAE442: warning<{ count: number; principals: string }>(
    'Live rows that cannot be matched',
    ({ count, principals }) =>
      `${count === 1 ? 'One row of the live ConfigMap matches' : `${count} rows of the live ConfigMap match`} no row whose principal the source tells: ${principals}. The source may name the principal by an expression, or not at all.`,
    'They are not converted from the ConfigMap. Before phase 3, verify-access must say that each of them keeps its access. The config can state the ARN of an expression under "principals".',
  ),
  TAE443: warning(
    'Fargate row left to EKS',
    '{principal} is a row of Fargate, and the source has no profile with that role. EKS makes the entry of the role of a profile, and a second one fails with 409 ResourceInUseException: none is written.',
    'Look after phase 1 whether the entry is there: `aws eks list-access-entries`. Where no profile has the role, drop the row in the config.',
  ),
  TAE447: warning(
    'Changes of the data are ignored',
    '{resource} has its data, or a part of it, in ignore_changes: what is ignored is written when it is created and not after, and the live ConfigMap may differ.',
    compareLive,
  ),
};
