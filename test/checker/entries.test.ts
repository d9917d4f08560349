import { describe, expect, test } from '@jest/globals';
import { check, type CheckOptions } from '../../lib/check.ts';
import { positionAt } from '../../lib/diagnostics/index.ts';
import { directoryWith } from '../cli/support/directory.ts';
import { runHere } from '../cli/support/host.ts';
import { runtime } from '../support/fixture.ts';

type Options = Omit<CheckOptions, 'runtime'>;

/** `code line`, of the codes of the rules for entries and modules. */
const found = async (text: string, options: Options = {}): Promise<readonly string[]> => {
  const files = new Map([['main.tf', text]]);
  const { diagnostics } = await check(files, { ...options, runtime: await runtime() });
  return (
    diagnostics
      // Samples are as short as can be, and most entries of them grant nothing: that has tests of its own.
      .filter(({ code }) => code >= 'TAE705' && code <= 'TAE749' && code !== 'TAE727')
      .map(({ code, range }) => `${code} ${range ? positionAt(files.get(range.file) ?? '', range.start).line : '-'}`)
  );
};

const eks = (body: string, version = '20.24.3'): string =>
  `module "eks" {\n  source  = "terraform-aws-modules/eks/aws"\n  version = "${version}"\n\n${body}\n}\n`;

const arn = (name: string): string => `"arn:aws:iam::111122223333:role/${name}"`;
const grouped = (name: string, group: string): string =>
  `{ principal_arn = ${arn(name)}, kubernetes_groups = ["${group}"] }`;

const two = (a: string, b: string): string => eks(`  access_entries = {\n    a = ${a}\n    b = ${b}\n  }`);

const provider = (constraint: string): string =>
  `terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "${constraint}"\n    }\n  }\n}\n`;

const role = (name: string): string => `resource "aws_iam_role" "x" {\n  name = ${name}\n}\n`;

describe('where entries are written', () => {
  test.each([
    ['in a local of locals', `locals {\n  a = local.b\n  b = { x = ${grouped('x', 'system:x')} }\n}\n`, 'local.a', 3],
    ['as a member of a local', `locals {\n  x = ${grouped('x', 'system:x')}\n}\n`, '{ x = local.x }', 2],
    ['in merge', `locals {\n  b = { x = ${grouped('x', 'system:x')} }\n}\n`, 'merge({}, local.b)', 2],
    [
      'in an arm',
      `locals {\n  b = { x = ${grouped('x', 'system:x')} }\n}\n`,
      'merge({ y = { principal_arn = "arn:aws:iam::111122223333:role/y" } }, var.on ? local.b : {})',
      2,
    ],
    [
      'in the body of a for over a variable',
      '\n',
      `{ for x in var.teams : x => { principal_arn = x, kubernetes_groups = ["system:x"] } }`,
      6,
    ],
  ])('%s', async (_name, before, entries, line) => {
    expect(await found(`${before}${eks(`  access_entries = ${entries}`)}`)).toEqual([`TAE706 ${line}`]);
  });

  test('a for over what the source tells is gone through, and a fault of its body said once', async () => {
    const text = `locals {
  teams = {
    a = { role = ${arn('a')}, group = "a" }
    b = { role = ${arn('b')}, group = "system:b" }
    c = { role = ${arn('a')}, group = "c" }
  }
}
${eks(`  access_entries = {
    for name, team in local.teams : name => {
      principal_arn     = team.role
      username          = name
      kubernetes_groups = [team.group]
    }
  }`)}`;
    expect(await found(text)).toEqual(['TAE706 4', 'TAE718 5', 'TAE705 15']);
  });

  test('a local that leads back to itself is let be', async () => {
    const text = `locals {\n  a = local.b\n  b = local.a\n}\n${eks('  access_entries = local.a')}`;
    expect(await found(text)).toEqual([]);
  });

  test('a resource beside the module', async () => {
    const text = `${eks('  cluster_name = "x"')}
resource "aws_eks_access_entry" "x" {
  cluster_name  = module.eks.cluster_name
  principal_arn = ${arn('x')}
  type          = "EC2_LINUX"
  user_name     = "x"
}

resource "aws_eks_access_policy_association" "x" {
  cluster_name  = module.eks.cluster_name
  principal_arn = aws_eks_access_entry.x.principal_arn
  policy_arn    = "arn:aws:iam::aws:policy/ReadOnlyAccess"

  access_scope {
    type = "namespace"
  }
}
`;
    expect(await found(text)).toEqual(['TAE715 12', 'TAE715 15', 'TAE722 15', 'TAE721 18']);
  });

  test('carriage returns and a byte order mark', async () => {
    const text = `\uFEFF${eks(`  access_entries = {\n    x = ${grouped('x', 'system:x')}\n  }`).replaceAll('\n', '\r\n')}`;
    expect(await found(text)).toEqual(['TAE706 6']);
  });
});

