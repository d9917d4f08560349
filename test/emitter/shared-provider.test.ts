import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const run = async (each: string, providers = '') => {
  const text = `module "eks" {
  source   = "terraform-aws-modules/eks/aws"
  version  = "20.24.3"
  for_each = ${each}

  cluster_name = each.key
}

module "aws_auth" {
  source   = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version  = "~> 20.0"
  for_each = ${each}
  ${providers}

  aws_auth_roles = [{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }]
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  return diagnostics.flatMap(({ code }) => (code === 'TAE206' || code === 'TAE278' ? [code] : []));
};

// Sources: Terraform language, module providers; What's new in OpenTofu 1.9.
test.each([
  ['toset(["blue", "green"])', '', ['TAE278']],
  ['toset(["blue", "green"])', 'providers = { kubernetes = kubernetes.blue }', ['TAE278']],
  ['var.clusters', '', ['TAE278']],
  ['toset(["blue", "green"])', 'providers = { kubernetes = kubernetes.by_cluster[each.key] }', []],
  ['toset(["blue"])', '', []],
  ['toset(["blue", "green"])', 'manage_aws_auth_configmap = false', []],
] as const)('instances of %s, %s: %j', async (each, providers, codes) => {
  expect(await run(each, providers)).toEqual(codes);
});
