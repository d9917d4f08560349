import { expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { runtime } from '../support/fixture.ts';

// terraform-aws-modules/eks, modules/karpenter/variables.tf at v19.21.0 and v20.0.0.
test.each([
  ['irsa_name', 'Write iam_role_name.'],
  ['iam_role_arn', 'Write node_iam_role_arn, with create_node_iam_role = false.'],
  ['irsa_tag_values', 'Remove it'],
  ['enable_karpenter_instance_profile_creation', 'Remove it'],
  ['cluster_name', undefined],
])('the argument %s of the karpenter submodule', async (name, way) => {
  const text = `module "karpenter" {
  source  = "terraform-aws-modules/eks/aws//modules/karpenter"
  version = "20.24.3"

  ${name} = var.value
}
`;
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  const hints = diagnostics.flatMap(({ code, hint }) => (code === 'TAE743' ? [hint] : []));
  expect(hints).toEqual(way === undefined ? [] : [expect.stringContaining(way)]);
});