// The provider does not send an empty user_name: internal/service/eks/access_entry.go (GetOk), and finalizeDiff of the plugin SDK.
test.each([
  ['"x"', ['TAE715 8']],
  ['""', []],
  ['null', []],
])('user_name = %s of an entry of a node type', async (username, expected) => {
  const entry = `{\n    principal_arn = ${arn('x')}\n    type = "EC2_LINUX"\n    user_name = ${username}\n  }`;
  expect(await found(eks(`  access_entries = { x = ${entry} }`))).toEqual(expected);
});

test.each([
  ['20.30.1', 'EKS associates policies with entries of other types only'],
  ['20.31.0', 'the plan fails with "Unsupported attribute"'],
  ['21.19.0', 'the plan fails with "Unsupported attribute"'],
])('a policy of an entry of the type HYBRID_LINUX, at %s', async (version, effect) => {
  const policies = '{ a = { policy_arn = var.policy, access_scope = { type = "cluster" } } }';
  const entry = `{ principal_arn = ${arn('x')}, type = "HYBRID_LINUX", policy_associations = ${policies} }`;
  const files = new Map([['main.tf', eks(`  access_entries = { x = ${entry} }`, version)]]);
  const { diagnostics } = await check(files, { runtime: await runtime() });
  expect(diagnostics.find(({ code }) => code === 'TAE715')?.message).toContain(effect);
});

// Source: EKS user guide, access-policies: the ARN has the partition of the cluster.
test('the form of an access policy is said for every partition', async () => {
  const policies = '{ a = { policy_arn = "AmazonEKSViewPolicy", access_scope = { type = "cluster" } } }';
  const entry = `{ principal_arn = "arn:aws-cn:iam::111122223333:role/x", policy_associations = ${policies} }`;
  const files = new Map([['main.tf', eks(`  access_entries = { x = ${entry} }`)]]);
  const { diagnostics } = await check(files, { runtime: await runtime() });
  expect(diagnostics.find(({ code }) => code === 'TAE721')?.hint).toContain('arn:<partition>:eks::aws:');
});

test.each([
  ['arn:${data.aws_partition.x.partition}:iam::aws:policy/AmazonEKSClusterPolicy', ['TAE721 5']],
  ['arn:${var.partition}:iam::${var.account}:policy/x', ['TAE721 5']],
  ['arn:${data.aws_partition.x.partition}:eks::aws:cluster-access-policy/AmazonEKSViewPolicy', []],
  ['${var.prefix}/AmazonEKSViewPolicy', []],
])('an IAM policy whose partition only a plan knows: %s', async (policy, expected) => {
  const policies = `{ a = { policy_arn = "${policy}", access_scope = { type = "cluster" } } }`;
  const entry = `{ principal_arn = ${arn('x')}, policy_associations = ${policies} }`;
  expect(await found(`${eks(`  access_entries = { x = ${entry} }`)}data "aws_partition" "x" {}\n`)).toEqual(expected);
});

