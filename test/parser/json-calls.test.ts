import { expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

// JSON writes `/` also as `\/`. Source: RFC 8259, section 7.
test.each([
  ['plain', '{"module": {"eks": {"source": "terraform-aws-modules/eks/aws"}}}'],
  ['escaped', String.raw`{"module": {"eks": {"source": "terraform-aws-modules\/eks\/aws"}}}`],
])('convert and check both see a call that is written in JSON: %s', async (_, text) => {
  const files = new Map([
    ['versions.tf', ''],
    ['main.tf.json', text],
  ]);
  const options = { runtime: await runtime() };
  const converted = await convert(files, options);
  const checked = await check(files, options);
  expect(converted.diagnostics.map(({ code }) => code)).toEqual(['TAE009']);
  expect(checked.diagnostics.map(({ code }) => code)).toEqual(['TAE031']);
});

const main = `module "eks" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "20.24.3"
  cluster_name = "demo"
}

module "aws_auth" {
  source         = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version        = "20.24.3"
  aws_auth_roles = local.roles
}

resource "aws_iam_role" "ops" {
  name = "ops"
}
`;
const rowsOf = (role: string): string =>
  `locals {\n  roles = [{ rolearn = "arn:aws:iam::111122223333:role/${role}", username = "x", groups = ["system:masters"] }]\n}\n`;

// Terraform merges an override file into what has the same name, whether it repeats the source or not.
// Source: developer.hashicorp.com/terraform/language/files/override.
test.each([
  ['override.tf.json', '{"module":{"aws_auth":{"aws_auth_users":[]}}}'],
  ['x_override.tf.json', '{"module":[{"eks":{"version":"19.0.0"}}]}'],
  ['override.tf.json', '{"locals":{"roles":[]}}'],
  ['override.tf.json', '{"resource":{"aws_iam_role":{"ops":{"path":"/team/"}}}}'],
  [
    'more.tf.json',
    '{"module":{"x":{"source":"git::https://github.com/terraform-aws-modules/terraform-aws-eks.git//modules/aws-auth"}}}',
  ],
  ['more.tf.json', '{"resource":{"kubernetes_config_map":{"a":{"metadata":{"name":"aws-auth"}}}}}'],
  ['more.tf.json', '{"resource":{"aws_eks_access_entry":{"a":{"principal_arn":"arn:aws:iam::111122223333:role/a"}}}}'],
])('what JSON says of the same things is refused: %s %s', async (path, json) => {
  const files = new Map([
    ['main.tf', main + rowsOf('a')],
    [path, json],
  ]);
  const { revisions, diagnostics } = await convert(files, { runtime: await runtime() });
  expect([revisions, diagnostics.map(({ code, message }) => [code, message.includes(path)])]).toEqual([
    [],
    [['TAE009', true]],
  ]);
});

test.each([
  ['override.tf.json', '{"terraform":{"backend":{"s3":{}}},"provider":{"aws":{"region":"eu-west-1"}}}'],
  ['override.tf.json', '{"module":{"vpc":{"cidr":"10.0.0.0/16"}},"locals":{"other":1}}'],
  ['vpc.tf.json', '{"module":{"vpc":{"source":"terraform-aws-modules/vpc/aws"}}}'],
])('and what concerns nothing of it is not: %s %s', async (path, json) => {
  const files = new Map([
    ['main.tf', main + rowsOf('a')],
    [path, json],
  ]);
  const { rows } = await convert(files, { runtime: await runtime() });
  expect(rows).toMatchObject([{ principal: 'arn:aws:iam::111122223333:role/a', disposition: 'converted' }]);
});

test.each(['a_override.tf', 'override.tf', 'z_override.tf'])(
  'a local of %s counts before that of auth.tf',
  async path => {
    const files = new Map([
      ['main.tf', main],
      ['auth.tf', rowsOf('base')],
      [path, rowsOf('override')],
    ]);
    const { rows } = await convert(files, { runtime: await runtime() });
    expect(rows).toMatchObject([{ principal: 'arn:aws:iam::111122223333:role/override' }]);
  },
);
