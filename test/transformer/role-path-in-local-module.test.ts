import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

type Parts = {
  readonly principal?: string;
  readonly source?: string;
  readonly given?: string;
  readonly files?: Readonly<Record<string, string>>;
};

/** How a row ends whose role a local module makes. */
const endOf = async (made: string, { principal, source, given = '', files = {} }: Parts = {}): Promise<string> => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "orders"
}

variable "path" {
  default = "/"
}

module "ci" {
  source = "${source ?? './modules/ci'}"
  ${given}
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.37.2"

  aws_auth_roles = [
    {
      rolearn  = ${principal ?? 'module.ci.role_arn'}
      username = "ci"
      groups   = ["deployers"]
    },
  ]
}
`;
  const all = new Map([['main.tf', text], ['modules/ci/main.tf', made], ...Object.entries(files)]);
  const { rows, diagnostics } = await convert(all, { runtime: await runtime(), revisions: false });
  const codes = diagnostics.flatMap(({ code, range }) => (code === 'TAE308' ? [code, range?.file] : []));
  return [rows[0]?.disposition, ...codes].join(' ');
};

const role = (path: string): string =>
  `resource "aws_iam_role" "ci" {\n  name = "ci"\n${path === '' ? '' : `  path = ${path}\n`}}\n`;

const output = (value: string): string => `output "role_arn" {\n  value = ${value}\n}\n`;

const ci = (path: string, value = 'aws_iam_role.ci.arn'): string => role(path) + output(value);

const variable = (body = ''): string => `variable "path" {\n${body}}\n`;

const dead = 'blocked TAE308 main.tf';

// aws-auth never matches a role ARN with a path, wherever the role is made: kubernetes-sigs/aws-iam-authenticator, pkg/arn/arn.go.
test.each<[what: string, made: string, expected: string, more?: Parts]>([
  ['no path', ci(''), 'converted'],
  ['the path /', ci('"/"'), 'converted'],
  ['a path', ci('"/ci/"'), dead],
  ['a path, in a template', ci('"/ci/"'), dead, { principal: '"${module.ci.role_arn}"' }],
  ['a path, of one of several calls', ci('"/ci/"'), dead, { principal: 'module.ci[0].role_arn', given: 'count = 1' }],
  ['a path, by a local of the module', `${ci('"/ci/"', 'local.arn')}locals {\n  arn = aws_iam_role.ci.arn\n}\n`, dead],
  ['a path, by a try', ci('"/ci/"', 'try(aws_iam_role.ci[0].arn, "")'), dead],
  ['a path, by a module above', '', dead, { source: '../ci', files: { '../ci/main.tf': ci('"/ci/"') } }],
  ['the path of a default', ci('var.path') + variable('  default = "/ci/"\n'), dead],
  ['no path by default', ci('var.path') + variable('  default = "/"\n'), 'converted'],
  ['no path by a default of null', ci('var.path') + variable('  default = null\n'), 'converted'],
  ['the path of the call', ci('var.path') + variable('  default = "/"\n'), dead, { given: 'path = "/ci/"' }],
  ['no path by the call', ci('var.path') + variable('  default = "/ci/"\n'), 'converted', { given: 'path = "/"' }],
  ['a path that only a plan knows', ci('var.path') + variable(), dead, { given: 'path = var.path' }],
  ['an ARN with a path', output('"arn:aws:iam::111122223333:role/ci/ci"'), dead],
  ['an ARN without one', output('"arn:aws:iam::111122223333:role/ci"'), 'converted'],
  ['the ARN of a user with a path', output('"arn:aws:iam::111122223333:user/ci/ci"'), 'converted'],
  ['what is taken off a path', ci('"/ci/"', 'replace(aws_iam_role.ci.arn, "role/ci/", "role/")'), 'converted'],
  ['another output', ci('"/ci/"'), 'converted', { principal: 'module.ci.other_arn' }],
  [
    'roles by name of which one has none',
    `${role('"/ci/"')}resource "aws_iam_role" "x" {}\n${output('{ ci = aws_iam_role.ci.arn, x = aws_iam_role.x.arn }')}`,
    'converted',
    { principal: 'module.ci.role_arn["x"]' },
  ],
  [
    'roles by name',
    ci('"/ci/"', '{ for key, role in aws_iam_role.ci : key => role.arn }'),
    dead,
    { principal: 'module.ci.role_arn["x"]' },
  ],
  ['a module that is not at hand', ci('"/ci/"'), 'converted', { source: './modules/other' }],
])('%s', async (...[, made, expected, more]) => {
  expect(await endOf(made, more)).toBe(expected);
});