describe('what cannot be read is no finding', () => {
  test.each([
    ['a variable', 'access_entries = var.access_entries'],
    ['groups', `access_entries = { x = { principal_arn = ${arn('x')}, kubernetes_groups = var.groups } }`],
    ['a username', `access_entries = { x = { principal_arn = ${arn('x')}, user_name = var.name } }`],
    ['a type', `access_entries = { x = { principal_arn = ${arn('x')}, type = var.type, user_name = "x" } }`],
    ['an entry that is merged', `access_entries = { x = merge(var.defaults, { username = "x" }) }`],
    ['a key', `access_entries = { x = { principal_arn = ${arn('x')}, (var.key) = "x" } }`],
    ['an association', `access_entries = { x = { principal_arn = ${arn('x')}, policy_associations = var.policies } }`],
    [
      'a scope',
      `access_entries = { x = { principal_arn = ${arn('x')}, policy_associations = { a = { policy_arn = var.arn, access_scope = var.scope } } } }`,
    ],
    [
      'the namespaces of a scope',
      `access_entries = { x = { principal_arn = ${arn('x')}, policy_associations = { a = { policy_arn = var.arn, access_scope = { type = "namespace", namespaces = var.names } } } } }`,
    ],
    ['a mode', `authentication_mode = var.mode\naccess_entries = { x = { principal_arn = ${arn('x')} } }`],
    ['the flag of the creator', 'enable_cluster_creator_admin_permissions = var.creator\ndepends_on = [module.vpc]'],
    ['the groups of nodes', 'self_managed_node_groups = var.groups\nauthentication_mode = "API_AND_CONFIG_MAP"'],
    [
      'create_access_entry',
      `self_managed_node_groups = {
        a = { create_iam_instance_profile = false, iam_role_arn = var.role, create_access_entry = var.first }
        b = { create_iam_instance_profile = false, iam_role_arn = var.role, create_access_entry = !var.first }
      }`,
    ],
    [
      'the defaults of groups',
      `self_managed_node_group_defaults = var.defaults
      self_managed_node_groups = {
        a = { create_iam_instance_profile = false, iam_role_arn = var.role }
        b = { create_iam_instance_profile = false, iam_role_arn = var.role }
      }`,
    ],
  ])('%s', async (_name, body) => {
    expect(await found(eks(body))).toEqual([]);
  });
});

describe('two entries for one principal', () => {
  test.each([
    ['roles differ by case', `{ principal_arn = ${arn('Ops')} }`, `{ principal_arn = ${arn('ops')} }`, ['TAE718 7']],
    ['one expression', '{ principal_arn = var.ops }', '{ principal_arn = var.ops }', ['TAE718 7']],
    ['two expressions', '{ principal_arn = var.ops }', '{ principal_arn = var.dev }', []],
    ['two accounts', `{ principal_arn = ${arn('x')} }`, `{ principal_arn = "arn:aws:iam::444455556666:role/x" }`, []],
  ])('%s', async (_name, a, b, expected) => {
    expect(await found(two(a, b))).toEqual(expected);
  });

  // `one` fails where there are two: https://developer.hashicorp.com/terraform/language/functions/one
  test.each([
    ['tolist(data.aws_iam_roles.x.arns)[0]', ['TAE718 7']],
    ['element(tolist(data.aws_iam_roles.x.arns), 0)', ['TAE718 7']],
    ['sort(tolist(data.aws_iam_roles.x.arns))[0]', ['TAE718 7']],
    ['join("", data.aws_iam_roles.x.arns)', ['TAE718 7']],
    ['tolist(data.aws_iam_roles.x.arns)[1]', []],
    ['tolist(data.aws_iam_roles.y.arns)[0]', []],
  ])('one role of a data source, and %s', async (other, expected) => {
    const text = two('{ principal_arn = one(data.aws_iam_roles.x.arns) }', `{ principal_arn = ${other} }`);
    expect(await found(text)).toEqual(expected);
    const named = `${text}data "aws_iam_roles" "x" {\n  name_regex = "^AWSReservedSSO_Admin_0a1b2c3d4e5f6071$"\n}\n`;
    expect(await found(named)).toEqual(expected);
  });

  test('an entry that a later one of merge takes the place of is none', async () => {
    const text = eks(
      `  access_entries = merge({ a = { principal_arn = ${arn('x')} } }, { a = { principal_arn = ${arn('x')} } })`,
    );
    expect(await found(text)).toEqual([]);
  });

  test('both arms of a conditional are not there at once', async () => {
    const entry = `{ a = { principal_arn = ${arn('x')} } }`;
    expect(await found(eks(`  access_entries = var.on ? ${entry} : { b = { principal_arn = ${arn('x')} } }`))).toEqual(
      [],
    );
  });

  test('clusters are apart', async () => {
    const one = eks(`  access_entries = { a = { principal_arn = ${arn('x')} } }`);
    expect(await found(`${one}${one.replace('"eks"', '"other"')}`)).toEqual([]);
  });
});

