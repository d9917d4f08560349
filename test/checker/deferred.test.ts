import { expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { runtime } from '../support/fixture.ts';

// Run on Terraform 1.11.4: a data source that reads a resource itself is read during the apply when the resource changes, even in
// place; through a local it is read in the plan.
test.each([
  ['reads a resource', 'aws_iam_role.ci.name', ['aws_iam_role.ci']],
  ['reads a resource through a local', 'local.name', []],
  ['reads a variable', 'var.name', []],
  ['reads another data source that reads a resource', 'data.aws_iam_role.other.name', ['aws_iam_role.ci']],
])('an ARN of a data source that %s', async (_name, value, waits) => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "shop"
  authentication_mode = "API"
  access_entries = {
    ci = {
      principal_arn     = local.arn
      kubernetes_groups = ["ci"]
    }
  }
}
data "aws_iam_role" "ci" {
  name = ${value}
}
data "aws_iam_role" "other" {
  name = aws_iam_role.ci.name
}
resource "aws_iam_role" "ci" {
  name               = "ci"
  assume_role_policy = "{}"
}
locals {
  arn  = data.aws_iam_role.ci.arn
  name = aws_iam_role.ci.name
}
variable "name" {
  type = string
}
`;
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  const found = diagnostics.filter(({ code }) => code === 'TAE724');
  expect(found.map(({ message }) => /waits for (\S+)\. /.exec(message)?.[1])).toEqual(waits);
});

// In depends_on only the resources count, which have changes: hashicorp/terraform, internal/terraform/node_resource_abstract_instance.go
// (dependenciesHavePendingChanges).
test.each([
  ['data.aws_iam_policy.boundary', []],
  ['aws_iam_role.ci', ['aws_iam_role.ci']],
  ['data.aws_iam_policy.boundary, aws_iam_role.ci', ['aws_iam_role.ci']],
])('the creator flag of a call that waits for %s', async (waits, said) => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name                             = "shop"
  authentication_mode                      = "API"
  enable_cluster_creator_admin_permissions = true

  depends_on = [${waits}]
}
resource "aws_iam_role" "ci" {
  name               = "ci"
  assume_role_policy = "{}"
}
data "aws_iam_policy" "boundary" {
  name = "boundary"
}
`;
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  const found = diagnostics.filter(({ code }) => code === 'TAE724').map(({ message }) => message);
  expect(found).toEqual(said.map(address => expect.stringContaining(`waits for ${address}.`)));
});
