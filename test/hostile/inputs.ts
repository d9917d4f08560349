import { rootModule, snapshot } from '../cli/support/modules.ts';
import { hclString, hostileValues, yamlOf } from './values.ts';

const account = '111122223333';

const row = (rolearn: string, username: string, groups: readonly string[]): string => `    {
      rolearn  = ${hclString(rolearn)}
      username = ${hclString(username)}
      groups   = [${groups.map(hclString).join(', ')}]
    },
`;

/** A row each for a value as the principal, in its name, as the user name and as a group. */
const rows = hostileValues.flatMap((value, index) => [
  row(value, `a${index}`, ['system:masters']),
  row(`arn:aws:iam::${account}:role/${value}`, `b${index}`, ['system:masters']),
  row(`arn:aws:iam::${account}:role/c${index}`, value, ['system:masters']),
  row(`arn:aws:iam::${account}:role/d${index}`, `d${index}`, [value]),
]);

/** Every row is converted, so that each phase and the whole runbook are written. */
const convertible = hostileValues.flatMap((value, index) => [
  row(`arn:aws:iam::${account}:role/c${index}`, `user ${value}`, ['system:masters']),
  row(`arn:aws:iam::${account}:role/d${index}`, `d${index}`, [`group ${value}`]),
]);

const otherLists = `
  aws_auth_accounts = [${hostileValues.map(hclString).join(', ')}]
  aws_auth_users    = lookup(var.users, ${hclString(hostileValues.join(' '))}, [])
`;

const labelled = hostileValues
  .map(
    (value, index) => `
resource "aws_eks_access_entry" "e${index}" {
  cluster_name      = "demo"
  principal_arn     = ${hclString(value)}
  kubernetes_groups = [${hclString(value)}]
}
`,
  )
  .join('');

const entry = (principalArn: string, value: string): string =>
  JSON.stringify({
    accessEntry: { clusterName: 'demo', principalArn, kubernetesGroups: [value], username: value, type: 'STANDARD' },
  });

const liveEntries = hostileValues.flatMap((value, index) => [
  entry(`arn:aws:iam::${account}:role/live${index}`, value),
  entry(value, value),
]);

/** Of a cluster with all of the values in its name. */
const foreign = JSON.stringify({
  accessEntry: {
    clusterName: hostileValues.join('\n'),
    principalArn: `arn:aws:iam::${account}:role/a`,
    kubernetesGroups: [],
    type: 'STANDARD',
  },
});

const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'aws-auth', namespace: 'kube-system' },
  data: {
    mapRoles: yamlOf(
      hostileValues.flatMap((value, index) => [
        { rolearn: value, username: value, groups: [value] },
        { rolearn: `arn:aws:iam::${account}:role/live${index}`, username: value, groups: [value, 'system:masters'] },
      ]),
    ),
    mapUsers: yamlOf(
      hostileValues.map((value, index) => ({ userarn: `arn:aws:iam::${account}:user/u${index}`, username: value })),
    ),
    mapAccounts: yamlOf(hostileValues),
  },
};

const bindings = {
  apiVersion: 'v1',
  kind: 'List',
  items: hostileValues.map((value, index) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: `${index} ${value}` },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: value },
    subjects: [
      { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: value },
      { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: value },
    ],
  })),
};

const plan = {
  format_version: '1.2',
  terraform_version: '1.9.0',
  complete: true,
  planned_values: { root_module: {} },
  configuration: { root_module: {} },
  resource_changes: hostileValues.flatMap((value, index) => [
    change(`module.eks[${JSON.stringify(value)}].aws_eks_cluster.this[0]`, 'aws_eks_cluster', {
      name: value,
      access_config: [{ authentication_mode: value }],
    }),
    change(`aws_eks_access_entry.this[${JSON.stringify(value)}]`, 'aws_eks_access_entry', {
      cluster_name: value,
      principal_arn: value,
      kubernetes_groups: [value],
      type: 'STANDARD',
    }),
    change(`local_file.f${index}[${JSON.stringify(value)}]`, 'local_file', { content: value }),
  ]),
};

function change(address: string, type: string, after: object): object {
  return {
    address,
    mode: 'managed',
    type,
    name: 'this',
    provider_name: 'registry.terraform.io/hashicorp/aws',
    change: {
      actions: ['create'],
      before: null,
      after,
      after_unknown: {},
      before_sensitive: false,
      after_sensitive: {},
    },
  };
}

