import { describe, expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { runtime } from '../support/fixture.ts';

const codesOf = async (text: string): Promise<readonly string[]> => {
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  return diagnostics.map(({ code }) => code).toSorted();
};

const entry = (body: string, cluster = 'data.aws_eks_cluster.demo.name'): string => `data "aws_eks_cluster" "demo" {
  name = "demo"
}

resource "aws_eks_access_entry" "ops" {
  cluster_name  = ${cluster}
  principal_arn = "arn:aws:iam::111122223333:role/ops"
${body}
}
`;

const association = (policy: string, scope: string, cluster: string): string => `
resource "aws_eks_access_policy_association" "ops" {
  cluster_name  = ${cluster}
  principal_arn = "arn:aws:iam::111122223333:role/ops"
  policy_arn    = "${policy}"
  depends_on    = [aws_eks_access_entry.ops]

  access_scope {
    ${scope}
  }
}
`;

const view = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';

describe('entries of a cluster that another root module makes', () => {
  test.each([
    'data.aws_eks_cluster.demo.name',
    'var.cluster_name',
    '"demo"',
    'data.terraform_remote_state.eks.outputs.name',
  ])('are looked at: %s', async cluster => {
    const text = entry('  kubernetes_groups = ["system:masters"]\n  user_name = "system:ops"', cluster);
    const policy = association('arn:aws:iam::aws:policy/AdministratorAccess', 'type = "namespace"', cluster);
    expect(await codesOf(text + policy)).toEqual(['TAE706', 'TAE707', 'TAE721', 'TAE722']);
  });

  test.each([
    ['the same name', 'data.aws_eks_cluster.demo.name'],
    ['a name that may be the same', 'aws_eks_access_entry.ops.cluster_name'],
    ['a name that may be the same', 'var.cluster_name'],
  ])('grant what an association gives, by %s (%s)', async (_, cluster) => {
    expect(await codesOf(entry('') + association(view, 'type = "cluster"', cluster))).toEqual([]);
  });

  test('and grant nothing without one', async () => {
    expect(await codesOf(entry(''))).toEqual(['TAE727']);
  });

  test.each([
    ['arn:aws:iam::111122223333:role/ops', []],
    ['arn:aws:iam::111122223333:role/dev', ['TAE702']],
  ])('are entries of the rows beside them: %s', async (rolearn, missing) => {
    const awsAuth = `
resource "kubernetes_config_map_v1_data" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapRoles = yamlencode([{ rolearn = "${rolearn}", username = "ops", groups = ["ops"] }])
  }
}
`;
    const found = await codesOf(entry('  kubernetes_groups = ["ops"]\n  user_name = "ops"') + awsAuth);
    expect(found.filter(code => code === 'TAE702')).toEqual(missing);
  });

  test('in two clusters one principal has two entries', async () => {
    const two = entry('  kubernetes_groups = ["ops"]', '"blue"') + entry('  kubernetes_groups = ["ops"]', '"green"');
    expect(await codesOf(two.replace('"ops" {', '"blue" {').replace(/data [^}]*}/, ''))).toEqual([]);
  });
});

const resource = (mode: string): string => `resource "aws_eks_cluster" "this" {
  name     = "demo"
  role_arn = aws_iam_role.cluster.arn
  ${mode}

  vpc_config {
    subnet_ids = ["s"]
  }
}

resource "aws_eks_access_entry" "ops" {
  cluster_name      = aws_eks_cluster.this.name
  principal_arn     = "arn:aws:iam::111122223333:role/ops"
  kubernetes_groups = ["system:masters"]
}
`;

// Which mode the cluster is in does not change what EKS takes for a group.
test.each([
  ['written out', 'access_config {\n    authentication_mode = "API"\n  }'],
  ['a variable', 'access_config {\n    authentication_mode = var.mode\n  }'],
  ['not there', ''],
])('entries of an aws_eks_cluster are looked at whose mode is %s', async (_, mode) => {
  expect((await codesOf(resource(mode))).filter(code => code !== 'TAE762')).toEqual(['TAE706']);
});
