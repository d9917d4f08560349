import { expect, test } from '@jest/globals';
import { convertWith, outcomeOf, rowOf, rowWith } from './row.ts';

// EKS user guide, creating-access-entries: what an entry may name. The path of a role is another rule's matter.
test.each([
  ['a role', 'arn:aws:iam::111122223333:role/dev', 'converted', []],
  ['a user', 'arn:aws:iam::111122223333:user/dev', 'converted', ['TAE401']],
  ['a service-linked role', 'arn:aws:iam::111122223333:role/AWSServiceRoleForBatch', 'blocked', ['TAE301']],
  ['the root of an account', 'arn:aws:iam::111122223333:root', 'blocked', ['TAE302']],
  [
    'a user with a name as of such a role',
    'arn:aws:iam::111122223333:user/AWSServiceRoleForBatch',
    'converted',
    ['TAE401'],
  ],
  ['a session', 'arn:aws:sts::111122223333:assumed-role/dev/anna', 'blocked', ['TAE303']],
  ['a name', 'dev', 'blocked', ['TAE304']],
  [
    'one of Identity Center without its suffix',
    'arn:aws:iam::111122223333:role/AWSReservedSSO_Ops',
    'blocked',
    ['TAE345'],
  ],
  ['an account of 11 digits', 'arn:aws:iam::11112222333:role/dev', 'blocked', ['TAE305']],
])('%s', async (_what, arn, disposition, codes) => {
  expect(await outcomeOf(rowOf(arn, 'viewers'))).toEqual({ disposition, codes });
});

// No page of AWS promises a number of digits: singlesignon, referencingpermissionsets.
test.each([
  ['0'.repeat(11), true],
  ['0'.repeat(12), false],
  ['0a1b2c3d4e5f607', false],
  ['0'.repeat(20), false],
  ['0'.repeat(21), true],
])('the suffix %s of a role of Identity Center is as long as the message says', async (suffix, isRefused) => {
  const row = rowOf(`arn:aws:iam::111122223333:role/AWSReservedSSO_Ops_${suffix}`, 'viewers');
  const { diagnostics } = await convertWith(`aws_auth_roles = [${row}]`);
  const said = diagnostics.filter(({ code }) => code === 'TAE345').map(({ message }) => message);
  expect(said).toEqual(isRefused ? [expect.stringContaining('<12 to 20 hex digits>')] : []);
});

