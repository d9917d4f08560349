import { expect, test } from '@jest/globals';
import { mappingOf, rowsIn } from './support/inline.ts';

const rowsOf = async (body: string): Promise<string[]> => {
  const mapping = await mappingOf('17.24.0', body);
  if (!mapping) throw new Error('no aws-auth');
  return rowsIn(mapping);
};

const worker = 'module.eks.worker_iam_role_arn';
const group = (name: string): string => `module.eks.node_groups["${name}"].node_role_arn`;

test.each<[string, string, readonly string[]]>([
  ['nothing', '', []],
  ['worker groups', '  worker_groups = [{ name = "a" }, { name = "b" }]', [`linux ${worker}`]],
  ['no worker groups', '  worker_groups = []', []],
  ['of Windows', '  worker_groups = [{ platform = "windows" }]', [`windows ${worker}`]],
  [
    'of both, with launch templates before the others',
    '  worker_groups = [{ name = "a" }]\n  worker_groups_launch_template = [{ platform = "windows" }]',
    [`windows ${worker}`, `linux ${worker}`],
  ],
  ['the platform by default', '  default_platform = "windows"\n  worker_groups = [{}]', [`windows ${worker}`]],
  ['a platform that only a plan knows', '  worker_groups = [{ platform = var.os }]', [`linux ${worker} (unclear)`]],
  ['a role of its own', '  worker_groups = [{ iam_role_id = "x" }, {}]', [`linux ${worker} (unclear)`]],
  [
    'defaults that may name a role',
    '  workers_group_defaults = var.defaults\n  worker_groups = [{}]',
    [`linux ${worker} (unclear)`],
  ],
  ['groups that only a plan knows', '  worker_groups = var.groups', [`linux ${worker} (unclear)`]],
  [
    'one instance profile that is given',
    '  manage_worker_iam_resources = false\n  worker_groups = [{ iam_instance_profile_name = "x" }]',
    [`linux ${worker}`],
  ],
  [
    'several instance profiles',
    '  manage_worker_iam_resources = false\n  worker_groups = [{ iam_instance_profile_name = "x" }, { iam_instance_profile_name = "y" }]',
    [`linux ${worker} (unclear)`],
  ],
  ['managed groups', '  node_groups = {\n    b = {}\n    a = {}\n  }', [`linux ${group('b')}`, `linux ${group('a')}`]],
  ['managed groups that only a plan knows', '  node_groups = var.groups', ['linux module.eks.node_groups']],
  ['Fargate', '  fargate_profiles = {\n    x = {}\n  }', ['fargate module.eks.fargate_iam_role_arn']],
  ['no Fargate', '  fargate_profiles = {}', []],
  [
    'Fargate that only a plan knows, since without a profile the role is empty',
    '  fargate_profiles = var.profiles',
    ['[fargate [module.eks.fargate_iam_role_arn]]'],
  ],
])('%s', async (_what, body, expected) => {
  expect(await rowsOf(body)).toEqual(expected);
});

test('workers, managed groups and Fargate come before map_roles', async () => {
  const rows = await rowsOf(`
  map_roles = [{ rolearn = "arn:aws:iam::111122223333:role/x", username = "x", groups = ["x"] }]
  fargate_profiles = {
    x = {}
  }
  node_groups = {
    a = {}
  }
  worker_groups = [{}]
`);
  expect(rows).toEqual([
    `linux ${worker}`,
    `linux ${group('a')}`,
    'fargate module.eks.fargate_iam_role_arn',
    'row "arn:aws:iam::111122223333:role/x"',
  ]);
});
