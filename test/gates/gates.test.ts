import { describe, expect, test } from '@jest/globals';
import { convert, type ConvertOptions } from '../../lib/convert.ts';
import { checks } from '../../lib/emitter/runbook/checks.ts';
import { readSnapshot } from '../../lib/parser/entries/read-snapshot.ts';
import { changesIn } from '../aws-cli/support/cluster.ts';
import { adminPolicies, creator, entryOf, type LiveEntry } from '../aws-cli/support/live-cluster.ts';
import { runtime } from '../support/fixture.ts';
import { runGates, wordOf, type World } from './support/gates.ts';

// gates.sh runs for real: each gate once where it passes and once where it does not, against recorded answers.

const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
const source = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "demo"
  authentication_mode = "CONFIG_MAP"

  eks_managed_node_groups = { default = {} }
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  manage_aws_auth_configmap = true
  aws_auth_roles = [
    { rolearn = "${role('ops')}", username = "ops", groups = ["system:masters"] },
    { rolearn = aws_iam_role.deploy.arn, username = "deploy", groups = ["deployers", "auditors"] },
    { rolearn = module.eks.eks_managed_node_groups["default"].iam_role_arn, username = "system:node:{{EC2PrivateDNSName}}", groups = ["system:bootstrappers", "system:nodes"] },
  ]
  aws_auth_users = [{ userarn = "arn:aws:iam::111122223333:user/x/joe", username = "joe", groups = ["a"] }]
}

resource "aws_iam_role" "deploy" {
  name = "deploy"
}
`;

const inline = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.21.0"

  cluster_name              = "demo"
  manage_aws_auth_configmap = true
  aws_auth_roles            = [{ rolearn = "${role('ops')}", username = "ops", groups = ["a"] }]
}

module "karpenter" {
  source  = "terraform-aws-modules/eks/aws//modules/karpenter"
  version = "19.21.0"

  cluster_name = "demo"
}
`;

const scriptFor = async (text: string, more: Partial<ConvertOptions> = {}): Promise<string> =>
  (await convert(new Map([['main.tf', text]]), { ...more, runtime: await runtime() })).gates;

