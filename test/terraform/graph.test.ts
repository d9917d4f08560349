import { describe, expect, test } from '@jest/globals';
import { addressOf, createGraph, reaches, referencesOf } from '../../lib/terraform/index.ts';
import { parseExpression, parseModule } from '../support/expression.ts';

describe('references of an expression', () => {
  test.each<[string, readonly string[]]>([
    ['module.eks.cluster_name', ['module.eks']],
    ['module.eks.eks_managed_node_groups[var.key].iam_role_arn', ['module.eks', 'var.key']],
    ['one(data.aws_iam_roles.admin.arns)', ['data.aws_iam_roles.admin']],
    ['data.aws_iam_roles.admin[*].arns', ['data.aws_iam_roles.admin']],
    ['"${local.a}/${aws_iam_role.b[0].name}"', ['local.a', 'aws_iam_role.b']],
    ['[for r in var.roles : r.arn if local.on]', ['var.roles', 'local.on']],
    ['{ for k, v in local.m : k => "${v.x}-${var.y}" }', ['local.m', 'var.y']],
    ['var.a ? local.b : module.c.d', ['var.a', 'local.b', 'module.c']],
    ['"$${var.a}"', []],
    ['{ arn = local.a, (local.b) = 1 }', ['local.a', 'local.b']],
    ['<<-EOT\n  ${var.a}\nEOT', ['var.a']],
  ])('%s', async (source, expected) => {
    expect(referencesOf(await parseExpression(source)).map(addressOf)).toEqual(expected);
  });
});

const text = `
module "eks" {
  source = "terraform-aws-modules/eks/aws"
}

locals {
  cluster = module.eks.cluster_name
  loop_a  = local.loop_b
  loop_b  = local.loop_a
}

data "aws_iam_policy_document" "trust" {
  statement {
    condition {
      values = [local.cluster]
    }
  }
}

resource "aws_iam_role" "through_blocks" {
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

module "opaque" {
  source = "./opaque"
  tag    = local.cluster
}

resource "aws_iam_role" "ordered" {
  assume_role_policy = "{}"
  depends_on         = [module.eks]
}

resource "aws_iam_role" "free" {
  assume_role_policy = jsonencode({ text = "module.eks.cluster_name" })
}
`;

describe('what leads back to the cluster', () => {
  test.each([
    ['local.cluster', true],
    ['aws_iam_role.through_blocks.arn', true],
    ['module.opaque.role_arn', true],
    ['aws_iam_role.ordered.arn', true],
    ['aws_iam_role.free.arn', false],
    ['local.loop_a', false],
    ['local.missing', false],
  ])('%s', async (source, expected) => {
    const graph = createGraph(await parseModule(text));
    const start = referencesOf(await parseExpression(source));
    const found = reaches(graph, start, ({ path }) => path[0] === 'module' && path[1] === 'eks');
    expect(found !== undefined).toBe(expected);
  });
});
