import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

/** The errors that stop phase 0, for one row and the nodes of a managed group, if there is one. */
const split = async (row: string, nodes = 'eks_managed_node_groups = { a = {} }') => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.21.0"

  cluster_name = "shop"

  ${nodes}

  manage_aws_auth_configmap = true

  aws_auth_roles = [{ ${row} }]
}

variable "groups" {
  default = ["ops"]
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  return diagnostics.filter(({ code }) => code === 'TAE257').map(({ message }) => message);
};

const arn = 'rolearn = "arn:aws:iam::111122223333:role/ops"';

// The submodule of 20.x has aws_auth_roles as list(any), where Terraform wants one type, and the rows of nodes have strings and a list of
// strings. Terraform 1.6: "all list elements must have the same type"; of a number beside strings it makes a string.
test.each([
  ['a string', `${arn}, username = "ops", groups = "ops"`, 'groups that are no list of strings'],
  ['a null', `${arn}, username = "ops", groups = null`, 'groups that are no list of strings'],
  ['a number among them', `${arn}, username = "ops", groups = ["ops", 5]`, 'groups that are no list of strings'],
  ['a username that is null', `${arn}, username = null, groups = ["ops"]`, 'a username that is no string'],
  ['a username that is a number', `${arn}, username = 5, groups = ["ops"]`, 'a username that is no string'],
])(
  'phase 0 does not put a row beside those of nodes whose values are of another type: %s',
  async (_what, row, problem) => {
    expect(await split(row)).toEqual([expect.stringContaining(`has ${problem}.`)]);
    // Without nodes the list has the rows that it has today.
    expect(await split(row, '')).toEqual([]);
  },
);

test.each([
  ['strings', `${arn}, username = "ops", groups = ["ops"]`],
  ['no groups', `${arn}, username = "", groups = []`],
  ['what only a plan knows', `${arn}, username = var.groups[0], groups = var.groups`],
])('a row of the same types is no obstacle: %s', async (_what, row) => {
  expect(await split(row)).toEqual([]);
});