describe('the runner', () => {
  const runner = 'arn:aws:iam::111122223333:role/ci';
  const text = eks(`  enable_cluster_creator_admin_permissions = true
  access_entries = { ci = { principal_arn = ${arn('ci')} } }`);

  test('is known by the command line', async () => {
    expect(await found(text, { runner })).toEqual(['TAE733 6']);
    expect(await found(text, { runner: runner.replace('ci', 'other') })).toEqual(['TAE735 5']);
  });

  // terraform-aws-modules/eks, variables.tf: the flag came with 20.0.0, and before it Terraform refuses the argument.
  test.each(['17.24.0', '18.31.2', '19.21.0'])('is nothing of version %s', async version => {
    expect(await found(eks('  enable_cluster_creator_admin_permissions = true', version), { runner })).toEqual([]);
  });

  test.each([
    ['19.21.0', false],
    ['20.37.2', true],
    ['21.0.0', true],
  ])('has the flag in place of the bootstrap in version %s: %s', async (version, isFlag) => {
    const { diagnostics } = await check(
      new Map([['main.tf', eks('  bootstrap_cluster_creator_admin_permissions = true', version)]]),
      { runtime: await runtime() },
    );
    const hints = diagnostics.filter(({ code }) => code === 'TAE737').map(({ hint }) => hint);
    expect(hints).toHaveLength(1);
    expect(hints[0]?.includes('enable_cluster_creator_admin_permissions')).toBe(isFlag);
  });

  test('tells the account of node roles', async () => {
    const nodes = eks(`  access_entries = {
    a = { principal_arn = "arn:aws:iam::444455556666:role/nodes", type = "EC2_LINUX" }
    b = { principal_arn = "arn:aws:iam::444455556666:role/people" }
  }`);
    expect(await found(nodes, { runner })).toEqual(['TAE708 6']);
    expect(await found(nodes)).toEqual([]);
  });

  // EKS API reference, CreateAccessEntry: the types of nodes take roles alone. HYPERPOD_LINUX is not among those that it names. EKS
  // user guide, creating-access-entries: but for STANDARD the account is that of the cluster.
  test.each([
    ['111122223333:user/ops', 'EC2_LINUX', ['TAE708 6']],
    ['111122223333:root', 'EC2_LINUX', ['TAE708 6']],
    ['111122223333:user/ops', 'HYPERPOD_LINUX', ['TAE710 6']],
    ['111122223333:root', 'HYPERPOD_LINUX', ['TAE709 6']],
    ['444455556666:role/nodes', 'HYPERPOD_LINUX', ['TAE708 6']],
  ])('of %s and type %s is refused where that is documented', async (principal, type, expected) => {
    const nodes = eks(`  access_entries = {
    a = { principal_arn = "arn:aws:iam::${principal}", type = "${type}" }
  }`);
    expect(await found(nodes, { runner })).toEqual(expected);
  });

  // AWS STS API reference, GetCallerIdentity: of a role the ARN is that of its session, of a user it is the user's.
  test('takes the ARN of whoever runs Terraform for a session, unless that is a user', async () => {
    const ops = eks(`  access_entries = { ops = { principal_arn = local.me, kubernetes_groups = ["ops"] } }`);
    const own = `${ops}locals {\n  me = data.aws_caller_identity.x.arn\n}\n`;
    expect(await found(own)).toEqual(['TAE708 5']);
    expect(await found(own, { runner })).toEqual(['TAE708 5']);
    expect(await found(own, { runner: 'arn:aws:iam::111122223333:user/ci' })).toEqual([]);
    const issuer = 'data.aws_iam_session_context.x.issuer_arn';
    expect(await found(own.replace('data.aws_caller_identity.x.arn', issuer))).toEqual([]);
  });
});

