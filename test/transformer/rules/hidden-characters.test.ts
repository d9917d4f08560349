import { expect, test } from '@jest/globals';
import { convert } from '../../../lib/convert.ts';
import { runtime } from '../../support/fixture.ts';
import { outcomeOf } from './row.ts';

const role = 'arn:aws:iam::111122223333:role/dev';
const row = (arn: string, username: string, group: string): string =>
  `{ rolearn = "${arn}", username = "${username}", groups = ["${group}"] }`;

// Kubernetes compares names of users and groups byte by byte (pkg/apis/rbac, subject matching), and the model of the EKS API has no
// pattern for either: the row is converted as it is.
test.each([
  ['a zero width space in a group', row(role, 'dev', 'view\u200bers')],
  ['one as an escape', row(role, 'dev', 'view\\u200bers')],
  ['one in the username', row(role, 'd\u200bev', 'viewers')],
  ['an escape of a terminal', row(role, 'dev', '\\u001b[2Jviewers')],
  ['a line feed', row(role, 'dev', 'viewers\\n')],
  ['a tab', row(role, 'dev', 'viewers\\t')],
  ['DEL', row(role, 'dev', 'viewers\u007f')],
  ['C1', row(role, 'dev', 'viewers\u0085')],
  ['a turned order', row(role, 'dev', '\u202esreweiv')],
  ['an isolate', row(role, 'dev', '\u2066viewers')],
  ['a byte order mark', row(role, 'dev', '\ufeffviewers')],
  // Source: unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt, Default_Ignorable_Code_Point.
  ['a joiner of letters', row(role, 'dev', 'view\u034fers')],
  ['a filler', row(role, 'dev', 'view\u3164ers')],
  ['a variation selector', row(role, 'dev', 'viewers\u{e0100}')],
  // A pattern without dots: it has no ink, and is no space either. Source: unicode.org/charts/PDF/U2800.pdf
  ['a blank of Braille', row(role, 'dev', 'view\u2800ers')],
  ['one before an expression', row(role, 'dev\u200b:${timestamp()}', 'viewers')],
])('%s is said', async (_name, given) => {
  expect(await outcomeOf(given)).toEqual({ disposition: 'converted', codes: ['TAE423'] });
});

test.each([
  ['umlauts', row(role, 'jürgen', 'Größe')],
  ['a space', row(role, 'the devs', 'all viewers')],
])('%s is seen', async (_name, given) => {
  expect(await outcomeOf(given)).toEqual({ disposition: 'converted', codes: [] });
});

test.each([
  ['hides in system:masters', row(role, 'dev', '\u200bsystem:masters'), ['TAE423', 'TAE309']],
  // Names of roles and users have ASCII letters, digits and +=,.@-_ only. Source: IAM API reference, CreateRole.
  ['is in the ARN', row(`${role}\u200b`, 'dev', 'viewers'), ['TAE304']],
])('what %s blocks the row', async (_name, given, codes) => {
  expect(await outcomeOf(given)).toEqual({ disposition: 'blocked', codes });
});

test('the place and the code point are named', async () => {
  const text = `module "eks" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "20.37.2"
  cluster_name = "orders"
}

module "aws_auth" {
  source                    = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version                   = "~> 20.0"
  manage_aws_auth_configmap = true
  aws_auth_roles            = [${row(role, 'dev\u200b', 'viewers\u00ad\u200b')}]
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  const said = diagnostics.filter(({ code }) => code === 'TAE423');
  expect(said.map(({ severity, message, range }) => [severity, message.match(/U\+[0-9A-F]+/g), range?.file])).toEqual([
    ['warning', ['U+200B'], 'main.tf'],
    ['warning', ['U+00AD', 'U+200B'], 'main.tf'],
  ]);
  expect(said.map(({ range }) => text.slice(range?.start, range?.end))).toEqual([
    '"dev\u200b"',
    '["viewers\u00ad\u200b"]',
  ]);
});
