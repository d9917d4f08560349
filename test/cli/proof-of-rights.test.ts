import { describe, expect, test } from '@jest/globals';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

// What a row grants, its live entry must grant before the row goes: an entry takes the place of its row, and its policies come by
// calls of their own, which may have failed. Sources: EKS user guide, migrating-access-entries; aws-iam-authenticator,
// server/server.go (the first backend that knows a principal is the only one).

const runner = 'arn:aws:iam::111122223333:role/ci';
const ops = 'arn:aws:iam::111122223333:role/ops';
const clusterAdmin = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
const view = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';

const association = (principal: string, more = '', policy = `"${clusterAdmin}"`): string => `
resource "aws_eks_access_policy_association" "ops" {
${more}  cluster_name  = module.eks.cluster_name
  principal_arn = ${principal}
  policy_arn    = ${policy}

  access_scope {
    type = "cluster"
  }
}
`;

const entry = (principal: string, more = ''): string => `
resource "aws_eks_access_entry" "ops" {
${more}  cluster_name  = module.eks.cluster_name
  principal_arn = ${principal}
}
`;

type Form = { readonly row?: string; readonly groups?: string; readonly call?: string; readonly beside?: string };

const main = ({
  row = `"${ops}"`,
  groups = '"system:masters"',
  call = '',
  beside = '',
}: Form): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "demo"
  authentication_mode = "API_AND_CONFIG_MAP"
