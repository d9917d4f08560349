import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

/** What stops phase 0, and its text. */
const split = async (groups: string, locals = '') => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.21.0"

  cluster_name = "shop"

  self_managed_node_groups = ${groups}

  manage_aws_auth_configmap = true

  aws_auth_roles = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["ops"] }]
}
${locals}`;
  const { diagnostics, revisions } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  return {
    codes: diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    messages: diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    hints: diagnostics.filter(({ severity }) => severity === 'error').map(({ hint = '' }) => hint),
    text: revisions.find(({ phase }) => phase === 'split-aws-auth')?.files.get('main.tf') ?? '',
  };
};

const list = '[for group in module.eks.self_managed_node_groups : group.iam_role_arn';

// terraform-aws-modules/eks, modules/self-managed-node-group/outputs.tf at 20.37.2: `platform` is told by ami_type there.
test.each([
  ['one that may not be made', '{ a = { create = var.on } }', [`${list}]`]],
  ['a key that only a plan knows', '{ "${var.env}-a" = { platform = "windows" } }', [`${list}]`]],
  [
    'both systems, and one that may not be made',
    '{ a = { create = var.on }, b = { platform = "windows" } }',
    [`${list} if group.platform != "windows"]`, `${list} if group.platform == "windows"]`],
  ],
])('self-managed groups whose platforms the source tells are no obstacle: %s', async (_what, groups, lists) => {
  const { codes, text } = await split(groups);
  expect(codes).toEqual([]);
  expect(text.match(/\[for group in [^\]]*\]/g)).toEqual(lists);
  expect(/platform = "windows"/.test(text)).toBe(false);
});

test.each([
  ['all of them', 'var.groups', ['TAE254']],
  ['a group', '{ a = var.group }', ['TAE254']],
  ['a part of a group', '{ a = merge({ create = true }, var.group) }', ['TAE254']],
  ['a platform', '{ a = { platform = var.platform } }', ['TAE256']],
  ['whether there is an instance profile', '{ a = { create_iam_instance_profile = var.on } }', ['TAE255']],
])('what only a plan knows of them stops phase 0: %s', async (_what, groups, codes) => {
  expect((await split(groups)).codes).toEqual(codes);
});

test('a group without an instance profile whose key is an expression is called a group', async () => {
  const { codes, messages } = await split('{ "a-${var.x}" = { create_iam_instance_profile = false } }');
  expect(codes).toEqual(['TAE255']);
  expect(messages.join()).toMatch(/^A group of module\.eks has no instance profile/);
});

// node_groups.tf at v20.37.2 hands over try(each.value.platform, var.self_managed_node_group_defaults.platform, null), and variables.tf of
// the submodule refuses any platform from 20.14.0 on.
test.each([
  ['linux', 'windows', [], ['AL2_x86_64', 'WINDOWS_CORE_2019_x86_64']],
  ['linux', 'linux', [], ['AL2_x86_64', 'AL2_x86_64']],
  ['bottlerocket', 'linux', ['TAE256'], []],
])(
  'a platform of the defaults, %s, is none that a group of its own is left with: %s',
  async (ofDefaults, own, codes, types) => {
    const groups = `{ a = { platform = "${own}" } }\n\n  self_managed_node_group_defaults = { platform = "${ofDefaults}" }`;
    const { codes: found, text } = await split(groups);
    expect(found).toEqual(codes);
    expect(text).not.toMatch(/platform = "(?:linux|windows|bottlerocket)"/);
    expect((text.match(/(?<=ami_type += ")[^"]+/g) ?? []).toSorted()).toEqual(types);
  },
);

// A platform that has no image of the same meaning, beside an ami_type as well: the way out is not to write one beside it.
test.each([
  '{ a = { platform = "bottlerocket" } }',
  '{ a = { platform = "bottlerocket", ami_type = "BOTTLEROCKET_x86_64" } }',
])('a platform that phase 0 cannot write is left out by hand: %s', async groups => {
  const { codes, hints } = await split(groups);
  expect(codes).toEqual(['TAE256']);
  expect(hints.join()).toContain('`ami_type` in place of `platform`');
});

// node_groups.tf at v20.37.2: a group's own create_access_entry beats the one of the defaults, wherever the group is written.
test.each([
  ['in the call', '{ a = { create_access_entry = true } }', ['TAE259']],
  ['by an expression', '{ a = { create_access_entry = var.on } }', ['TAE259', 'TAE346']],
  ['in a local', '{ a = local.group }', ['TAE259']],
  ['in a local of all groups', 'local.groups', ['TAE259']],
  ['merged into a local', '{ a = merge(local.plain, { create_access_entry = true }) }', ['TAE259']],
  ['as false', '{ a = { create_access_entry = false }, b = local.none }', []],
  ['nowhere', '{ a = local.plain }', []],
])('create_access_entry of a group stops phase 0, but for false: %s', async (_what, groups, codes) => {
  const locals = `locals {
  group  = { create_access_entry = true }
  groups = { a = { create_access_entry = true } }
  none   = { create_access_entry = false }
  plain  = { min_size = 1 }
}
`;
  expect((await split(groups, locals)).codes).toEqual(codes);
});