/** Node rows whose entry a snapshot shows, and a role of Identity Center whose path is looked up. */
const roles = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "demo"
  authentication_mode = "CONFIG_MAP"

  eks_managed_node_groups = { linux = { iam_role_name = "linux-nodes", iam_role_use_name_prefix = false }, windows = { ami_type = "WINDOWS_CORE_2022_x86_64", iam_role_name = "windows-nodes", iam_role_use_name_prefix = false } }
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  manage_aws_auth_configmap = true
  aws_auth_roles = [
    { rolearn = "${role('linux-nodes')}", username = "system:node:{{EC2PrivateDNSName}}", groups = ["system:bootstrappers", "system:nodes"] },
    { rolearn = "${role('windows-nodes')}", username = "system:node:{{EC2PrivateDNSName}}", groups = ["system:bootstrappers", "system:nodes", "eks:kube-proxy-windows"] },
    { rolearn = "${role('AWSReservedSSO_Admin_0123456789abcdef')}", username = "sso", groups = ["a"] },
  ]
}
`;

const script = await scriptFor(source);
const ofRoles = await scriptFor(roles);
const of19 = await scriptFor(inline);

const made: Readonly<Record<string, LiveEntry>> = {
  [role('ops')]: entryOf(role('ops'), { username: 'ops', policies: adminPolicies }),
  [role('deploy')]: entryOf(role('deploy'), { username: 'deploy', kubernetesGroups: ['auditors', 'deployers'] }),
  'arn:aws:iam::111122223333:user/x/joe': entryOf('arn:aws:iam::111122223333:user/x/joe', {
    username: 'joe',
    kubernetesGroups: ['a'],
  }),
};
const theirs: Readonly<Record<string, LiveEntry>> = {
  [creator]: entryOf(creator, { policies: adminPolicies }),
  [role('nodes')]: entryOf(role('nodes'), { type: 'EC2_LINUX' }),
  [role('pods')]: entryOf(role('pods'), { type: 'FARGATE_LINUX' }),
};
const nodes = {
  nodeGroups: { default: { nodeRole: role('nodes'), amiType: 'AL2_x86_64' } },
  fargateProfiles: { system: role('pods') },
};
const iam = {
  roles: { ops: role('ops'), deploy: role('deploy') },
  users: { joe: 'arn:aws:iam::111122223333:user/x/joe' },
};
const ready = 'ip-1 Ready <none> 3d v1.31\nip-2 Ready <none> 5m v1.31\n';

/** All is as it should be. */
const fine: World = {
  ...iam,
  ...nodes,
  entries: theirs,
  nodes: ready,
  log: [],
  resources: ['flowschemas.flowcontrol.apiserver.k8s.io'],
  objects: [{ kind: 'FlowSchema', metadata: { name: 'exempt' }, spec: 'system:masters' }],
  variables: { ARN_OF_DEPLOY: role('deploy') },
};
const after2: World = { ...fine, entries: { ...theirs, ...made } };

const sso = 'AWSReservedSSO_Admin_0123456789abcdef';
const nodeWorld: World = {
  ...fine,
  nodeGroups: {},
  fargateProfiles: {},
  roles: { [sso]: role(`aws-reserved/sso.amazonaws.com/eu-west-1/${sso}`) },
  variables: { ARN_OF_SSO: role(`aws-reserved/sso.amazonaws.com/eu-west-1/${sso}`) },
};
const nodeEntries = (linux: string, windows: string): Readonly<Record<string, LiveEntry>> => ({
  [creator]: entryOf(creator, { policies: adminPolicies }),
  [role('linux-nodes')]: entryOf(role('linux-nodes'), { type: linux }),
  [role('windows-nodes')]: entryOf(role('windows-nodes'), { type: windows }),
});

const copied = { 'aws-auth-backup.yaml': 'apiVersion: v1\ndata: {"mapRoles":"a"}\nkind: ConfigMap\n' };

type Case = readonly [gate: string, args: string, passes: World, fails: World, of?: string];

const cases: readonly Case[] = [
  ['kubectl reaches this cluster', '1', fine, { ...fine, server: 'https://other' }],
  ['The platform version', '1', { ...fine, versions: ['1.24', 'eks.15'] }, { ...fine, versions: ['1.24', 'eks.14'] }],
  ['The platform version', '1', { ...fine, versions: ['1.35', 'eks.1'] }, { ...fine, versions: ['1.22', 'eks.99'] }],
  ['The mode is API_AND_CONFIG_MAP', '1 --after', fine, { ...fine, mode: 'CONFIG_MAP' }],
  ['The live entries can be read', '2', fine, { ...fine, mode: 'CONFIG_MAP' }],
  ['An admin entry exists outside', '2', fine, { ...after2, entries: made }],
  [`${role('ops')} exists`, '2', fine, { ...fine, roles: { ops: role('with/path/ops') } }],
  [`${role('ops')} exists`, '2', fine, { ...fine, roles: {} }],
  ['user/x/joe exists', '2', fine, { ...fine, users: {} }],
  ['The access policies exist', '2', fine, { ...fine, accessPolicies: ['AmazonEKSViewPolicy'] }],
  [`${role('ops')} has its entry`, '2 --after', after2, { ...after2, entries: theirs }],
  [
    `${role('ops')} has its entry`,
    '2 --after',
    after2,
    { ...after2, entries: { ...after2.entries, [role('ops')]: entryOf(role('ops'), { username: 'ops' }) } },
  ],
  [
    'aws_iam_role.deploy.arn has its entry',
    '2 --after',
    after2,
    {
      ...after2,
      entries: {
        ...after2.entries,
        [role('deploy')]: entryOf(role('deploy'), { username: 'deploy', kubernetesGroups: ['auditors'] }),
      },
    },
  ],
  [
    'aws_iam_role.deploy.arn has its entry',
    '2 --after',
    after2,
    { ...after2, variables: { ARN_OF_DEPLOY: role('other') } },
  ],
  ['A copy of the live ConfigMap', '3', after2, { ...after2, files: { 'aws-auth-backup.yaml': 'another' } }],
  ['Every role of a node group', '3', after2, { ...after2, entries: { ...made, [creator]: theirs[creator]! } }],
  [
    'Every role of a node group',
    '3',
    after2,
    { ...after2, entries: { ...after2.entries, [role('pods')]: entryOf(role('pods'), { type: 'EC2_LINUX' }) } },
  ],
  [
    'Every role of a node group',
    '3',
    after2,
    { ...after2, nodeGroups: { win: { nodeRole: role('nodes'), amiType: 'WINDOWS_CORE_2022_x86_64' } } },
  ],
  [
    'Whoever runs this has an admin entry',
    '3',
    after2,
    { ...after2, caller: 'arn:aws:sts::111122223333:assumed-role/other/me' },
  ],
  [
    'Whoever runs this has an admin entry',
    '4',
    after2,
    { ...after2, caller: 'arn:aws:sts::111122223333:assumed-role/deploy/me' },
  ],
  ['The ConfigMap aws-auth has no rows', '3 --after', after2, { ...after2, configMap: { mapRoles: '- rolearn: x\n' } }],
  ['The mode is API', '4 --after', { ...after2, mode: 'API' }, after2],
  [
    `${role('linux-nodes')} is left out of the entries`,
    '3',
    { ...nodeWorld, entries: nodeEntries('EC2_LINUX', 'EC2_WINDOWS') },
    { ...nodeWorld, entries: nodeEntries('STANDARD', 'EC2_WINDOWS') },
    ofRoles,
  ],
  [
    `The entry of ${role('windows-nodes')}`,
    '1 --after',
    { ...nodeWorld, entries: nodeEntries('EC2_LINUX', 'EC2_WINDOWS') },
    { ...nodeWorld, entries: nodeEntries('EC2_LINUX', 'EC2_LINUX') },
    ofRoles,
  ],
  ['The role AWSReservedSSO_Admin', '2', nodeWorld, { ...nodeWorld, roles: {} }, ofRoles],
  [
    'The current source has been applied',
    '0',
    { ...fine, terraform: 'exit 0' },
    { ...fine, terraform: 'exit 2' },
    of19,
  ],
  [
    'Karpenter is 0.32',
    '0',
    { ...fine, terraform: 'exit 0', karpenter: 'public.ecr.aws/karpenter/controller:0.37.1@sha256:1' },
    { ...fine, karpenter: 'public.ecr.aws/karpenter/controller:v0.31.4' },
    of19,
  ],
  [
    'The ConfigMap is as it was',
    '0 --after',
    {
      ...fine,
      terraform: 'echo',
      configMap: { mapRoles: 'a' },
      files: copied,
    },
    {
      ...fine,
      terraform: 'echo',
      configMap: {},
      files: copied,
    },
    of19,
  ],
  [
    'The state has nothing of aws-auth in the old call',
    '0 --after',
    {
      ...fine,
      terraform: 'echo module.eks_aws_auth.kubernetes_config_map.aws_auth[0]',
      files: copied,
      configMap: { mapRoles: 'a' },
    },
    { ...fine, terraform: "echo 'module.eks.kubernetes_config_map.aws_auth[0]'" },
    of19,
  ],
];

describe('a gate', () => {
  test.each(cases)('%s, of gates.sh %s, passes and fails', async (gate, args, passes, fails, of = script) => {
    const passed = await runGates(of, args, passes);
    expect([wordOf(passed, gate), passed.status === 0 ? '' : passed.stdout + passed.stderr]).toEqual(['ok', '']);
    const failed = await runGates(of, args, fails);
    expect(wordOf(failed, gate)).toBe('FAIL');
    expect(failed.status).toBe(1);
    expect(failed.stdout).toMatch(/^ {6}found: .+\n {6}expected: .+$/m);
    // It has asked, and changed nothing.
    expect([...changesIn(passed.cluster), ...changesIn(failed.cluster)]).toEqual([]);
  });
});

/** What a person has to judge does not stop. */
const judged: readonly (readonly [gate: string, args: string, passes: World, world: World, of?: string])[] = [
  ['EKS has made the entries', '1 --after', fine, { ...fine, entries: {} }],
  ['None of these principals has an entry yet', '2', fine, after2],
  [
    'Nobody has signed in through aws-auth',
    '3',
    { ...after2, log: [`msg="access granted" arn="${role('OPS')}" client=x`] },
    { ...after2, log: [`msg="access granted" arn="${role('ghost')}" client=x`] },
  ],
  ['Nobody has signed in through aws-auth', '3', after2, { ...after2, log: undefined as never }],
  ['The ConfigMap aws-auth has no rows', '4', after2, { ...after2, configMap: { mapRoles: '- rolearn: x\n' } }],
  [
    'Nothing but the FlowSchema exempt',
    '2',
    fine,
    { ...fine, objects: [{ kind: 'FlowSchema', metadata: { name: 'mine' }, spec: 'system:masters' }] },
  ],
  [
    'The mode is CONFIG_MAP',
    '0',
    { ...fine, mode: 'CONFIG_MAP', terraform: 'exit 0' },
    { ...fine, mode: 'API_AND_CONFIG_MAP', terraform: 'exit 0' },
    of19,
  ],
];

describe('what a person judges', () => {
  test.each(judged)('%s, of gates.sh %s, does not fail', async (gate, args, passes, world, of = script) => {
    expect(wordOf(await runGates(of, args, passes), gate)).toBe('ok');
    const ran = await runGates(of, args, world);
    expect([wordOf(ran, gate), ran.status === 0 ? '' : ran.stdout + ran.stderr]).toEqual(['look', '']);
  });

  test('in another account IAM is asked there', async () => {
    const other = await scriptFor(source.replaceAll('111122223333:role/ops', '444455556666:role/ops'));
    const ran = await runGates(other, '2', fine);
    expect(wordOf(ran, 'arn:aws:iam::444455556666:role/ops exists')).toBe('look');
    expect(ran.status).toBe(0);
  });

  test('new nodes are started by a person', async () => {
    const ran = await runGates(script, '3 --after', after2);
    expect(wordOf(ran, 'New nodes join')).toBe('look');
    const bad = await runGates(script, '3 --after', { ...after2, nodes: 'ip-1 NotReady <none> 3d v1.31\n' });
    expect([wordOf(bad, 'New nodes join'), bad.status]).toEqual(['FAIL', 1]);
  });
});

describe('entries.json', () => {
  test('is what --existing takes, where nothing fails', async () => {
    const ran = await runGates(script, '3', { ...after2, files: { 'entries.json': 'of yesterday' } });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    const { entries } = readSnapshot('entries.json', ran.file('entries.json') ?? '');
    expect(entries.map(({ principalArn, type, groups }) => [principalArn, type, groups])).toEqual(
      Object.values({ ...theirs, ...made }).map(entry => [entry.principalArn, entry.type, entry.kubernetesGroups]),
    );
    expect(entries.find(({ principalArn }) => principalArn === role('ops'))?.policies).toHaveLength(1);
  });

  test('is away where a gate fails, so that nothing that reads it goes on', async () => {
    const ran = await runGates(script, '3', {
      ...after2,
      caller: 'arn:aws:sts::111122223333:assumed-role/other/me',
      files: { 'entries.json': 'of yesterday' },
    });
    expect([ran.status, ran.file('entries.json')]).toEqual([1, undefined]);
  });

  test('alone, without gates', async () => {
    const ran = await runGates(script, 'snapshot', { entries: theirs });
    expect([ran.status, ran.gates.map(({ word }) => word)]).toEqual([0, ['ok']]);
    expect(readSnapshot('entries.json', ran.file('entries.json') ?? '').entries).toHaveLength(3);
  });

  test('of a cluster without entries', async () => {
    const ran = await runGates(script, 'snapshot', { entries: {} });
    expect([ran.status, ran.stderr, ran.file('entries.json')]).toEqual([0, '', '']);
  });
});

describe('the copy of the ConfigMap', () => {
  test('is made once, and is the same at the next run', async () => {
    const configMap = { mapRoles: '- rolearn: x\n' };
    const first = await runGates(script, '3', { ...after2, configMap });
    const copy = first.file('aws-auth-backup.yaml') ?? '';
    expect(copy).toContain('rolearn: x');
    expect(copy).not.toMatch(/resourceVersion|uid/);
    const again = await runGates(script, '3', { ...after2, configMap, files: { 'aws-auth-backup.yaml': copy } });
    expect(wordOf(again, 'A copy of the live ConfigMap')).toBe('ok');
    // Phase 3 is applied: what is empty now does not take the place of what was there.
    const late = await runGates(script, '3', { ...after2, configMap: {}, files: { 'aws-auth-backup.yaml': copy } });
    expect([wordOf(late, 'A copy of the live ConfigMap'), late.file('aws-auth-backup.yaml')]).toEqual(['FAIL', copy]);
  });
});

const creationOf = (arn: string | null, key = 'x', cluster: string | null = 'demo'): unknown => ({
  type: 'aws_eks_access_entry',
  address: `module.eks.aws_eks_access_entry.this[${JSON.stringify(key)}]`,
  // What is known after apply is in no `after`.
  change: { actions: ['create'], after: { ...(cluster !== null && { cluster_name: cluster }), principal_arn: arn } },
});

/** Shows a plan that makes these. */
const terraform = (...arns: readonly (string | null)[]): string => planOf(arns.map(arn => creationOf(arn)));

const planOf = (changes: readonly unknown[]): string =>
  `cat <<'END'\n${JSON.stringify({ resource_changes: changes })}\nEND`;

describe('the plan', () => {
  test('has principals that exist', async () => {
    const gate = 'Every entry that the plan makes';
    const args = '2 --plan=2.tfplan';
    const passed = await runGates(script, args, { ...fine, terraform: terraform(role('ops'), null) });
    expect([wordOf(passed, gate), passed.status]).toEqual(['ok', 0]);
    const failed = await runGates(script, args, { ...fine, terraform: terraform(role('ghost'), role('ops')) });
    expect([wordOf(failed, gate), failed.status]).toEqual(['FAIL', 1]);
    expect(failed.stdout).toContain(role('ghost'));
    const pathed = await runGates(script, args, {
      ...fine,
      roles: { ops: role('team/ops') },
      terraform: terraform(role('ops')),
    });
    expect(pathed.status).toBe(1);
  });

  test('after a killed apply tells the address of each entry that is live', async () => {
    const ran = await runGates(script, 'adopt', { ...after2, terraform: terraform(role('ops'), role('ghost'), null) });
    expect([ran.status, ran.stdout]).toEqual([
      0,
      `  terraform import -input=false 'module.eks.aws_eks_access_entry.this["x"]' demo:${role('ops')}\n`,
    ]);
  });

  test('tells an address with quotes, spaces and tabs in its key as Terraform writes it', async () => {
    const key = `it's "a" \\ $(x)\tb`;
    const ran = await runGates(script, 'adopt', { ...after2, terraform: planOf([creationOf(role('ops'), key)]) });
    const words = await ran.cluster.shell(`set -- ${ran.stdout.trim()}; printf '%s\\n' "$@"`);
    expect([ran.status, words.stdout]).toEqual([
      0,
      `terraform\nimport\n-input=false\nmodule.eks.aws_eks_access_entry.this[${JSON.stringify(key)}]\ndemo:${role('ops')}\n`,
    ]);
  });

  test('names an entry of a cluster that it does not tell, and prints the others', async () => {
    const plan = planOf([creationOf(role('ops'), 'ops', null), creationOf(role('deploy'), 'deploy')]);
    const ran = await runGates(script, 'adopt', { ...after2, terraform: plan });
    expect([ran.status, ran.stdout]).toEqual([
      1,
      `  terraform import -input=false 'module.eks.aws_eks_access_entry.this["deploy"]' demo:${role('deploy')}\n`,
    ]);
    expect(ran.stderr).toContain(
      `the plan does not tell the cluster of module.eks.aws_eks_access_entry.this["ops"]: where ${role('ops')} has an entry`,
    );
  });
});

