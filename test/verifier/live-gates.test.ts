import { expect, test } from '@jest/globals';
import { convertModule } from '../../lib/convert.ts';
import type { LiveEntry } from '../../lib/parser/index.ts';
import { liveGateProblems } from '../../lib/verifier/live-gates.ts';
import { testGate, testParser } from '../support/runtime.ts';

// Before aws-auth goes, every principal must be let in by its entry, and the runner must be an administrator by one.
// Source: EKS user guide, migrating-access-entries.

const main = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  authentication_mode = "API_AND_CONFIG_MAP"

  access_entries = {
    admins = {
      principal_arn     = "arn:aws:iam::111122223333:role/people/admins"
      kubernetes_groups = ["auditors"]
      policy_associations = {
        cluster_admin = {
          policy_arn   = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }
  }
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_roles = [
    { rolearn = "arn:aws:iam::111122223333:role/admins", username = "admins", groups = ["system:masters", "auditors"] },
    {
      rolearn  = module.eks.eks_managed_node_groups["default"].iam_role_arn
      username = "system:node:{{EC2PrivateDNSName}}"
      groups   = ["system:bootstrappers", "system:nodes"]
    },
  ]
}
`;

const nodes = 'module.eks.eks_managed_node_groups["default"].iam_role_arn';
const admin = { policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy', namespaces: [] };
const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;

const admins: LiveEntry = {
  principalArn: role('people/admins'),
  type: 'STANDARD',
  groups: ['auditors'],
  policies: [{ ...admin, scope: 'cluster' }],
};
const runner: LiveEntry = { ...admins, principalArn: role('ci'), groups: [] };
const node: LiveEntry = { principalArn: role('nodes'), type: 'EC2_LINUX', groups: [] };

const problems = async (entries: readonly LiveEntry[]): Promise<readonly string[]> => {
  const runtime = { parser: await testParser(), gate: await testGate() };
  const config = { principals: { [nodes]: { arn: role('nodes') } } };
  const result = await convertModule(new Map([['main.tf', main]]), { runtime, config });
  expect(result.sourcePhase).toBe('add-access-entries');
  return liveGateProblems(result, { file: 'entries.json', entries }, role('ci')).map(({ reason }) => reason);
};

test('a cluster where everybody has an entry leaves nothing unproven', async () => {
  expect(await problems([admins, node, runner])).toEqual([]);
});

test.each<[name: string, entries: readonly LiveEntry[], problem: RegExp]>([
  ['no entry', [node, runner], /no entry for .*role\/admins/],
  ['an entry without its group', [{ ...admins, groups: [] }, node, runner], /lacks the group auditors/],
  ['an entry without its policy', [{ ...admins, policies: [] }, node, runner], /lacks AmazonEKSClusterAdminPolicy/],
  [
    'a policy for a namespace alone',
    [{ ...admins, policies: [{ ...admin, scope: 'namespace', namespaces: ['a'] }] }, node, runner],
    /lacks AmazonEKSClusterAdminPolicy/,
  ],
  ['no node entry', [admins, runner], /no entry for module\.eks/],
  ['a node role with an entry for people', [admins, { ...node, type: 'STANDARD' }, runner], /of type STANDARD/],
  ['a runner without an entry', [admins, node], /runner .*role\/ci has no live entry/],
  ['a runner who is no administrator', [admins, node, { ...runner, policies: [] }], /runner .*does not have/],
  [
    'a runner whose policies the snapshot does not have',
    [admins, node, { principalArn: runner.principalArn, type: 'STANDARD', groups: [] }],
    /runner .*lacks its associations in the snapshot/,
  ],
])('%s is said', async (_name, entries, problem) => {
  const found = await problems(entries);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(problem);
});

// Phase 2 makes no entry for a node row that is left to EKS, and the type of an entry cannot be changed.
// Source: EKS API, CreateAccessEntry and UpdateAccessEntry.
test.each<[name: string, live: readonly LiveEntry[], fix: RegExp]>([
  ['without an entry', [], /^Phase 2 makes no entry for it: .*type of its nodes/],
  ['with an entry for people', [{ ...node, type: 'STANDARD' }], /^The type of an entry cannot be changed: delete it/],
])('a node role left to EKS %s is settled by hand', async (_name, live, fix) => {
  const runtime = { parser: await testParser(), gate: await testGate() };
  const config = { principals: { [nodes]: { arn: role('nodes') } } };
  const result = await convertModule(new Map([['main.tf', main]]), { runtime, config });
  const snapshot = { file: 'entries.json', entries: [admins, runner, ...live] };
  const [found, ...others] = liveGateProblems(result, snapshot, role('ci'));
  expect([found?.fix, others]).toEqual([expect.stringMatching(fix), []]);
});

// One principal has one entry. Source: EKS API, CreateAccessEntry (ResourceInUseException).
test('a runner whose entry grants less gets the policy on that entry, not a second one', async () => {
  const runtime = { parser: await testParser(), gate: await testGate() };
  const config = { principals: { [nodes]: { arn: role('nodes') } } };
  const result = await convertModule(new Map([['main.tf', main]]), { runtime, config });
  const snapshot = { file: 'entries.json', entries: [admins, node, { ...runner, policies: [] }] };
  const [found, ...others] = liveGateProblems(result, snapshot, role('ci'));
  expect([found?.fix, others]).toEqual([
    expect.stringMatching(/^Give that entry AmazonEKSClusterAdminPolicy .*second one/),
    [],
  ]);
});

test('a row whose ARN nobody tells is unproven', async () => {
  const runtime = { parser: await testParser(), gate: await testGate() };
  const result = await convertModule(new Map([['main.tf', main]]), { runtime });
  expect(liveGateProblems(result, { file: 'entries.json', entries: [admins, node, runner] }, role('ci'))).toEqual([
    {
      reason: `the ARN of ${nodes} is not in the source, so its live entry cannot be looked up`,
      isProven: false,
      fix: expect.stringContaining('--aws-auth'),
    },
  ]);
});

const withRows = (roles: string, more = ''): string =>
  main.replace(/aws_auth_roles = \[[\s\S]*\n  \]/, `aws_auth_roles = ${roles}`) + more;

test('a Windows node role whose entry EKS made as EC2_LINUX is said', async () => {
  const runtime = { parser: await testParser(), gate: await testGate() };
  const rows = `[
    {
      rolearn  = ${nodes}
      username = "system:node:{{EC2PrivateDNSName}}"
      groups   = ["system:bootstrappers", "system:nodes", "eks:kube-proxy-windows"]
    },
  ]`;
  const config = { principals: { [nodes]: { arn: role('nodes') } } };
  const result = await convertModule(new Map([['main.tf', withRows(rows)]]), { runtime, config });
  const found = (type: string): readonly string[] =>
    liveGateProblems(result, { file: 'entries.json', entries: [{ ...node, type }, runner] }, role('ci')).map(
      ({ reason }) => reason,
    );
  expect(found('EC2_LINUX')).toEqual([
    `the live entry of ${nodes}, a Windows node role, is of type EC2_LINUX, not EC2_WINDOWS`,
  ]);
  expect(found('EC2_WINDOWS')).toEqual([]);
});

test.each([
  ['system:node:{{EC2PrivateDNSName}}', 'EC2_LINUX', []],
  [
    'system:node:{{EC2PrivateDNSName}}',
    'EC2',
    [
      `the live entry of ${nodes} is of type EC2, whose nodes are called system:node:{{SessionName}}, not system:node:{{EC2PrivateDNSName}}`,
    ],
  ],
  ['system:node:{{SessionName}}', 'EC2', []],
  [
    'system:node:{{SessionName}}',
    'EC2_LINUX',
    [
      `the live entry of ${nodes} is of type EC2_LINUX, whose nodes are called system:node:{{EC2PrivateDNSName}}, not system:node:{{SessionName}}`,
    ],
  ],
  [
    'system:node:{{SessionName}}',
    'HYPERPOD_LINUX',
    [`that an entry of type HYPERPOD_LINUX, such as the live one of ${nodes}, lets nodes in is not documented`],
  ],
])('a node role with a row for %s and a live entry of type %s', async (username, type, expected) => {
  const runtime = { parser: await testParser(), gate: await testGate() };
  const rows = `[
    {
      rolearn  = ${nodes}
      username = "${username}"
      groups   = ["system:bootstrappers", "system:nodes"]
    },
  ]`;
  const config = { principals: { [nodes]: { arn: role('nodes') } } };
  const result = await convertModule(new Map([['main.tf', withRows(rows)]]), { runtime, config });
  const found = liveGateProblems(result, { file: 'entries.json', entries: [{ ...node, type }, runner] }, role('ci'));
  expect(found.map(({ reason }) => reason)).toEqual(expected);
  expect(found.map(({ isProven }) => isProven)).toEqual(expected.map(() => type !== 'HYPERPOD_LINUX'));
});

test('rows that only a plan knows are unproven', async () => {
  const runtime = { parser: await testParser(), gate: await testGate() };
  const text = withRows('var.map_roles', '\nvariable "map_roles" {\n  type = any\n}\n');
  const result = await convertModule(new Map([['main.tf', text]]), { runtime });
  expect(liveGateProblems(result, { file: 'entries.json', entries: [runner] }, role('ci'))).toEqual([
    {
      reason: 'the rows of var.map_roles are unknown until plan, so their entries cannot be looked up',
      isProven: false,
      fix: expect.stringContaining('--aws-auth'),
    },
  ]);
});

test('a snapshot of a cluster whose name the source does not tell proves nothing, until the config names it', async () => {
  const runtime = { parser: await testParser(), gate: await testGate() };
  const entries = [admins, node, runner].map(entry => ({ ...entry, clusterName: 'orders' }));
  const found = async (name: string, clusterName?: string): Promise<readonly string[]> => {
    const text = main.replace('version = "20.24.3"', `version = "20.24.3"\n\n  cluster_name = ${name}`);
    const config = {
      principals: { [nodes]: { arn: role('nodes') } },
      ...(clusterName === undefined ? {} : { clusterName }),
    };
    const result = await convertModule(new Map([['main.tf', text]]), { runtime, config });
    return liveGateProblems(result, { file: 'entries.json', entries }, role('ci')).map(
      ({ reason, fix }) => `${reason}. ${fix}`,
    );
  };
  expect(await found('var.name')).toEqual([
    'the snapshot is of the cluster orders, and whether module.eks is that cluster the source does not tell. If it is, write "clusterName": "orders" into tf-access-entries.config.json.',
  ]);
  expect(await found('var.name', 'orders')).toEqual([]);
  expect(await found('"orders"')).toEqual([]);
});

test.each([
  ['an arm of a conditional', (entry: string) => `var.on ? {\n    x = ${entry}\n  } : {}`, ''],
  [
    'a resource with a count',
    () => '{}',
    `\nresource "aws_eks_access_entry" "x" {\n  count         = var.on ? 1 : 0\n  cluster_name  = module.eks.cluster_name\n  principal_arn = "${role('x')}"\n}\n`,
  ],
])('an entry under a condition proves nothing: %s', async (_name, entries, more) => {
  const runtime = { parser: await testParser(), gate: await testGate() };
  const rows = `[{ rolearn = "${role('x')}", username = "x", groups = ["x"] }]`;
  const text = withRows(rows, more).replace(/access_entries = \{[\s\S]*?\n  \}\n/, () => {
    return `access_entries = ${entries(`{ principal_arn = "${role('x')}" }`)}\n`;
  });
  const accept = [{ principal: role('x'), code: 'TAE331' as const, reason: 'on is true here' }];
  const result = await convertModule(new Map([['main.tf', text]]), { runtime, config: { accept } });
  expect(result.rows.map(({ reason }) => reason)).toEqual(['it has an entry in the source, under a condition']);
  expect(liveGateProblems(result, { file: 'entries.json', entries: [runner] }, role('ci'))).toEqual([
    { reason: `the live cluster has no entry for ${role('x')} (aws_auth_roles[0])`, isProven: true },
  ]);
});

// Phase 3 leaves a ConfigMap without rows. Compared with the entries it tells nothing of who had one.
test.each([
  ['without rows proves nothing', '[]', 1],
  [
    'with rows is compared by itself',
    '[{ "rolearn": "arn:aws:iam::111122223333:role/ops", "username": "ops", "groups": ["ops"] }]',
    0,
  ],
])('a ConfigMap %s', async (_what, mapRoles, count) => {
  const runtime = { parser: await testParser(), gate: await testGate() };
  const text = withRows('var.map_roles', '\nvariable "map_roles" {\n  type = any\n}\n');
  const configMap = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:\n  mapRoles: '${mapRoles}'\n`;
  const awsAuth = { file: 'aws-auth.yaml', text: configMap };
  const result = await convertModule(new Map([['main.tf', text]]), { runtime, awsAuth });
  const snapshot = { file: 'entries.json', entries: [runner] };
  expect(liveGateProblems(result, snapshot, role('ci'), { isCompared: true })).toHaveLength(count);
});
