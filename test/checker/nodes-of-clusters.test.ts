import { expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { runtime } from '../support/fixture.ts';

// The karpenter submodule makes the entry of its node role in the cluster that its cluster_name names, and in no other one.
// Source: terraform-aws-modules/eks 20.24.3, modules/karpenter/main.tf (aws_eks_access_entry.node).

const cluster = (label: string, name: string): string => `module "${label}" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = ${name}
  authentication_mode = "API"

  access_entries = {
    karpenter = {
      principal_arn = module.karpenter.node_iam_role_arn
      type          = "EC2_LINUX"
    }
  }
}
`;

const karpenter = (name: string, more = ''): string => `module "karpenter" {
  source  = "terraform-aws-modules/eks/aws//modules/karpenter"
  version = "20.24.3"

  cluster_name = ${name}
${more}
}
locals {
  beta = "beta"
}
data "aws_eks_cluster" "b" {
  name = module.b.cluster_name
}
`;

/** What is said of the entries for Karpenter, and of which cluster's. */
const saidOf = async (text: string): Promise<readonly string[]> => {
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  return diagnostics
    .filter(({ code }) => code === 'TAE717' || code === 'TAE286')
    .map(({ code, message }) => `${code} ${/of (module\.\w+) is/.exec(message)?.[1]}`);
};

test.each<[string, readonly [string, string], string, string, readonly string[]]>([
  ['a literal name', ['"alpha"', '"beta"'], '"beta"', '', ['TAE717 module.b']],
  ['a literal name of the other one', ['"alpha"', '"beta"'], '"alpha"', '', ['TAE717 module.a']],
  ['a local that is the name', ['"alpha"', '"beta"'], 'local.beta', '', ['TAE717 module.b']],
  ['the name of a cluster that has it by a local', ['"alpha"', 'local.beta'], '"beta"', '', ['TAE717 module.b']],
  [
    'a literal name, and something of another cluster',
    ['"alpha"', '"beta"'],
    '"alpha"',
    '  depends_on = [module.b]',
    ['TAE717 module.a'],
  ],
  ['the same expression', ['var.name', '"${var.name}-b"'], '"${var.name}-b"', '', ['TAE717 module.b']],
  ['an output', ['var.a', 'var.b'], 'module.a.cluster_name', '', ['TAE717 module.a']],
  ['the name of a data source', ['var.a', 'var.b'], 'data.aws_eks_cluster.b.name', '', ['TAE717 module.b']],
  [
    'something else of a cluster',
    ['var.a', 'var.b'],
    'var.c',
    '  tags = { by = module.b.cluster_arn }',
    ['TAE717 module.b'],
  ],
  ['a name that no cluster has', ['"alpha"', '"beta"'], '"gamma"', '', []],
  ['a name that the other one cannot have', ['var.a', '"beta"'], '"alpha"', '', ['TAE286 module.a']],
  ['a name that either may have', ['var.a', 'var.b'], '"alpha"', '', ['TAE286 module.a', 'TAE286 module.b']],
  ['a name that both have', ['"alpha"', '"alpha"'], '"alpha"', '', ['TAE286 module.a', 'TAE286 module.b']],
  ['an expression of its own', ['"alpha"', '"beta"'], 'var.c', '', ['TAE286 module.a', 'TAE286 module.b']],
])('two clusters, and Karpenter with %s', async (_what, [a, b], name, more, expected) => {
  expect(await saidOf(cluster('a', a) + cluster('b', b) + karpenter(name, more))).toEqual(expected);
});

test.each<[string, string, readonly string[]]>([
  ['var.name', '"alpha"', ['TAE717 module.a']],
  ['"alpha"', 'var.name', ['TAE717 module.a']],
  ['"alpha"', '"beta"', []],
])('one cluster named %s, and Karpenter with %s', async (own, name, expected) => {
  expect(await saidOf(cluster('a', own) + karpenter(name))).toEqual(expected);
});

test('of what may be of another cluster no entry by the module is claimed where there is none', async () => {
  const text = cluster('a', 'var.a') + cluster('b', 'var.b') + karpenter('var.c', '  create_access_entry = false');
  expect(await saidOf(text)).toEqual([]);
});
