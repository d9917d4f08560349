import { expect, test } from '@jest/globals';
import type { ConvertResult } from '../../lib/convert.ts';
import { convertWith } from '../transformer/rules/row.ts';

const beside = `
locals {
  text = "[]"
}

variable "rows" {
  type = any
}
`;

const read = async (list: string): Promise<ConvertResult> => convertWith(`aws_auth_roles = ${list}`, { beside });

// Terraform takes none of these for the list of the aws-auth submodule, so no plan tells what rows there are.
test.each([
  ['"[]"', 'a string'],
  ['"rows of ${var.rows}"', 'a string'],
  ['local.text', 'a string'],
  ['concat([], "[]")', 'a string'],
  ['3', 'a number'],
  ['true', 'a bool'],
  ['{}', 'an object'],
  ['{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["ops"] }', 'an object'],
])('%s is no list, and blocked', async (list, what) => {
  const { rows, report, diagnostics } = await read(list);
  expect(rows).toMatchObject([{ disposition: 'blocked', codes: ['TAE320'] }]);
  expect(report.lists).toEqual([]);
  expect(diagnostics.find(({ code }) => code === 'TAE320')?.message).toContain(`${what} where a list belongs`);
});

test.each(['var.rows', '"${var.rows}"', 'jsondecode("[]")', 'yamldecode(file("rows.yaml")).roles', 'tolist(var.rows)'])(
  '%s may be one',
  async list => {
    const { rows, report } = await read(list);
    expect(rows).toEqual([]);
    expect(report.lists).toHaveLength(1);
  },
);
