import { expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import type { Diagnostic } from '../../lib/diagnostics/index.ts';
import { runtime } from '../support/fixture.ts';

const found = async (files: Record<string, string>): Promise<readonly Diagnostic[]> =>
  (await check(new Map(Object.entries(files)), { runtime: await runtime() })).diagnostics;

const codes = async (text: string): Promise<readonly string[]> =>
  (await found({ 'main.tf': text })).map(({ code }) => code);

const entry = `resource "aws_eks_cluster" "this" {
  name = "demo"

  access_config {
    authentication_mode = "API"
  }
}

resource "aws_eks_access_entry" "a" {
  cluster_name      = aws_eks_cluster.this.name
  principal_arn     = "arn:aws:iam::111122223333:role/a"
  kubernetes_groups = ["team"]
}

resource "aws_eks_access_policy_association" "a" {
  cluster_name  = aws_eks_cluster.this.name
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"
  principal_arn = aws_eks_access_entry.a.principal_arn

  access_scope {
    type = "cluster"
  }
}
`;

// Terraform merges it into the block of its address. Source: https://developer.hashicorp.com/terraform/language/files/override
test('a block of an override file is no entry of its own', async () => {
  const override =
    'resource "aws_eks_access_entry" "a" {\n  tags = {}\n}\nresource "aws_eks_access_policy_association" "a" {\n  region = "x"\n}\n';
  const alone = await found({ 'main.tf': entry });
  const both = await found({ 'main.tf': entry, 'override.tf': override });
  expect(both.map(({ code }) => code)).toEqual([...alone.map(({ code }) => code), 'TAE031', 'TAE031']);
});

const eks = (version: string): string =>
  `module "eks" {\n  source  = "terraform-aws-modules/eks/aws"\n  version = "${version}"\n\n  cluster_name        = "demo"\n  authentication_mode = "CONFIG_MAP"\n}\n`;

// Before 20.11.1 the module does not ignore bootstrap_cluster_creator_admin_permissions, which forces a new cluster.
// Source: CHANGELOG of terraform-aws-modules/eks, 20.11.1
test.each([
  ['20.8.5', false],
  ['20.11.0', false],
  ['20.11.1', true],
  ['21.3.1', true],
])('of %s it is said that a cluster stays: %s', async (version, stays) => {
  const note = (await found({ 'main.tf': eks(version) })).find(({ code }) => code === 'TAE732');
  expect(note?.message.includes('An existing cluster stays')).toBe(stays);
});

test('the empty group is missed by nobody', async () => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "demo"
  authentication_mode = "API_AND_CONFIG_MAP"

  access_entries = {
    a = {
      principal_arn     = "arn:aws:iam::111122223333:role/a"
      user_name         = "a"
      kubernetes_groups = ["team"]

      policy_associations = {
        admin = {
          policy_arn   = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }
  }
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true

  aws_auth_roles = [
    { rolearn = "arn:aws:iam::111122223333:role/a", username = "a", groups = ["system:masters", "team", ""] },
  ]
}
`;
  expect(await codes(text)).not.toContain('TAE726');
  expect(await codes(text.replace('"team", ""]', '"team", "other"]'))).toContain('TAE726');
});

const rows = (list: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name   = "demo"
  access_entries = { a = { principal_arn = var.is_prod ? "arn:aws:iam::111122223333:role/a" : "\${var.team}-admin" } }
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_roles = ${list}
}
`;

// What the source does not tell is not said of it.
test.each([
  [
    'TAE702',
    'Only a plan knows the rows of var.rows in aws_auth_roles, and nothing in this root module makes access entries of them. Who has no entry loses what the row grants when aws-auth goes.',
  ],
  [
    'TAE708',
    'access_entries["a"] of module.eks is for var.is_prod ? "arn:aws:iam::111122223333:role/a" : "${var.team}-admin", which is not seen to be an ARN on one side of its condition. Where it is none, the entry is refused.',
  ],
])('%s of what only a plan knows', async (code, message) => {
  const all = await found({ 'main.tf': rows('var.rows') });
  expect(all.filter(one => one.code === code).map(one => one.message)).toEqual([message]);
});
