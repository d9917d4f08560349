import { expect, test } from '@jest/globals';
import { convertWith } from '../transformer/rules/row.ts';

const beside = `
locals {
  name = "ops"
  row = {
    rolearn  = "arn:aws:iam::111122223333:role/ops"
    username = "ops"
    groups   = ["ops"]
  }
  rows = [local.row]
}

variable "row" {
  type = any
}
`;

// HCL takes a template that is one interpolation for the value in it: hclsyntax/expression_template.go, TemplateWrapExpr.
test.each([
  '["${local.row}"]',
  '"${local.rows}"',
  'concat(["${local.row}"], [])',
  '[for row in "${local.rows}" : "${row}"]',
  '["${{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["ops"] }}"]',
])('%s has the row that stands in the quotes', async list => {
  const { rows } = await convertWith(`aws_auth_roles = ${list}`, { beside });
  expect(rows).toMatchObject([
    { principal: 'arn:aws:iam::111122223333:role/ops', disposition: 'converted', codes: [] },
  ]);
});

test('a row of which only a plan knows is one in quotes as well', async () => {
  const { rows, report } = await convertWith('aws_auth_roles = ["${var.row}"]', { beside });
  expect(rows).toEqual([]);
  expect(report.lists).toHaveLength(1);
});

test.each(['["${local.name}"]', '["${local.row.username}"]', '["x${local.name}"]'])(
  '%s is a string, and no row',
  async list => {
    const { rows } = await convertWith(`aws_auth_roles = ${list}`, { beside });
    expect(rows).toMatchObject([{ disposition: 'blocked', codes: ['TAE320'] }]);
  },
);
