import { describe, expect, test } from '@jest/globals';
import { mappingOf, rowsIn } from './support/inline.ts';

const on = '  manage_aws_auth_configmap = true\n';

const rowsOf = async (body: string, version = '19.21.0', beside = ''): Promise<string[]> => {
  const mapping = await mappingOf(version, on + body, beside);
  if (!mapping) throw new Error('no aws-auth');
  return rowsIn(mapping);
};

const managed = (name: string): string => `module.eks.eks_managed_node_groups["${name}"].iam_role_arn`;
const selfManaged = (name: string): string => `module.eks.self_managed_node_groups["${name}"].iam_role_arn`;
const fargate = (name: string): string =>
  `module.eks.fargate_profiles["${name}"].fargate_profile_pod_execution_role_arn`;

test('the rows of all nodes come before those of the author, in the order in which the module writes them', async () => {
  const rows = await rowsOf(`
  aws_auth_roles = [
    { rolearn = "arn:aws:iam::111122223333:role/platform", username = "platform", groups = ["system:masters"] },
  ]

  aws_auth_fargate_profile_pod_execution_role_arns = ["arn:aws:iam::111122223333:role/pods"]
  aws_auth_node_iam_role_arns_windows              = ["arn:aws:iam::111122223333:role/legacy-windows"]
  aws_auth_node_iam_role_arns_non_windows          = ["arn:aws:iam::111122223333:role/legacy"]

  fargate_profiles = {
    jobs = {}
  }

  self_managed_node_groups = {
    iis   = { platform = "windows" }
    batch = {}
  }

  eks_managed_node_groups = {
    spot    = {}
    windows = { platform = "windows" }
    general = {}
  }
`);
  expect(rows).toEqual([
    `linux ${managed('general')}`,
    `linux ${managed('spot')}`,
    `linux ${selfManaged('batch')}`,
    'linux "arn:aws:iam::111122223333:role/legacy"',
    `windows ${managed('windows')}`,
    `windows ${selfManaged('iis')}`,
    'windows "arn:aws:iam::111122223333:role/legacy-windows"',
    `fargate ${fargate('jobs')}`,
    'fargate "arn:aws:iam::111122223333:role/pods"',
    'row "arn:aws:iam::111122223333:role/platform"',
  ]);
});

test('the groups are those of the module, in its order', async () => {
  const mapping = await mappingOf(
    '19.21.0',
    `${on}  eks_managed_node_groups = {\n    a = { platform = "windows" }\n  }`,
  );
  expect(mapping?.rows.map(({ username, groups }) => [username?.source, groups?.source])).toEqual([
    ['"system:node:{{EC2PrivateDNSName}}"', '["eks:kube-proxy-windows", "system:bootstrappers", "system:nodes"]'],
  ]);
});

describe('the platform of a managed group counts from 19.16.0 on', () => {
  const body = '  eks_managed_node_groups = {\n    iis = { platform = "windows" }\n  }';
  test.each([
    ['18.31.2', 'linux'],
    ['19.15.4', 'linux'],
    ['19.16.0', 'windows'],
    ['19.21.0', 'windows'],
  ])('%s', async (version, system) => {
    expect(await rowsOf(body, version)).toEqual([`${system} ${managed('iis')}`]);
  });
});

const groups = (body: string, before = ''): string =>
  `${before}\n  self_managed_node_groups = {\n    batch = ${body}\n  }`;
const defaults = (body: string): string => `  self_managed_node_group_defaults = ${body}`;

describe('self-managed groups', () => {
  test.each<[string, string, readonly string[]]>([
    ['linux by default', groups('{}'), [`linux ${selfManaged('batch')}`]],
    ['bottlerocket is not windows', groups('{ platform = "bottlerocket" }'), [`linux ${selfManaged('batch')}`]],
    [
      'the platform of the defaults',
      groups('{}', defaults('{ platform = "windows" }')),
      [`windows ${selfManaged('batch')}`],
    ],
    [
      "the group's own beats it",
      groups('{ platform = "linux" }', defaults('{ platform = "windows" }')),
      [`linux ${selfManaged('batch')}`],
    ],
    ['without an instance profile there is no role', groups('{ create_iam_instance_profile = false }'), []],
    ['nor when the defaults say so', groups('{}', defaults('{ create_iam_instance_profile = false }')), []],
    ['a group that is not made has none', groups('{ create = false }'), []],
    [
      'create of the defaults is not read',
      groups('{}', defaults('{ create = false }')),
      [`linux ${selfManaged('batch')}`],
    ],
    ['in a local', `  self_managed_node_groups = local.groups`, [`windows ${selfManaged('iis')}`]],
    [
      'a platform that only a plan knows',
      groups('{ platform = var.platform }'),
      [
        '[linux [for group in module.eks.self_managed_node_groups : group.iam_role_arn if group.platform != "windows"]]',
        '[windows [for group in module.eks.self_managed_node_groups : group.iam_role_arn if group.platform == "windows"]]',
      ],
    ],
    [
      'that may not be made, and are all of one system',
      groups('{ create = var.on, platform = "windows" }'),
      ['[windows [for group in module.eks.self_managed_node_groups : group.iam_role_arn]]'],
    ],
    [
      'groups that only a plan knows',
      '  self_managed_node_groups = var.groups',
      [
        '[linux [for group in module.eks.self_managed_node_groups : group.iam_role_arn if group.platform != "windows"]]',
        '[windows [for group in module.eks.self_managed_node_groups : group.iam_role_arn if group.platform == "windows"]]',
      ],
    ],
  ])('%s', async (_what, body, expected) => {
    const beside = 'locals {\n  groups = {\n    iis = { platform = "windows" }\n  }\n}';
    expect(await rowsOf(body, '19.21.0', beside)).toEqual(expected);
  });
});