// EKS API reference, CreateAccessEntry: principalArn is an ARN.
test.each([
  ['aws_iam_role.x.name', ['TAE708 5']],
  ['aws_iam_role.x.id', ['TAE708 5']],
  ['aws_iam_role.x.arn', []],
])('an entry for %s', async (principal, expected) => {
  const entries = eks(`  access_entries = { ops = { principal_arn = ${principal}, kubernetes_groups = ["ops"] } }`);
  expect(await found(entries + role('"ops"'))).toEqual(expected);
});

describe('releases', () => {
  const auto = `  access_entries = {
    nodes = {
      principal_arn = ${arn('nodes')}
      type          = "EC2"
      policy_associations = {
        auto = { policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy", access_scope = { type = "cluster" } }
      }
    }
  }`;
  const plain = `  access_entries = { x = { principal_arn = ${arn('x')} } }`;
  test.each([
    [auto, '20.30.1', []],
    [auto, '20.31.0', ['TAE730 6']],
    [auto, '20.33.0', ['TAE730 6']],
    [auto, '20.33.1', []],
    [plain, '20.37.2', []],
    [plain, '21.0.0', ['TAE730 5']],
    [plain, '21.0.6', ['TAE730 5']],
    [plain, '21.0.7', []],
    [plain.replace('} }', ', policy_associations = null } }'), '21.0.0', ['TAE730 5']],
    [plain.replace('} }', ', policy_associations = {} } }'), '21.0.0', []],
  ])('%# at %s', async (body, version, expected) => {
    expect(await found(eks(body, version))).toEqual(expected);
  });

  test.each([
    ['>= 5.40', '20.13.1', ['TAE738 5']],
    ['>= 5.40', '20.37.2', []],
    ['~> 5.42', '20.13.1', []],
    ['~> 5.41.0', '20.13.1', ['TAE738 5']],
    ['>= 6.0', '21.19.0', []],
  ])('aws %s beside the module at %s', async (constraint, version, expected) => {
    expect(await found(`${provider(constraint)}${eks(plain, version)}`)).toEqual(expected);
  });
});

describe('cycles', () => {
  const entry = '  access_entries = { x = { principal_arn = aws_iam_role.x.arn } }';
  test.each([
    ['a name that waits', role('module.eks.cluster_name'), '20.8.5', ['TAE723 8']],
    ['before outputs waited', role('module.eks.cluster_name'), '20.8.4', []],
    ['an output that does not wait', role('module.eks.oidc_provider_arn'), '20.24.3', []],
    [
      'through a local',
      `locals {\n  n = "\${module.eks.cluster_name}-x"\n}\n${role('local.n')}`,
      '20.24.3',
      ['TAE723 11'],
    ],
    ['through depends_on', role('"x"\n  depends_on = [module.eks]'), '20.24.3', ['TAE723 9']],
    [
      'an opaque module',
      `module "iam" {\n  source = "./iam"\n  name = module.eks.cluster_name\n}\n${role('module.iam.name')}`,
      '20.24.3',
      [],
    ],
  ])('%s', async (_name, before, version, expected) => {
    expect(await found(`${before}${eks(entry, version)}`)).toEqual(expected);
  });
});

test('one role for managed groups is fine, and with a self-managed one it is not', async () => {
  const managed =
    'eks_managed_node_groups = {\n    a = { create_iam_role = false, iam_role_arn = var.role }\n    b = { create_iam_role = false, iam_role_arn = var.role }\n  }';
  const own =
    '\n  self_managed_node_groups = {\n    c = { create_iam_instance_profile = false, iam_role_arn = var.role }\n  }';
  expect(await found(eks(`  ${managed}`))).toEqual([]);
  expect(await found(eks(`  ${managed}${own}`))).toEqual(['TAE739 10']);
  expect(await found(eks(`  ${managed}${own.replace('create_iam_instance_profile = false, ', '')}`))).toEqual([]);
  // Version 19 makes no entry.
  expect(await found(eks(`  ${managed}${own}`, '19.21.0'))).toEqual([]);
  const { diagnostics } = await check(new Map([['main.tf', eks(`  ${managed}${own}`)]]), { runtime: await runtime() });
  expect(diagnostics.find(({ code }) => code === 'TAE739')?.hint).toContain(
    'create_access_entry = false on self_managed_node_groups["c"] of module.eks: EKS makes the entry',
  );
});