/** A decision with a reason for each row, and one that is refused, since nothing in it matches. */
const config = {
  drop: hostileValues.map((reason, index) => ({ principal: `arn:aws:iam::${account}:role/d${index}`, reason })),
};
const misfit = {
  accept: hostileValues.map(value => ({ principal: value, code: 'TAE304', reason: value })),
  groups: Object.fromEntries(hostileValues.map(value => [value, { policies: [value] }])),
};

const hostileModule = rootModule(rows.join('')).replace('  aws_auth_roles', `${otherLists}\n  aws_auth_roles`);

/** The files of a directory in which the commands below run. */
export const hostileFiles: Readonly<Record<string, string>> = {
  'blocked/main.tf': `${hostileModule}\nvariable "users" {}\n`,
  'converted/main.tf': rootModule(convertible.join('')),
  'configured/main.tf': rootModule(convertible.join('')),
  'configured/tf-access-entries.config.json': JSON.stringify(config),
  'refused/main.tf': rootModule(convertible.join('')),
  'refused/tf-access-entries.config.json': JSON.stringify(misfit),
  'entries/main.tf': `${rootModule('')}${labelled}`,
  'live/main.tf': rootModule('').replace(/\nmodule "aws_auth"[^]*/, ''),
  'odd $(>INJECTED) `>INJECTED` \u001b[31m\u202e|<b>/main.tf': rootModule(),
  'snapshot.json': [snapshot, ...liveEntries].join('\n'),
  'empty.json': snapshot,
  'foreign.json': foreign,
  'two.json': `${snapshot}\n${foreign}`,
  'named.json': JSON.stringify({
    ...configMap,
    metadata: { name: hostileValues.join('\n'), namespace: 'kube-system' },
  }),
  'kind.json': JSON.stringify({ kind: hostileValues.join('\n') }),
  'key.json': JSON.stringify({ ...configMap, data: { [hostileValues.join('\n')]: 1 } }),
  'aws-auth.json': JSON.stringify(configMap),
  'rbac.json': JSON.stringify(bindings),
  'plan.json': JSON.stringify(plan),
  'hostile.json': hostileValues.join('\n'),
};

const odd =
  Object.keys(hostileFiles)
    .find(path => path.startsWith('odd'))
    ?.replace('/main.tf', '') ?? '';

/** Command lines, each to be run with every format. */
export const commandLines: readonly (readonly string[])[] = [
  ['convert', 'blocked'],
  ['convert', 'converted'],
  ['convert', 'configured'],
  ['convert', 'refused'],
  ['convert', 'live', '--aws-auth', 'aws-auth.json'],
  ['convert', 'converted', '--emit', 'aws-cli'],
  ['convert', odd],
  [
    'convert',
    'converted',
    '--write',
    '--phase',
    'api-only',
    '--existing',
    'snapshot.json',
    '--aws-auth',
    'aws-auth.json',
  ],
  ['status', 'blocked'],
  ['status', 'converted', '--existing', 'snapshot.json', '--aws-auth', 'aws-auth.json'],
  ['status', 'hostile.json'],
  ['status', odd],
  ['check', '.', '--min-severity', 'note'],
  ['check', 'converted', '--config', 'refused/tf-access-entries.config.json', '--min-severity', 'note'],
  ['check', '.', '--baseline', 'hostile.json'],
  ['verify-plan', 'plan.json', '--phase', 'add-access-entries', '--existing', 'snapshot.json'],
  ['verify-plan', 'plan.json', '--phase', 'enable-api', '--strict'],
  ['verify-plan', 'hostile.json', '--phase', 'enable-api'],
  ['verify-access', '--aws-auth', 'aws-auth.json', '--existing', 'snapshot.json', '--rbac', 'rbac.json'],
  ['verify-access', '--aws-auth', 'aws-auth.json', '--existing', 'empty.json'],
  ['verify-access', '--aws-auth', 'aws-auth.json', '--existing', 'two.json'],
  ['verify-access', '--aws-auth', 'named.json', '--existing', 'empty.json'],
  ['verify-access', '--aws-auth', 'kind.json', '--existing', 'empty.json'],
  ['verify-access', '--aws-auth', 'key.json', '--existing', 'empty.json'],
  ['verify-plan', 'plan.json', '--phase', 'enable-api', '--existing', 'foreign.json'],
  ['verify-plan', 'plan.json', '--phase', 'enable-api', '--cluster-name', 'other'],
  ['convert', 'converted', '--existing', 'foreign.json'],
  ['import-blocks', 'entries', '--cluster-name', 'demo', '--existing', 'snapshot.json'],
  ['import-blocks', 'converted', '--cluster-name', 'demo', '--existing', 'snapshot.json'],
];
