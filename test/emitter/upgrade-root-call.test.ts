import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const codesOf = async (more: string, version = '20.36.0'): Promise<readonly string[]> => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "${version}"

  cluster_name        = "demo"
  authentication_mode = "API"
  ${more}
}

variable "given" {
  type = any
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { to: 'v21', runtime: await runtime() });
  return diagnostics.map(({ code }) => code);
};

/** `eks_sgpp_iam_role_policies` and `create_iam_role` in main.tf of the module at v20.37.2. */
test.each([
  ['', ['TAE452']],
  ['create_iam_role = true', ['TAE452']],
  ['create_iam_role = var.given', ['TAE452']],
  ['cluster_compute_config = var.given', ['TAE452']],
  ['cluster_compute_config = { enabled = false }', ['TAE452']],
  ['create_iam_role = false', []],
  ['create = false', []],
  ['cluster_compute_config = { enabled = true, node_pools = ["system"] }', []],
  ['enable_security_groups_for_pods = false', []],
])('the policy for security groups of pods, with %s', async (argument, codes) => {
  expect((await codesOf(argument)).filter(code => code === 'TAE452')).toEqual(codes);
});

/** On local clusters of Outposts since v20.31.0: main.tf at v20.30.1 and v20.31.0. */
test.each([
  ['20.30.1', '{ outpost_arns = ["arn"] }', ['TAE452']],
  ['20.31.0', '{ outpost_arns = ["arn"] }', []],
  ['20.31.0', '{}', ['TAE452']],
  ['20.31.0', 'var.given', ['TAE452']],
])('the policy for security groups of pods at %s, with outpost_config %s', async (version, outpost, codes) => {
  const found = await codesOf(`outpost_config = ${outpost}`, version);
  expect(found.filter(code => code === 'TAE452')).toEqual(codes);
});

/** What version 21 drops of it, or updates, the source does not tell. */
test.each([
  ['var.given', ['TAE454']],
  ['{ coredns = var.given }', ['TAE454']],
  ['{ coredns = var.given, kube-proxy = {} }', ['TAE454', 'TAE455']],
  ['{ coredns = { most_recent = var.given } }', []],
  // Null is what is not written: `optional(bool, true)` in variables.tf at v21.19.0.
  ['{ coredns = { most_recent = null, addon_version = null } }', ['TAE455']],
])('add-ons that are %s', async (addons, codes) => {
  const found = await codesOf(`cluster_addons = ${addons}`);
  expect(found.filter(code => code === 'TAE454' || code === 'TAE455').toSorted()).toEqual(codes);
});