// Entries beside a release before 20: it makes none for its groups.
test.each([
  ['19.21.0', false],
  ['20.24.3', true],
])('an entry for the role of a self-managed group of version %s is a second one: %s', async (version, isSecond) => {
  const text = `${eks('  self_managed_node_groups = {\n    c = {}\n  }', version)}resource "aws_eks_access_entry" "n" {
  cluster_name  = module.eks.cluster_name
  principal_arn = module.eks.self_managed_node_groups["c"].iam_role_arn
  type          = "EC2_LINUX"
}
`;
  expect((await found(text)).some(code => code.startsWith('TAE717'))).toBe(isSecond);
});

test('an entry that an import block takes over is not said of', async () => {
  const text = `${eks(`  eks_managed_node_groups = { a = {} }
  access_entries = { a = { principal_arn = module.eks.eks_managed_node_groups["a"].iam_role_arn, type = "EC2_LINUX" } }`)}
import {
  to = module.eks.aws_eks_access_entry.this["a"]
  id = "x:arn"
}
`;
  expect(await found(text)).toEqual([]);
  expect(await found(text.replace('this["a"]', 'this["b"]'))).toEqual(['TAE716 6']);
});

test('a fork has keys of its own', async () => {
  const text = `module "eks" {\n  source = "git::https://example.com/acme/terraform-aws-eks.git?ref=v20.24.3"\n  access_entries = { x = { principal_arn = ${arn('x')}, team = "x" } }\n}\n`;
  expect(await found(text)).toEqual([]);
});

test('3,000 entries are a matter of seconds', async () => {
  const entries = Array.from({ length: 3000 }, (_, index) => `    e${index} = ${grouped(`r${index}`, 'x')}`);
  expect(await found(eks(`  access_entries = {\n${entries.join('\n')}\n  }`))).toEqual([]);
});

test('a config names the runner', async () => {
  const files = {
    'main.tf': eks(
      `  enable_cluster_creator_admin_permissions = true\n  access_entries = { ci = { principal_arn = ${arn('ci')} } }`,
    ),
    'tf-access-entries.config.json': JSON.stringify({ runner: 'arn:aws:iam::111122223333:role/ci' }),
  };
  const { stdout } = await runHere(directoryWith(files), ['check', '.']);
  expect(stdout).toContain('error TAE733');
});

const whyOfRegion = async (selected: string): Promise<readonly string[]> => {
  const path = 'role/aws-reserved/sso.amazonaws.com/${data.aws_region.x.name}/AWSReservedSSO_P_0123456789abcdef';
  const entries = eks(`  access_entries = { a = { principal_arn = "arn:aws:iam::111122223333:${path}" } }`);
  const files = new Map([['main.tf', `${entries}data "aws_region" "x" {${selected}}\n`]]);
  const { diagnostics } = await check(files, { runtime: await runtime() });
  return diagnostics
    .filter(({ code }) => code === 'TAE712')
    .map(({ message }) => message.replace(/^.* its region is /, ''));
};

// Source: hashicorp/aws, data source aws_region: name, region and endpoint select a region, else it is the provider's.
describe('the region that a path of Identity Center has from data.aws_region', () => {
  test('is that of the provider where the data source names none', async () => {
    expect(await whyOfRegion('')).toEqual([
      'data.aws_region.x, that of the provider, which need not be the home region of Identity Center.',
    ]);
  });

  test.each(['name = "eu-west-1"', 'region = var.region', 'endpoint = "ec2.eu-west-1.amazonaws.com"'])(
    'is not said to be that of the provider with %s',
    async selected => {
      expect(await whyOfRegion(` ${selected} `)).toEqual([
        'data.aws_region.x, which need not be the home region of Identity Center.',
      ]);
    },
  );
});
