import { expect, test } from '@jest/globals';
import { unstrip } from '../../lib/transformer/unstrip.ts';
import { parseExpression, parseModule } from '../support/expression.ts';

const module = await parseModule(`
resource "aws_iam_role" "team" {
  name = "team"
  path = "/teams/"
}

locals {
  sso_path = "/aws-reserved/sso.amazonaws.com/eu-west-1/"
  sso_tail = "aws-reserved/sso.amazonaws.com/eu-west-1"
  sso_name = one(data.aws_iam_roles.x.names)
  sso_again = local.sso_name
  name     = var.name
}

resource "aws_iam_role" "flat" {
  name = "flat"
}
`);

/** Spellings found in public modules, and what carries the path. */
test.each([
  ['replace(module.sso.arn, "aws-reserved/sso.amazonaws.com/${var.region}/", "")', 'module.sso.arn'],
  ['replace(module.sso.arn, "//aws-reserved/sso.amazonaws.com/eu-west-1//", "/")', 'module.sso.arn'],
  ['replace(module.sso.arn, "/${local.sso_path}/", "/")', 'module.sso.arn'],
  ['replace(module.sso.arn, "/role/.*//", "role/")', 'module.sso.arn'],
  [
    'replace(one(data.aws_iam_roles.a.arns), "//aws-reserved.*/AWSReservedSSO/", "/AWSReservedSSO")',
    'one(data.aws_iam_roles.a.arns)',
  ],
  ['replace(one(data.aws_iam_roles.x.arns), "/${local.sso_path}/", "/")', 'one(data.aws_iam_roles.x.arns)'],
  ['"${replace(local.arn, "aws-reserved/sso.amazonaws.com/", "")}"', 'local.arn'],
  ['"arn:aws:iam::${var.account}:role/${one(data.aws_iam_roles.x.names)}"', 'one(data.aws_iam_roles.x.arns)'],
  [
    '"arn:aws:iam::${var.account}:role/${tolist(data.aws_iam_roles.x.names)[0]}"',
    'tolist(data.aws_iam_roles.x.arns)[0]',
  ],
  ['format("arn:aws:iam::%s:role/%s", var.account, one(data.aws_iam_roles.x.names))', 'one(data.aws_iam_roles.x.arns)'],
  ['join("/", ["arn:aws:iam::111122223333:role", data.aws_iam_role.x.name])', 'data.aws_iam_role.x.arn'],
  [
    '"arn:aws:iam::${var.account}:role/${element(tolist(data.aws_iam_roles.x.names), 0)}"',
    'element(tolist(data.aws_iam_roles.x.arns), 0)',
  ],
  ['"arn:aws:iam::${var.account}:role/${aws_iam_role.team.name}"', 'aws_iam_role.team.arn'],
  ['"arn:aws:iam::${var.account}:role/${local.sso_name}"', 'one(data.aws_iam_roles.x.arns)'],
  ['format("arn:aws:iam::%s:role/%s", var.account, local.sso_again)', 'one(data.aws_iam_roles.x.arns)'],
  ['"arn:aws:iam::111122223333:role/${one(data.aws_iam_roles.x["a"].names)}"', 'one(data.aws_iam_roles.x["a"].arns)'],
])('%s', async (source, expected) => {
  expect(unstrip({ expression: await parseExpression(source), source }, module)?.source).toBe(expected);
});

/** These make the ARN of another role, one that aws-auth never matches, or nothing that is known. */
test.each([
  // Regular expressions: the slashes around the path stay.
  'replace(module.sso.arn, "/aws-reserved/sso.amazonaws.com/eu-west-1/", "/")',
  'replace(module.sso.arn, "/aws-reserved/sso.amazonaws.com/eu-west-1/", "")',
  'replace(module.sso.arn, "/${local.sso_tail}/", "")',
  'module.sso.arn',
  'replace(aws_iam_role.sso_proxy.arn, "sso", "proxy")',
  'replace(module.a.arn, "path", "")',
  'replace(module.a.arn, "/old/", "/new/")',
  'replace(module.a.arn, "aws-reserved/sso.amazonaws.com/", "other/")',
  '"arn:aws:iam::${var.account}:role/${var.name}"',
  '"arn:aws:iam::${var.account}:role/${aws_iam_role.flat.name}"',
  '"arn:aws:iam::${var.account}:role/${local.name}"',
  '"arn:aws:iam::${var.account}:role/${local.absent}"',
  'format("arn:aws:iam::%s:%s", var.account, var.rest)',
  'join("/", ["arn:aws:iam::111122223333:role", "path", var.name])',
  '"arn:aws:iam::${var.account}:role/x-${one(data.aws_iam_roles.x.names)}"',
  '"arn:aws:iam::${var.account}:user/${one(data.aws_iam_roles.x.names)}"',
])('%s is left alone', async source => {
  expect(unstrip({ expression: await parseExpression(source), source }, module)).toBeUndefined();
});
