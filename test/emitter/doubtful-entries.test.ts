import { expect, test } from '@jest/globals';
import { convert, type ConvertOptions } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

// A second entry for a principal fails with 409, which leaves every converted admin without a policy. Role names are unique in an
// account. Sources: terraform-aws-modules/eks issue 2933; IAM user guide, reference_iam-quotas.

const ops = '"arn:aws:iam::111122223333:role/ops"';
const lookUp = (name: string): string => `data "aws_iam_role" "x" {\n  name = ${name}\n}\n`;
const made = 'resource "aws_iam_role" "x" {\n  name = "Ops"\n}\n';

const source = (row: string, entries: string, beside: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  authentication_mode = "API_AND_CONFIG_MAP"
${entries}
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  aws_auth_roles = [
    { rolearn = ${row}, username = "ops", groups = ["system:masters"] },
  ]
}

${beside}`;

const argument = (principal: string): string =>
  `\n  access_entries = {\n    there = { principal_arn = ${principal} }\n  }`;
const resource = (principal: string, more = ''): string =>
  `resource "aws_eks_access_entry" "there" {\n${more}  cluster_name  = module.eks.cluster_name\n  principal_arn = ${principal}\n}\n`;

const warned = async (
  row: string,
  entries: string,
  beside: string,
  options: Partial<ConvertOptions> = {},
): Promise<readonly string[]> => {
  const text = source(row, entries, beside);
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime(), ...options });
  return diagnostics
    .filter(({ code }) => code === 'TAE221')
    .map(({ range }) => text.slice(range?.start, range?.end).split(/\s/, 1)[0] ?? '');
};

test.each([
  ['that is looked up by the name of the row', ops, argument('data.aws_iam_role.x.arn'), lookUp('"ops"')],
  [
    'that is looked up by a local name',
    ops,
    argument('data.aws_iam_role.x.arn'),
    `${lookUp('local.n')}\nlocals {\n  n = "ops"\n}\n`,
  ],
  ['that the root module makes', ops, argument('aws_iam_role.x.arn'), made],
  ['written out, of a row that is looked up', 'data.aws_iam_role.x.arn', argument(ops), lookUp('"ops"')],
  ['of a resource that is looked up', ops, '', lookUp('"ops"') + resource('data.aws_iam_role.x.arn')],
  ['of a resource for many', ops, '', resource('each.value', '  for_each      = var.roles\n')],
])('an entry %s may be a second one', async (_, row, entries, beside) => {
  expect(await warned(row, entries, beside)).toHaveLength(1);
});

test.each([
  ['of another name', ops, argument('data.aws_iam_role.x.arn'), lookUp('"dev"')],
  ['of the row itself', 'data.aws_iam_role.x.arn', argument('data.aws_iam_role.x.arn'), lookUp('"ops"')],
  ['of another account', ops, argument('"arn:aws:iam::444455556666:role/ops"'), ''],
  [
    'of a cluster elsewhere',
    ops,
    '',
    lookUp('"ops"') + resource('data.aws_iam_role.x.arn').replace('module.eks.cluster_name', '"x"'),
  ],
  ['under a switch that is off', ops, '', resource('each.value', '  for_each      = toset([])\n')],
])('an entry %s is none', async (_, row, entries, beside) => {
  expect(await warned(row, entries, beside)).toEqual([]);
});

// The script looks each entry up before it makes one.
test('a script makes no second entry', async () => {
  expect(await warned(ops, '\n  access_entries = var.entries', '', { emit: 'aws-cli' })).toEqual([]);
});

// Terraform merges an override file into the block of the same address. Source: developer.hashicorp.com/terraform/language/files/override.
test('the name is that of an override file, where there is one', async () => {
  const main = source(ops, argument('data.aws_iam_role.x.arn'), lookUp('"dev"'));
  const files = new Map([
    ['main.tf', main],
    ['roles_override.tf', lookUp('"ops"')],
  ]);
  const { diagnostics } = await convert(files, { runtime: await runtime() });
  expect(diagnostics.map(({ code }) => code)).toContain('TAE221');
});
