import { describe, expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { runtime } from '../support/fixture.ts';

const found = async (text: string): Promise<readonly string[]> => {
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  return diagnostics.map(({ code }) => code).filter(code => ['TAE284', 'TAE753'].includes(code));
};

const cluster = `resource "aws_eks_cluster" "this" {
  name     = "demo"
  role_arn = aws_iam_role.cluster.arn

  access_config {
    authentication_mode = "API"
  }

  vpc_config {
    subnet_ids = var.subnets
  }
}
`;

const roles = ['cluster', 'ops', 'nodes']
  .map(name => `resource "aws_iam_role" "${name}" {\n  name = "${name}"\n}\n`)
  .join('');

const module = (version: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "${version}"

  cluster_name        = "demo"
  authentication_mode = "API"
  access_entries = {
    ops = { principal_arn = "arn:aws:iam::111122223333:role/ops" }
  }
}
`;

const arn = '"arn:aws:iam::111122223333:role/ops"';

const association = (principal: string, name = 'aws_eks_cluster.this.name', more = ''): string =>
  `resource "aws_eks_access_policy_association" "ops" {
  cluster_name  = ${name}
  principal_arn = ${principal}
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"
  ${more}

  access_scope {
    type = "cluster"
  }
}
`;

const entry = (principal: string, more = ''): string =>
  `resource "aws_eks_access_entry" "ops" {\n  cluster_name  = aws_eks_cluster.this.name\n  principal_arn = ${principal}\n  ${more}\n}\n`;

// AssociateAccessPolicy wants an entry (its API reference).
describe('a root module without any entry has', () => {
  const base = cluster + roles;
  test.each([
    ['a policy for an ARN', association(arn)],
    ['a policy for a role that it makes', association('aws_iam_role.ops.arn')],
    ['one of the cluster by its name', association(arn, '"demo"')],
    [
      'one of the cluster by a local',
      `locals {\n  name = aws_eks_cluster.this.name\n}\n${association(arn, 'local.name')}`,
    ],
  ])('%s', async (_, text) => {
    expect(await found(base + text)).toEqual(['TAE753']);
  });

  test('one of the cluster by what its name is, too', async () => {
    const named = base.replace('= "demo"', '= var.name');
    expect(await found(named + association(arn, 'var.name'))).toEqual(['TAE753']);
  });

  test.each([
    ['of another cluster', association(arn, '"other"')],
    ['of a cluster that only a plan knows', association(arn, 'var.cluster_name')],
    ['for whom only a plan knows', association('var.principal')],
    ['for the role of the cluster', association('aws_iam_role.cluster.arn')],
    [
      'for the role of a managed node group',
      association('aws_iam_role.nodes.arn') +
        'resource "aws_eks_node_group" "a" {\n  cluster_name  = aws_eks_cluster.this.name\n  node_role_arn = aws_iam_role.nodes.arn\n}\n',
    ],
    [
      'for a role that another module is handed',
      association('aws_iam_role.ops.arn') +
        'module "access" {\n  source = "./access"\n  role   = aws_iam_role.ops.arn\n}\n',
    ],
  ])('and nothing is said of one %s', async (_, text) => {
    expect(await found(base + text)).toEqual([]);
  });
});

describe('a role that is made here', () => {
  test('has no entry where all entries are for others that are made here', async () => {
    const text = cluster + roles + entry('aws_iam_role.nodes.arn') + association('aws_iam_role.ops.arn');
    expect(await found(text)).toEqual(['TAE753']);
  });

  test('may be the one whose ARN an entry has', async () => {
    expect(await found(cluster + roles + entry(arn) + association('aws_iam_role.ops.arn'))).toEqual([]);
  });
});

// Terraform makes at once what has no reference between them.
describe('a policy waits for the entry of its principal', () => {
  const base = cluster + roles;
  const map = 'locals {\n  all = { a = "arn:aws:iam::111122223333:role/a" }\n}\n';
  const many = 'for_each = local.all';
  test.each([
    ['the same ARN', entry(arn) + association(arn)],
    ['the same role', entry('aws_iam_role.ops.arn') + association('aws_iam_role.ops.arn')],
    ['the same map', map + entry('each.value', many) + association('each.value', undefined, many)],
    ['an entry of the module', module('20.37.2') + association(arn, '"demo"')],
    ['an output that does not wait', module('20.8.4') + association(arn, 'module.eks.cluster_name')],
  ])('not by %s', async (_, text) => {
    expect(await found(base + text)).toEqual(['TAE284']);
  });

  test.each([
    ['a reference', entry(arn) + association('aws_eks_access_entry.ops.principal_arn')],
    ['a reference of the name', entry(arn) + association(arn, 'aws_eks_access_entry.ops.cluster_name')],
    [
      'a reference through a local',
      `locals {\n  p = aws_eks_access_entry.ops.principal_arn\n}\n${entry(arn)}${association('local.p')}`,
    ],
    ['depends_on', entry(arn) + association(arn, undefined, 'depends_on = [aws_eks_access_entry.ops]')],
    ['an output that waits', module('20.37.2') + association(arn, 'module.eks.cluster_name')],
    ['depends_on of the module', module('20.8.4') + association(arn, '"demo"', 'depends_on = [module.eks]')],
  ])('by %s', async (_, text) => {
    expect(await found(base + text)).toEqual([]);
  });
});
