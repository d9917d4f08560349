import { expect, test } from '@jest/globals';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import type { Config } from '../../lib/config/config.ts';
import { runtime } from '../support/fixture.ts';

// Worker groups of version 17 whose roles the source does not tell may have any roles, and those of one argument others than those of
// the other. Source: terraform-aws-modules/eks at 17.24.0, aws_auth.tf.

const run = async (workers: string, config: Config = {}): Promise<ConvertResult> => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "17.24.0"

  cluster_name = "shop"

  ${workers}
}

variable "groups" {}
`;
  return convert(new Map([['main.tf', text]]), { runtime: await runtime(), emit: 'resources', config });
};

const ends = ({ rows }: ConvertResult): readonly string[] =>
  rows.map(({ disposition, codes }) => [disposition, ...codes].join(' '));

const both = 'worker_groups_launch_template = var.groups\n  worker_groups = var.groups';

test('groups of one argument are one question, whatever their platforms', async () => {
  const workers = 'worker_groups = [{ iam_role_id = "x" }, { platform = "windows" }]';
  expect(ends(await run(workers))).toEqual(['blocked TAE330']);
});

test('groups of both arguments are two questions', async () => {
  expect(ends(await run(both))).toEqual(['blocked TAE330', 'blocked TAE330']);
});

test('what the config drops settles those of its argument alone', async () => {
  const config = { drop: [{ principal: 'worker_groups', reason: 'a test' }] };
  expect(ends(await run(both, config))).toEqual(['blocked TAE330', 'dropped TAE416']);
});

test('a row of map_roles for the role of some workers says nothing of the others', async () => {
  const row =
    '{ rolearn = module.eks.worker_iam_role_arn, username = "system:node:{{EC2PrivateDNSName}}", groups = ["system:bootstrappers", "system:nodes"] }';
  expect(ends(await run(`worker_groups = var.groups\n  map_roles = [${row}]`))[0]).toBe('blocked TAE330');
});

test('of a row for all groups of another cluster the call is named that writes it', async () => {
  const text = `module "blue" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "blue"
}

module "green" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "green"
}

provider "kubernetes" {
  host = module.blue.cluster_endpoint
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_roles = [for group in module.green.eks_managed_node_groups : {
    rolearn  = group.iam_role_arn
    username = "system:node:{{EC2PrivateDNSName}}"
    groups   = ["system:bootstrappers", "system:nodes"]
  }]
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  const [said] = diagnostics.filter(({ code }) => code === 'TAE330');
  expect(said?.message).toMatch(/^module\.aws_auth writes a row for groups of another cluster/);
});
