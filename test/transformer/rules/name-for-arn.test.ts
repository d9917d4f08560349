import { expect, test } from '@jest/globals';
import type { ConvertResult } from '../../../lib/convert.ts';
import { convertWith, outcomeOf, rowWith } from './row.ts';

// terraform-provider-aws, internal/service/iam: `id` of a role, its data source and a user is the name; that of
// data.aws_iam_user is the unique id. aws-auth compares ARNs, so neither matches anybody.
test.each([
  ['aws_iam_role.x.name', 'name', 'aws_iam_role.x.arn'],
  ['aws_iam_role.x.id', 'name', 'aws_iam_role.x.arn'],
  ['aws_iam_role.x.unique_id', 'unique id', 'aws_iam_role.x.arn'],
  ['"${aws_iam_role.x.name}"', 'name', 'aws_iam_role.x.arn'],
  ['(aws_iam_role.each["a"].name)', 'name', 'aws_iam_role.each["a"].arn'],
  ['local.name', 'name', 'aws_iam_role.x.arn'],
  ['data.aws_iam_role.x.name', 'name', 'data.aws_iam_role.x.arn'],
  ['data.aws_iam_role.x.id', 'name', 'data.aws_iam_role.x.arn'],
  ['data.aws_iam_role.x.unique_id', 'unique id', 'data.aws_iam_role.x.arn'],
  ['aws_iam_user.x.name', 'name', 'aws_iam_user.x.arn'],
  ['aws_iam_user.x.id', 'name', 'aws_iam_user.x.arn'],
  ['aws_iam_user.x.unique_id', 'unique id', 'aws_iam_user.x.arn'],
  ['data.aws_iam_user.x.user_name', 'name', 'data.aws_iam_user.x.arn'],
  ['data.aws_iam_user.x.user_id', 'unique id', 'data.aws_iam_user.x.arn'],
  ['data.aws_iam_user.x.id', 'unique id', 'data.aws_iam_user.x.arn'],
])('%s is no ARN', async (source, what, arn) => {
  const beside = 'locals {\n  name = aws_iam_role.x.name\n}\n';
  expect(await outcomeOf(rowWith(source, 'viewers'), { beside })).toEqual({
    disposition: 'blocked',
    codes: ['TAE304'],
  });
  const [found] = await findings(rowWith(source, 'viewers'), beside);
  expect(found?.message).toContain(`is the ${what} of a ${arn.includes('aws_iam_user') ? 'user' : 'role'}`);
  expect(found?.message).toContain('grants nothing today');
  expect(found?.hint).toContain(`write ${arn}`);
  expect(found?.hint).toContain('drop the row in the config');
  expect(found?.range).toMatchObject({ file: 'main.tf' });
});

test.each([
  'aws_iam_role.x.arn',
  '"${aws_iam_role.x.arn}"',
  'data.aws_iam_role.x.arn',
  'module.role.name',
  'aws_iam_role.x.tags.name',
  'aws_cloudformation_stack.role.id',
  '"arn:aws:iam::111122223333:role/${aws_iam_role.x.name}"',
])('%s may be one', async source => {
  expect(await outcomeOf(rowWith(source, 'viewers'))).toMatchObject({ disposition: 'converted' });
});

const findings = async (row: string, beside: string): Promise<ConvertResult['diagnostics']> => {
  const { diagnostics } = await convertWith(`aws_auth_roles = [${row}]`, { beside });
  return diagnostics.filter(({ code }) => code === 'TAE304');
};