// What is not known yet may not hide what is: the account is a number of 12 digits, and a role or user is named behind it.
const account = '${data.aws_caller_identity.current.account_id}';
test.each([
  ['a role', `"arn:aws:iam::${account}:role/dev"`, 'converted', []],
  ['a user', `"arn:aws:iam::${account}:user/dev"`, 'converted', ['TAE401']],
  [
    'a role of another partition',
    `"arn:\${data.aws_partition.current.partition}:iam::${account}:role/dev"`,
    'converted',
    [],
  ],
  ['a name that is known at plan time', `"arn:aws:iam::111122223333:role/\${var.name}"`, 'converted', []],
  ['whatever stands behind the account', `"arn:aws:iam::${account}:\${var.name}"`, 'converted', []],
  ['all of it', '"${var.name}"', 'converted', []],
  ['the beginning', '"${var.name}:role/dev"', 'converted', []],
  [
    'a role whose path is taken off',
    'join("/", [split("/", data.aws_iam_role.x.arn)[0], basename(data.aws_iam_role.x.arn)])',
    'blocked',
    ['TAE322'],
  ],
  ['root', `"arn:aws:iam::${account}:root"`, 'blocked', ['TAE302']],
  ['root behind what is not known', '"${var.name}:root"', 'blocked', ['TAE302']],
  ['root by format', 'format("arn:aws:iam::%s:root", var.name)', 'blocked', ['TAE302']],
  ['root by a local', 'local.root', 'blocked', ['TAE302']],
  ['a session', `"arn:aws:sts::${account}:assumed-role/dev/anna"`, 'blocked', ['TAE303']],
  ['a federated user', `"arn:aws:sts::${account}:federated-user/anna"`, 'blocked', ['TAE303']],
  ['a group', `"arn:aws:iam::${account}:group/dev"`, 'blocked', ['TAE303']],
  ['a service-linked role', `"arn:aws:iam::${account}:role/AWSServiceRoleForBatch"`, 'blocked', ['TAE301']],
  ['another service', `"arn:aws:ec2::${account}:role/dev"`, 'blocked', ['TAE304']],
  ['another partition', `"arn:amazon:iam::${account}:role/dev"`, 'blocked', ['TAE304']],
  ['no ARN', '"dev-${var.name}"', 'blocked', ['TAE304']],
  ['an account with letters', '"arn:aws:iam::acc-${var.name}:role/dev"', 'blocked', ['TAE304']],
  ['an account of more than 12 digits', '"arn:aws:iam::1111222233334${var.name}:role/dev"', 'blocked', ['TAE304']],
  ['an account of 5 digits', '"arn:aws:iam::12345:role/${var.name}"', 'blocked', ['TAE305']],
  ['what may be a name', '"${var.name}-ADMIN"', 'blocked', ['TAE332']],
  ['one name or another', 'var.name == "a" ? "admin" : "ops"', 'blocked', ['TAE304']],
  ['one name or another in a template', '"${var.name == "a" ? "admin" : "ops"}"', 'blocked', ['TAE304']],
  ['one of three names', '(var.name == "a" ? "admin" : var.name == "b" ? "ops" : "dev")', 'blocked', ['TAE304']],
  ['a name or an ARN', `var.name == "a" ? "admin" : "arn:aws:iam::${account}:role/dev"`, 'blocked', ['TAE332']],
  ['a name or what may be one', 'var.name == "a" ? "admin" : "${var.name}-ops"', 'blocked', ['TAE332']],
  ['a name or what is not known', 'var.name == "a" ? "admin" : var.name', 'blocked', ['TAE332']],
  [
    'a role of Identity Center of whose name a part is not known',
    `"arn:aws:iam::${account}:role/AWSReservedSSO_Ops_\${var.name}"`,
    'blocked',
    ['TAE282'],
  ],
  ['a number', '123456789012', 'blocked', ['TAE304']],
  // What these resources make is no role or user. Source: terraform-provider-aws, internal/service/iam.
  ['a group by its resource', 'aws_iam_group.ops.arn', 'blocked', ['TAE303']],
  ['an instance profile', 'aws_iam_instance_profile.nodes[0].arn', 'blocked', ['TAE303']],
  ['a policy in a template', '"${aws_iam_policy.ops.arn}"', 'blocked', ['TAE303']],
  ['a policy in parentheses', '(aws_iam_policy.ops.arn)', 'blocked', ['TAE303']],
  ['a provider of identities', 'data.aws_iam_openid_connect_provider.ci.arn', 'blocked', ['TAE303']],
  ['a service-linked role by its resource', 'aws_iam_service_linked_role.batch.arn', 'blocked', ['TAE301']],
  ['a role of an instance profile', 'data.aws_iam_instance_profile.nodes.role_arn', 'converted', []],
  ['one ARN or another', `var.name == "a" ? var.name : "arn:aws:iam::${account}:role/dev"`, 'converted', []],
  [
    'a role of Identity Center without its suffix',
    `"arn:aws:iam::${account}:role/AWSReservedSSO_Ops"`,
    'blocked',
    ['TAE345'],
  ],
])('%s, in part', async (_what, source, disposition, codes) => {
  const beside = `
variable "name" {}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  root = "arn:aws:iam::${account}:root"
}
`;
  expect(await outcomeOf(rowWith(source, 'viewers'), { beside })).toEqual({ disposition, codes });
});

test('what may be a name is converted where the config vouches for it', async () => {
  const config = {
    accept: [{ principal: '"${var.name}-ADMIN"', code: 'TAE332' as const, reason: 'it holds the ARN' }],
  };
  expect(await outcomeOf(rowWith('"${var.name}-ADMIN"', 'viewers'), { config })).toEqual({
    disposition: 'converted',
    codes: ['TAE415'],
  });
});