describe('managed groups', () => {
  // EKS makes the entry of each, whatever the system of its nodes.
  const unknown = ['linux module.eks.eks_managed_node_groups', 'windows module.eks.eks_managed_node_groups'];

  test.each<[string, string, readonly string[]]>([
    ['no groups', '  eks_managed_node_groups = {}', []],
    ['null', '  eks_managed_node_groups = null', []],
    ['a quoted key', '  eks_managed_node_groups = {\n    "on demand" = {}\n  }', [`linux ${managed('on demand')}`]],
    ['a group that is not made', '  eks_managed_node_groups = {\n    a = { create = false }\n  }', []],
    ['a variable', '  eks_managed_node_groups = var.groups', unknown],
    ['merge', '  eks_managed_node_groups = merge(local.groups, var.more)', unknown],
    // None of them is Windows.
    ['a key that only a plan knows', '  eks_managed_node_groups = {\n    (var.name) = {}\n  }', unknown.slice(0, 1)],
    ['a group that is a reference', '  eks_managed_node_groups = {\n    a = var.group\n  }', unknown],
    [
      'that share a role are one row',
      '  eks_managed_node_groups = {\n    a = { create_iam_role = false, iam_role_arn = aws_iam_role.nodes.arn }\n    b = { create_iam_role = false, iam_role_arn = aws_iam_role.nodes.arn }\n  }',
      [`linux ${managed('a')}`],
    ],
    [
      'that do not take the role they are given are two',
      '  eks_managed_node_groups = {\n    a = { iam_role_arn = aws_iam_role.nodes.arn }\n    b = { iam_role_arn = aws_iam_role.nodes.arn }\n  }',
      [`linux ${managed('a')}`, `linux ${managed('b')}`],
    ],
  ])('%s', async (_what, body, expected) => {
    expect(await rowsOf(body)).toEqual(expected);
  });

  test('before 19.16.0 there is one list of them', async () => {
    expect(await rowsOf('  eks_managed_node_groups = var.groups', '19.15.4')).toEqual([
      'linux module.eks.eks_managed_node_groups',
    ]);
  });
});

const arns = (value: string): string => `  aws_auth_node_iam_role_arns_non_windows = ${value}`;

describe('the arguments with ARNs', () => {
  test.each<[string, string, readonly string[]]>([
    ['literal', '["arn:aws:iam::111122223333:role/a"]', ['linux "arn:aws:iam::111122223333:role/a"']],
    ['empty', '[]', []],
    ['a null and an empty string are no roles', '[null, "", aws_iam_role.a.arn]', ['linux aws_iam_role.a.arn']],
    [
      'one role twice is one row',
      '[aws_iam_role.a.arn, aws_iam_role.b.arn, aws_iam_role.a.arn]',
      ['linux aws_iam_role.a.arn', 'linux aws_iam_role.b.arn'],
    ],
    ['a local', 'local.arns', ['linux aws_iam_role.x.arn']],
    ['concat', 'concat(local.arns, [aws_iam_role.a.arn])', ['linux aws_iam_role.x.arn', 'linux aws_iam_role.a.arn']],
    ['a variable', 'var.arns', ['[linux var.arns]']],
    [
      'concat with a variable',
      'concat([aws_iam_role.a.arn], var.arns)',
      ['linux aws_iam_role.a.arn', '[linux var.arns]'],
    ],
    ['a conditional', 'var.legacy ? [aws_iam_role.a.arn] : []', ['linux aws_iam_role.a.arn if var.legacy']],
    ['an output of a group', '[module.spot.iam_role_arn]', ['linux module.spot.iam_role_arn']],
  ])('%s', async (_what, value, expected) => {
    expect(await rowsOf(arns(value), '19.21.0', 'locals {\n  arns = [aws_iam_role.x.arn]\n}')).toEqual(expected);
  });

  test('a role of a group that is named again is one row', async () => {
    const body = `${arns('[module.eks.eks_managed_node_groups["a"].iam_role_arn]')}\n  eks_managed_node_groups = {\n    a = {}\n  }`;
    expect(await rowsOf(body)).toEqual([`linux ${managed('a')}`]);
  });
});

describe('instances of the call', () => {
  const body = '  eks_managed_node_groups = {\n    a = {}\n  }\n';
  test.each([
    ['count = var.on ? 1 : 0', 'module.eks[0]', ' if var.on'],
    ['for_each = toset(["x", "y"])', 'module.eks[each.key]', ''],
    ['count = 2', 'module.eks[count.index]', ''],
  ])('%s', async (argument, instance, guard) => {
    const row = `linux ${instance}.eks_managed_node_groups["a"].iam_role_arn${guard}`;
    expect(await rowsOf(`  ${argument}\n${body}`)).toEqual([row]);
  });
});