test.each([
  ['arn:aws:sts::111122223333:assumed-role/creator/me', role('creator')],
  ['arn:aws:iam::111122223333:user/x/joe', 'arn:aws:iam::111122223333:user/x/joe'],
  ['arn:aws-cn:sts::111122223333:assumed-role/ci/1', 'arn:aws-cn:iam::111122223333:role/ci'],
])('runner says for %s: %s', async (caller, arn) => {
  expect(await runGates(script, 'runner', { caller })).toMatchObject({ status: 0, stdout: `${arn}\n`, stderr: '' });
});

test('what the plan must show is said after the gates', async () => {
  const { stdout } = await runGates(script, '3', after2);
  expect(stdout).toContain('The plan of this phase must show:\n  kubernetes_config_map_v1_data.aws_auth[0] destroyed');
});

describe('wrong usage', () => {
  test.each(['', 'nothing', '3 4', '--apply', 'clean-up --plan=x', '1 --repair', '4 --back'])('%j', async args => {
    const { status, stdout, cluster } = await runGates(script, args, fine);
    expect([status, stdout, cluster.called]).toEqual([2, '', []]);
  });

  test.each(['2 --repair', '2 --back', '3 --back'])(
    '%j, once the source has the phase: it does not say that none is needed',
    async args => {
      const done = source
        .replace('"CONFIG_MAP"', '"API"')
        .replace('manage_aws_auth_configmap = true', 'manage_aws_auth_configmap = false');
      const { status, stdout, stderr } = await runGates(await scriptFor(done), args, fine);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain('run convert in a checkout of the commit before it');
      expect(stderr).not.toMatch(/nothing|no command/);
    },
  );

  test('in the directory that convert writes', async () => {
    const ran = await runGates(script, '1', fine);
    const { status, stderr } = await ran.cluster.shell('cd access-entries-migration && bash gates.sh 1');
    expect([status, stderr]).toEqual([2, expect.stringContaining('root module')]);
  });
});

test('every check that a gate may call is in the script', () => {
  expect(checks.filter(name => !script.includes(`\n${name}() {\n`))).toEqual([]);
});
