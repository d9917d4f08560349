import { expect, test } from '@jest/globals';
import { isInForce } from '../../lib/parser/aws-auth/mapping.ts';
import { mappingOf, rowsIn } from './support/inline.ts';

const role = '{ rolearn = "arn:aws:iam::111122223333:role/x", username = "x", groups = ["x"] }';

/** Whether the call writes the ConfigMap; `none` where it has no aws-auth. */
const inForce = async (version: string, body: string): Promise<boolean | undefined | 'none'> => {
  const mapping = await mappingOf(version, body);
  return mapping ? isInForce(mapping) : 'none';
};

test.each<[string, string, boolean | undefined | 'none']>([
  // Both flags are off by default.
  ['18.20.0', '', 'none'],
  ['19.21.0', '', 'none'],
  ['19.21.0', `  aws_auth_roles = [${role}]`, false],
  ['19.21.0', '  manage_aws_auth_configmap = true', true],
  ['19.21.0', '  manage_aws_auth_configmap = false', 'none'],
  ['19.21.0', '  manage_aws_auth_configmap = "false"', 'none'],
  ['19.21.0', '  create_aws_auth_configmap = true', true],
  ['19.21.0', '  manage_aws_auth_configmap = var.on', undefined],
  ['19.21.0', '  create = false\n  manage_aws_auth_configmap = true', false],
  ['18.31.2', '  manage_aws_auth_configmap = true', true],
  // Version 17 writes aws-auth without a word, unless it is told not to.
  ['17.0.0', '', true],
  ['17.24.0', '', true],
  ['17.24.0', '  manage_aws_auth = false', 'none'],
  ['17.24.0', `  manage_aws_auth = false\n  map_roles = [${role}]`, false],
  ['17.24.0', '  create_eks = false', 'none'],
  ['17.24.0', '  create_eks = false\n  manage_aws_auth = true', false],
  // What a local decides is as good as written.
  ['17.24.0', '  manage_aws_auth = !true', 'none'],
  ['19.21.0', '  manage_aws_auth_configmap = !true', 'none'],
  ['19.21.0', '  manage_aws_auth_configmap = !false', undefined],
  // No release from 18.0.0 to 18.19.0 writes it.
  ['18.0.0', `  aws_auth_roles = [${role}]`, 'none'],
  ['18.19.0', '  manage_aws_auth_configmap = true', 'none'],
  ['20.24.3', '  manage_aws_auth_configmap = true', 'none'],
])('%s with%s', async (version, body, expected) => {
  expect(await inForce(version, body)).toBe(expected);
});

test.each([
  ['manage_aws_auth_configmap = var.on', ' if var.on'],
  ['manage_aws_auth_configmap = !var.cold_start', ' if !var.cold_start'],
  ['manage_aws_auth_configmap = true\n  create = var.create', ' if var.create'],
  ['manage_aws_auth_configmap = var.on\n  create_aws_auth_configmap = true', ''],
])('a flag that is an expression guards the rows: %s', async (flags, guard) => {
  const mapping = await mappingOf('19.21.0', `  ${flags}\n  eks_managed_node_groups = {\n    a = {}\n  }`);
  expect(mapping && rowsIn(mapping)).toEqual([`linux module.eks.eks_managed_node_groups["a"].iam_role_arn${guard}`]);
});

test('a range stands for its newest release', async () => {
  const windows =
    '  manage_aws_auth_configmap = true\n  eks_managed_node_groups = {\n    a = { platform = "windows" }\n  }';
  const systems = await Promise.all(['~> 19.0', '~> 19.15.0'].map(range => mappingOf(range, windows)));
  expect(systems.map(own => own && rowsIn(own)[0]?.split(' ')[0])).toEqual(['windows', 'linux']);
});
