import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

/** HCL of what has the roles of nodes, in the conversion of rows that only a plan knows. */
const ownersOf = async (args: string, beside = ''): Promise<string> => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "orders"
${args}
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.37.2"

  manage_aws_auth_configmap = true
  aws_auth_roles            = var.rows
}

variable "rows" {
  type = list(any)
}
${beside}
`;
  const { revisions } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  const written = revisions.find(({ phase }) => phase === 'add-access-entries')?.files.get('main.tf') ?? '';
  const line = /^ {2}node_groups += \[([^\n]+)\]$/m.exec(written)?.[1];
  const lines = /^ {2}node_groups += \[\n(.*?),\n {2}\]$/ms.exec(written)?.[1] ?? '';
  return line ?? lines.trim().replaceAll(/\n +/g, ' ');
};

const eks = 'module.eks.eks_managed_node_groups, module.eks.fargate_profiles';
const all = `${eks}, module.eks.self_managed_node_groups`;
const only = (...names: readonly string[]): string =>
  `${eks}, [for name, group in module.eks.self_managed_node_groups : group if contains([${names.map(name => `"${name}"`).join(', ')}], name)]`;

/**
 * The module makes the entry of a self-managed group unless its create_access_entry, or that of the defaults, is false. A row of
 * nodes without such an entry must not count as settled, one with it must.
 * Source: node_groups.tf of terraform-aws-modules/eks 20.37.2.
 */
test.each([
  ['no flag', '  self_managed_node_groups = { batch = {} }', '', all],
  ['true', '  self_managed_node_groups = { batch = { create_access_entry = true } }', '', all],
  ['true in the defaults', '  self_managed_node_group_defaults = { create_access_entry = true }', '', all],
  ['false', '  self_managed_node_groups = { batch = { create_access_entry = false } }', '', eks],
  [
    'false in the defaults',
    '  self_managed_node_group_defaults = { create_access_entry = false }\n  self_managed_node_groups = { batch = {} }',
    '',
    eks,
  ],
  [
    'true, against the defaults',
    '  self_managed_node_group_defaults = { create_access_entry = false }\n  self_managed_node_groups = { batch = { create_access_entry = true } }',
    '',
    all,
  ],
  [
    'true, against the defaults, beside another group',
    '  self_managed_node_group_defaults = { create_access_entry = false }\n  self_managed_node_groups = {\n    batch = { create_access_entry = true }\n    web = {}\n  }',
    '',
    only('batch'),
  ],
  [
    'false of one group',
    '  self_managed_node_groups = {\n    web = {}\n    batch = { create_access_entry = false }\n  }',
    '',
    only('web'),
  ],
  [
    'an expression of one group',
    '  self_managed_node_groups = {\n    web = {}\n    batch = { create_access_entry = var.entry }\n  }',
    'variable "entry" {}',
    only('web'),
  ],
  [
    'a role of its own, which is in no output',
    `  self_managed_node_groups = {
    own = {
      create_iam_instance_profile = false
      iam_role_arn                = aws_iam_role.own.arn
    }
  }`,
    '',
    `${all}, [{ iam_role_arn = aws_iam_role.own.arn }]`,
  ],
  [
    'a comment about it',
    '  # create_access_entry\n  self_managed_node_groups = { batch = {} } # create_access_entry',
    '',
    all,
  ],
  [
    'a tag of that name',
    '  self_managed_node_groups = { batch = { tags = { create_access_entry = false } } }',
    '',
    all,
  ],
  [
    'false in a local',
    '  self_managed_node_groups = local.groups',
    'locals {\n  groups = { batch = { create_access_entry = false } }\n}',
    eks,
  ],
  [
    'groups that only a plan knows',
    '  self_managed_node_groups = var.groups',
    'variable "groups" {}',
    `${eks}, [for name, group in module.eks.self_managed_node_groups : group if coalesce(try(var.groups[name].create_access_entry, null), true)]`,
  ],
  [
    'groups and defaults that only a plan knows',
    '  self_managed_node_groups = var.groups\n  self_managed_node_group_defaults = var.defaults',
    'variable "groups" {}\nvariable "defaults" {}',
    `${eks}, [for name, group in module.eks.self_managed_node_groups : group if coalesce(try(var.groups[name].create_access_entry, null), try(var.defaults.create_access_entry, null), true)]`,
  ],
  [
    'groups on several lines that only a plan knows',
    '  self_managed_node_groups = merge(\n    var.groups,\n    { batch = {} },\n  )',
    'variable "groups" {}',
    eks,
  ],
  [
    'false in a local of the group',
    '  self_managed_node_groups = { batch = local.batch }',
    'locals {\n  batch = { create_access_entry = false }\n}',
    eks,
  ],
])('%s', async (_what, args, beside, expected) => {
  expect(await ownersOf(args, beside)).toBe(expected);
});

// Beside a release before version 20 nobody makes their entries. An argument that has the groups is none to take away: the nodes would go with it.
test('groups that cannot be converted are to be written out, and not to be taken away', async () => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.21.0"

  cluster_name              = "orders"
  self_managed_node_groups  = var.groups
  manage_aws_auth_configmap = true
}

variable "groups" {}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime(), emit: 'resources' });
  const hints = diagnostics.filter(({ code }) => code === 'TAE212').map(({ hint }) => hint ?? '');
  expect(hints).not.toEqual([]);
  for (const hint of hints) expect(hint).not.toContain('take the list away');
});
