import { describe, expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { runtime } from '../support/fixture.ts';

/** What TAE759 says of a text. */
const said = async (text: string): Promise<readonly string[]> => {
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  return diagnostics.filter(({ code }) => code === 'TAE759').map(({ message }) => message);
};

const arn = 'principal_arn = "arn:aws:iam::111122223333:role/nodes"';
const policy = 'policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy"';
const associations = (body: string): string =>
  `policy_associations = { n = { ${body}, access_scope = { type = "cluster" } } }`;

const call = (entry: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_compute_config = { enabled = true }
  access_entries         = { nodes = { ${arn}, ${entry} } }
}
`;

const association = `resource "aws_eks_access_policy_association" "nodes" {
  cluster_name  = module.eks.cluster_name
  principal_arn = "arn:aws:iam::111122223333:role/nodes"
  ${policy}

  access_scope {
    type = "cluster"
  }
}
`;

describe('an entry of type EC2', () => {
  test.each([
    ['without policies', call('type = "EC2"')],
    ['with none', call('type = "EC2", policy_associations = {}')],
    ['with another policy', call(`type = "EC2", ${associations(policy.replace('AutoNode', 'View'))}`)],
  ])('%s does not let nodes join', async (_name, text) => {
    const [message, ...more] = await said(text);
    expect(message).toContain('access_entries["nodes"] of module.eks has the type EC2 and not AmazonEKSAutoNodePolicy');
    expect(more).toEqual([]);
  });

  test.each([
    ['with the policy', call(`type = "EC2", ${associations(policy)}`)],
    ['with the policy beside the module', call('type = "EC2"') + association],
    ['with a policy that is not told', call(`type = "EC2", ${associations('policy_arn = var.policy')}`)],
    ['whose policies are not told', call('type = "EC2", policy_associations = var.policies')],
    ['that may be one', call('type = var.type')],
  ])('%s is taken for the one of the nodes', async (_name, text) => {
    expect(await said(text)).toEqual([]);
  });
});

const resource = (config: string): string => `resource "aws_eks_cluster" "this" {
  name     = "demo"
  role_arn = aws_iam_role.cluster.arn

  access_config {
    authentication_mode = "API"
  }

  compute_config {
    ${config}
  }
}
`;

const entry = (type: string): string => `resource "aws_eks_access_entry" "x" {
  cluster_name  = aws_eks_cluster.this.name
  ${arn}
  type          = "${type}"
}
`;

describe('a cluster that is a resource', () => {
  test.each([
    ['no pools', resource('enabled = true') + entry('STANDARD')],
    ['an empty list of pools', resource('enabled = true\n    node_pools = []') + entry('STANDARD')],
  ])('%s', async (_name, text) => {
    const [message] = await said(text);
    expect(message).toContain('aws_eks_cluster.this has Auto Mode and none of its built-in node pools');
  });

  test('an entry without the policy', async () => {
    expect(await said(resource('enabled = true') + entry('EC2'))).toHaveLength(1);
  });

  test.each([
    ['pools', resource('enabled = true\n    node_pools = ["general-purpose"]') + entry('STANDARD')],
    ['off', resource('enabled = false') + entry('STANDARD')],
    ['a variable', resource('enabled = true\n    node_pools = var.pools') + entry('STANDARD')],
    [
      'an entry and its policy',
      resource('enabled = true') +
        entry('EC2') +
        association.replaceAll('module.eks.cluster_name', 'aws_eks_cluster.this.name'),
    ],
  ])('%s: nothing is said', async (_name, text) => {
    expect(await said(text)).toEqual([]);
  });
});

test('a cluster whose root module says nothing of access is looked at, too', async () => {
  const text = `resource "aws_eks_cluster" "this" {
  name     = "demo"
  role_arn = "arn:aws:iam::111122223333:role/cluster"
  compute_config {
    enabled = true
  }
}
`;
  expect(await said(text)).toEqual([expect.stringContaining('aws_eks_cluster.this has Auto Mode')]);
});
