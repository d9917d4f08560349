import { expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const eks = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "orders"
`;

/** How a row of this principal ends. */
const endOf = async (
  principal: string,
  blocks: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const text = `${eks}}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.37.2"

  aws_auth_roles = [
    {
      rolearn  = ${principal}
      username = "ci"
      groups   = ["deployers"]
    },
  ]
}

variable "path" {
  default = "/"
}

locals {
  root  = "/"
  teams = "/teams/"
}

${blocks}
`;
  const { rows, diagnostics } = await convert(new Map([['main.tf', text], ...Object.entries(files)]), {
    runtime: await runtime(),
    revisions: false,
  });
  const codes = diagnostics.flatMap(({ code }) => (code === 'TAE308' ? [code] : []));
  return [rows[0]?.disposition, ...codes].join(' ');
};

const role = (path: string, more = ''): string => `resource "aws_iam_role" "ci" {
  name = "ci"
${path === '' ? '' : `  path = ${path}\n`}${more}}`;

const roles = (...lines: readonly string[]): string =>
  `data "aws_iam_roles" "ci" {\n${lines.map(line => `  ${line}\n`).join('')}}`;

const one = 'one(data.aws_iam_roles.ci.arns)';

/** aws-auth never matches a role ARN with a path: what has one, or may have one, is not converted unseen. */
test.each([
  ['aws_iam_role.ci.arn', role(''), 'converted'],
  ['aws_iam_role.ci.arn', role('"/"'), 'converted'],
  ['aws_iam_role.ci.arn', role('null'), 'converted'],
  ['aws_iam_role.ci.arn', role('local.root'), 'converted'],
  ['aws_iam_role.ci.arn', role('"/teams/"'), 'blocked TAE308'],
  ['aws_iam_role.ci.arn', role('local.teams'), 'blocked TAE308'],
  ['aws_iam_role.ci.arn', role('"/${var.path}/"'), 'blocked TAE308'],
  ['aws_iam_role.ci.arn', role('"/teams/${var.path}/"'), 'blocked TAE308'],
  ['aws_iam_role.ci.arn', role('var.path'), 'blocked TAE308'],
  ['aws_iam_role.ci[0].arn', role('local.teams', '  count = 1\n'), 'blocked TAE308'],
  ['one(aws_iam_role.ci[*].arn)', role('local.teams', '  count = 1\n'), 'blocked TAE308'],
  ['"${aws_iam_role.ci.arn}"', role('local.teams'), 'blocked TAE308'],
  ['aws_iam_role.other.arn', role('local.teams'), 'converted'],
  [one, roles('name_regex = "^ci$"'), 'converted'],
  [one, roles('name_regex = "^ci$"', 'path_prefix = "/"'), 'converted'],
  [one, roles('name_regex = "AWSReservedSSO_Admin_.*"'), 'blocked TAE308'],
  [one, roles('name_regex = "AWSReservedSSO_${var.path}_.*"'), 'blocked TAE308'],
  [one, roles('path_prefix = local.teams'), 'blocked TAE308'],
  [one, roles('path_prefix = "/teams/${var.path}/"'), 'blocked TAE308'],
])('%s of %s', async (principal, blocks, expected) => {
  expect(await endOf(principal, blocks)).toBe(expected);
});

/** A name that is cut from an ARN, or is that of a role that is read, may be one of a role with a path. */
test.each([
  ['split("/", var.arn)[1]', 'blocked'],
  ['sort(data.aws_iam_roles.ci.names)[0]', 'converted'],
  ['[for name in data.aws_iam_roles.ci.names : name][0]', 'blocked'],
  ['"team-${local.cut}"', 'blocked'],
  ['var.name', 'converted'],
])('a local that is %s, as the name in an ARN', async (value, expected) => {
  const blocks = `locals {\n  cut  = basename(var.arn)\n  name = ${value}\n}\n${roles('name_regex = "^ci$"')}`;
  expect(await endOf('"arn:aws:iam::111122223333:role/${local.name}"', blocks)).toBe(expected);
});

const inJson = (body: object): string => JSON.stringify({ resource: { aws_iam_role: { ci: body } } });

/**
 * Of an attribute that an override file has, that one counts; of two such files the last by name.
 * Source: developer.hashicorp.com/terraform/language/files/override.
 */
test.each<[string, string, Record<string, string>, string]>([
  ['an override file', role(''), { 'x_override.tf': role('local.teams') }, 'blocked TAE308'],
  ['override.tf', role(''), { 'override.tf': role('local.teams') }, 'blocked TAE308'],
  ['one that comes first by name', role(''), { 'a_override.tf': role('local.teams') }, 'blocked TAE308'],
  ['one that takes the path away', role('local.teams'), { 'x_override.tf': role('"/"') }, 'converted'],
  ['one that has no path', role('local.teams'), { 'x_override.tf': role('') }, 'blocked TAE308'],
  ['the last one', role(''), { 'a_override.tf': role('local.teams'), 'b_override.tf': role('"/"') }, 'converted'],
  ['JSON', '', { 'ci.tf.json': inJson({ name: 'ci', path: '/teams/' }) }, 'blocked TAE308'],
  ['JSON with an expression', '', { 'ci.tf.json': inJson({ name: 'ci', path: '/${var.path}/' }) }, 'blocked TAE308'],
  ['JSON without a path', '', { 'ci.tf.json': inJson({ name: 'ci' }) }, 'converted'],
  ['an override file of JSON', '', { 'ci.tf.json': inJson({}), 'x_override.tf': role('"/a/"') }, 'blocked TAE308'],
  ['a file that is no JSON', '', { 'ci.tf.json': '{' }, 'converted'],
])('a path in %s', async (_, blocks, files, expected) => {
  expect(await endOf('aws_iam_role.ci.arn', blocks, files)).toBe(expected);
});

const codesOf = async (principal: string, blocks: string): Promise<readonly string[]> => {
  const text = `${eks}
  access_entries = {
    ci = { principal_arn = ${principal} }
  }
}

locals {
  teams = "/teams/"
}

${blocks}
`;
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  return diagnostics.flatMap(({ code }) => (code === 'TAE711' ? [code] : []));
};

/** An entry needs the path that is taken off here. Where there is none, nothing is taken off. */
test.each([
  ['replace(aws_iam_role.ci.arn, "/${var.path}/", "/")', role('local.teams'), ['TAE711']],
  ['replace(aws_iam_role.ci.arn, "/${var.path}/", "/")', role(''), []],
  ['"arn:aws:iam::111122223333:role/${aws_iam_role.ci.name}"', role('local.teams'), ['TAE711']],
  ['"arn:aws:iam::111122223333:role/${aws_iam_role.ci.name}"', role(''), []],
])('an entry of %s of %s', async (principal, blocks, expected) => {
  expect(await codesOf(principal, blocks)).toEqual(expected);
});