${call}}
${beside}
module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_roles = [
    { rolearn = ${row}, username = "ops", groups = [${groups}] },
  ]
}
`;

type Policy = { readonly policyArn: string; readonly type?: 'cluster' | 'namespace' };
type Live = {
  readonly groups?: readonly string[];
  readonly type?: string;
  readonly policies?: readonly Policy[];
  readonly username?: string;
};

const documents = (
  principalArn: string,
  { groups = [], type = 'STANDARD', policies, username = 'ops' }: Live,
): readonly object[] => [
  { accessEntry: { clusterName: 'demo', principalArn, kubernetesGroups: groups, username, type } },
  ...(policies === undefined
    ? []
    : [
        {
          clusterName: 'demo',
          principalArn,
          associatedAccessPolicies: policies.map(({ policyArn, type: scope = 'cluster' }) => ({
            policyArn,
            accessScope: { type: scope, namespaces: scope === 'cluster' ? [] : ['a'] },
          })),
        },
      ]),
];

const snapshot = (live: Live): string =>
  [...documents(ops, live), ...documents(runner, { policies: [{ policyArn: clusterAdmin }] })]
    .map(document => JSON.stringify(document))
    .join('\n');

/** The exit status, what refuses, and whether the module was written. */
const remove = async (form: Form, live: Live, config: object = {}, more: readonly string[] = []) => {
  const directory = directoryWith({
    'main.tf': main(form),
    'entries.json': snapshot(live),
    'tf-access-entries.config.json': JSON.stringify(config),
  });
  const before = contentOf(directory)['main.tf'];
  const flags = ['--write', '--phase', 'remove-aws-auth', '--existing', 'entries.json', '--runner', runner];
  const { status, stderr } = await runHere(directory, ['convert', '.', ...flags, ...more]);
  return {
    status,
    refused: /error TAE109: .*/.exec(stderr)?.[0] ?? '',
    said: stderr,
    written: contentOf(directory)['main.tf'] !== before,
  };
};

const byRole = { principals: { 'aws_iam_role.ops.arn': { arn: ops } } };
const role = 'resource "aws_iam_role" "ops" {\n  name = "ops"\n}\n';

const forms: readonly (readonly [name: string, form: Form, config?: object])[] = [
  ['an association with the same literal ARN', { beside: entry(`"${ops}"`) + association(`"${ops}"`) }],
  [
    'an association that refers to the entry',
    { beside: entry(`"${ops}"`) + association('aws_eks_access_entry.ops.principal_arn') },
  ],
  [
    'both referring to the role',
    {
      row: 'aws_iam_role.ops.arn',
      beside: role + entry('aws_iam_role.ops.arn') + association('aws_iam_role.ops.arn'),
    },
    byRole,
  ],
  [
    'for_each over a map',
    {
      beside: `locals {\n  admins = { ops = "${ops}" }\n}\n${entry('each.value', '  for_each = local.admins\n')}${association('aws_eks_access_entry.ops[each.key].principal_arn', '  for_each = local.admins\n')}`,
    },
  ],
  [
    'for_each over a set',
    {
      beside:
        entry('each.value', `  for_each = toset(["${ops}"])\n`) +
        association('each.key', `  for_each = toset(["${ops}"])\n`),
    },
  ],
  [
    'count',
    {
      beside:
        entry(`"${ops}"`, '  count = 1\n') + association('aws_eks_access_entry.ops[0].principal_arn', '  count = 1\n'),
    },
  ],
  ['an association whose entry is made elsewhere', { beside: association(`"${ops}"`) }],
  ['an entry that is made elsewhere, with its policies', {}],
  [
    'policies of access_entries that a variable gives',
    {
      call: `  access_entries = {\n    ops = {\n      principal_arn       = "${ops}"\n      policy_associations = var.policies\n    }\n  }\n`,
    },
  ],
  [
    'an entry of access_entries with an association beside it',
    { call: `  access_entries = {\n    ops = { principal_arn = "${ops}" }\n  }\n`, beside: association(`"${ops}"`) },
  ],
  [
    'a policy that a variable gives',
    { beside: entry(`"${ops}"`) + association('aws_eks_access_entry.ops.principal_arn', '', 'var.policy') },
  ],
];

describe.each(forms)('the row of an administrator beside %s', (_name, form, config) => {
  test('stays while the live entry has no policy', async () => {
    const { status, refused, written } = await remove(form, { policies: [] }, config);
    expect({ status, refused, written }).toEqual({
      status: 1,
      refused: expect.stringMatching(/ lacks AmazonEKSClusterAdminPolicy/),
      written: false,
    });
  });

  test('stays while the policies of the live entry are not in the snapshot', async () => {
    const { status, refused, written } = await remove(form, {}, config);
    expect({ status, refused, written }).toEqual({
      status: 1,
      refused: expect.stringMatching(/ lacks its associations in the snapshot/),
      written: false,
    });
  });

  test('stays while the live policy is for a namespace', async () => {
    const { status, written } = await remove(
      form,
      { policies: [{ policyArn: clusterAdmin, type: 'namespace' }] },
      config,
    );
    expect({ status, written }).toEqual({ status: 1, written: false });
  });

  test('goes once the live entry has the policy', async () => {
    const { status, refused, written } = await remove(form, { policies: [{ policyArn: clusterAdmin }] }, config);
    expect({ status, refused, written }).toEqual({ status: 0, refused: '', written: true });
  });
});

test('entry and association of one role, as the documentation of the provider writes them, grant what the row grants', async () => {
  const [, form, config] = forms.find(([name]) => name === 'both referring to the role')!;
  const { said } = await remove(form, { policies: [{ policyArn: clusterAdmin }] }, config);
  expect(said).not.toContain('TAE409');
});

describe('what the source gives instead of the right of a row', () => {
  const weaker = {
    beside: entry(`"${ops}"`) + association(`"${ops}"`, '', `"${view}"`),
  };

  test('is no proof, live as it may be', async () => {
    const { status, refused } = await remove(weaker, { policies: [{ policyArn: view }] });
    expect({ status, refused }).toEqual({
      status: 1,
      refused: expect.stringMatching(/ lacks AmazonEKSClusterAdminPolicy/),
    });
  });

  test('is what counts once the config says so', async () => {
    const config = { principals: { [ops]: { policies: ['AmazonEKSViewPolicy'] } } };
    expect((await remove(weaker, { policies: [{ policyArn: view }] }, config)).status).toBe(0);
    expect((await remove(weaker, { policies: [] }, config)).refused).toMatch(/ lacks AmazonEKSViewPolicy/);
  });

  test('may be a policy in place of a group, which the config says', async () => {
    const form = { ...weaker, groups: '"readers"' };
    const live = { policies: [{ policyArn: view }] };
    expect((await remove(form, live)).refused).toMatch(/ lacks the group readers/);
    const config = { groups: { readers: { policy: 'AmazonEKSViewPolicy' } } };
    expect((await remove(form, live, config)).status).toBe(0);
    expect((await remove(form, { policies: [] }, config)).refused).toMatch(/ lacks AmazonEKSViewPolicy/);
  });
});

const groups = (list: string): Form => ({
  groups: '"developers"',
  call: `  access_entries = {\n    ops = {\n      principal_arn     = "${ops}"\n      kubernetes_groups = ${list}\n    }\n  }\n`,
});

describe('the groups of a row', () => {
  test.each(['["developers"]', 'var.groups'])('are looked for in the live entry, with %s in the source', async list => {
    expect((await remove(groups(list), { groups: [], policies: [] })).refused).toMatch(/ lacks the group developers/);
    expect((await remove(groups(list), { groups: ['developers'], policies: [] })).status).toBe(0);
  });

  test('that are not in the source cannot be looked for', async () => {
    const form = { ...groups('var.groups'), groups: 'var.group' };
    const { status, refused } = await remove(form, { groups: ['developers'], policies: [] });
    expect({ status, refused }).toEqual({ status: 1, refused: expect.stringMatching(/groups .*not in the source/) });
  });
});

// A binding of kind User names the username. An entry that sets none is called by its session.
// Source: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
describe('the username of a row', () => {
  const form = groups('["developers"]');
  const live = { groups: ['developers'], policies: [] };

  test.each(['developer', 'arn:aws:sts::111122223333:assumed-role/ops/{{SessionName}}'])(
    'is not proven by a live entry called %s',
    async username => {
      const { status, refused, written } = await remove(form, { ...live, username });
      expect({ status, refused, written }).toEqual({
        status: 1,
        refused: expect.stringContaining(username),
        written: false,
      });
    },
  );

  test('that nothing is bound to can be accepted', async () => {
    const accepted = await remove(form, { ...live, username: 'developer' }, {}, ['--accept-unverified']);
    expect(accepted).toMatchObject({ status: 0, written: true });
  });

  test('gives an administrator nothing that the policy does not', async () => {
    const admin = { beside: entry(`"${ops}"`) + association(`"${ops}"`) };
    const held = { policies: [{ policyArn: clusterAdmin }], username: 'developer' };
    expect((await remove(admin, held)).status).toBe(0);
  });
});

test('the row of a person is not proven by an entry of nodes, nor the row of nodes by one of a person', async () => {
  const form = { beside: entry(`"${ops}"`) + association(`"${ops}"`) };
  const policies = [{ policyArn: clusterAdmin }];
  expect((await remove(form, { type: 'EC2', policies })).refused).toMatch(/ of type EC2, not STANDARD/);
  const nodes = {
    groups: '"system:bootstrappers", "system:nodes"',
    call: `  access_entries = {\n    ops = { principal_arn = "${ops}", type = "EC2_LINUX" }\n  }\n`,
  };
  expect((await remove(nodes, { policies: [] })).refused).toMatch(/ of type STANDARD/);
  expect((await remove(nodes, { type: 'EC2_LINUX' })).status).toBe(0);
});

// What is shown by the snapshot is not unverified. Source: docs/reference/cli.md.
describe('--accept-unverified', () => {
  const accept = ['--accept-unverified'];
  const form = { beside: entry(`"${ops}"`) + association(`"${ops}"`) };

  test('does not go past an entry without the policy of its row', async () => {
    const { status, refused, written } = await remove(form, { policies: [] }, {}, accept);
    expect([status, written]).toEqual([1, false]);
    expect(refused).toContain(ops);
  });

  test('goes past associations that are not in the snapshot', async () => {
    expect(await remove(form, {}, {}, accept)).toMatchObject({ status: 0, written: true });
  });

  test('does not go past a group that the entry lacks, whatever its associations are', async () => {
    const { status, refused, written } = await remove({ ...form, groups: '"system:masters", "ops"' }, {}, {}, accept);
    expect([status, written]).toEqual([1, false]);
    expect(refused).toContain('lacks the group ops');
  });

  test('goes past a row under a condition, which may not be in force in this cluster', async () => {
    const auth = 'aws_auth_roles = var.is_prod ? [';
    const directory = directoryWith({
      'main.tf': main(form).replace('aws_auth_roles = [', auth).replace('\n  ]\n', '\n  ] : []\n'),
      'entries.json': snapshot({ policies: [] }),
    });
    const flags = ['--write', '--phase', 'remove-aws-auth', '--existing', 'entries.json', '--runner', runner];
    const refused = await runHere(directory, ['convert', '.', ...flags]);
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('TAE109')]);
    expect(await runHere(directory, ['convert', '.', ...flags, ...accept])).toMatchObject({ status: 0 });
  });
});

const named = (name: string): string =>
  main({ call: '' })
    .replace('"demo"', `"${name}"`)
    .replaceAll(/module "(eks|aws_auth)"/g, `module "$1_${name}"`);

// A snapshot is of one cluster; the other one's rows may name the same principals.
test('a snapshot of one cluster proves nothing about another', async () => {
  const directory = directoryWith({
    'main.tf': `${named('demo')}\n${named('other')}`.replaceAll(
      'aws_auth_roles = [',
      'manage_aws_auth_configmap = true\n  aws_auth_roles = [',
    ),
    'entries.json': snapshot({ policies: [{ policyArn: clusterAdmin }] }),
    'tf-access-entries.config.json': JSON.stringify({
      pair: { 'module.aws_auth_demo': 'module.eks_demo', 'module.aws_auth_other': 'module.eks_other' },
    }),
  });
  await runHere(directory, ['convert', '.', '--write', '--phase', 'add-access-entries']);
  const before = contentOf(directory)['main.tf'];
  const flags = ['--write', '--phase', 'remove-aws-auth', '--existing', 'entries.json', '--runner', runner];
  const { status, stderr } = await runHere(directory, ['convert', '.', ...flags]);
  expect([status, contentOf(directory)['main.tf']]).toEqual([1, before]);
  expect(stderr).toMatch(/error TAE109: .*module\.eks_other/);
});
