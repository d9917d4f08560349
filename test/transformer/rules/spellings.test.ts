import { expect, test } from '@jest/globals';
import { convertWith } from './row.ts';

const users = (groups: string): string => `aws_auth_users = [
    { userarn = "arn:aws:iam::111122223333:user/anna", username = "anna", groups = ["viewers"] },
    { userarn = "arn:aws:iam::111122223333:user/Anna", username = "anna", groups = ["${groups}"] },
  ]`;

/** Which spelling IAM has, the source does not tell, so that the rows are blocked whether their rights differ or not. */
test.each(['viewers', 'developers'])(
  'two spellings of a user are blocked, and nothing is said of rights: %s',
  async groups => {
    const { rows, diagnostics } = await convertWith(users(groups));
    expect(rows.map(({ disposition }) => disposition)).toEqual(['blocked', 'blocked']);
    const said = diagnostics.filter(({ code }) => code === 'TAE311');
    expect(said).toHaveLength(2);
    for (const { message } of said) expect(message).not.toContain('rights');
  },
);

/** The account is known at plan time only, and the name is not. */
test.each([
  '"arn:aws:iam::${data.aws_caller_identity.current.account_id}:user/NAME"',
  'format("arn:aws:iam::%s:user/team/NAME", data.aws_caller_identity.current.account_id)',
])('two spellings of a user are blocked where the account is an expression: %s', async source => {
  const rows = ['anna', 'Anna'].map(name => `{ userarn = ${source.replace('NAME', name)}, groups = ["viewers"] }`);
  const result = await convertWith(`aws_auth_users = [${rows.join(', ')}]`, {
    beside: 'data "aws_caller_identity" "current" {}',
  });
  expect(result.rows.map(({ disposition }) => disposition)).toEqual(['blocked', 'blocked']);
  expect(result.diagnostics.filter(({ code }) => code === 'TAE311')).toHaveLength(2);
});

test('of two spellings of a role the last one counts where the account is an expression', async () => {
  const rows = ['ops', 'Ops'].map(
    name =>
      `{ rolearn = "arn:aws:iam::\${data.aws_caller_identity.current.account_id}:role/${name}", groups = ["viewers"] }`,
  );
  const result = await convertWith(`aws_auth_roles = [${rows.join(', ')}]`, {
    beside: 'data "aws_caller_identity" "current" {}',
  });
  expect(result.rows.map(({ disposition }) => disposition)).toEqual(['dropped', 'converted']);
});

// Source: kubernetes-sigs/aws-iam-authenticator, pkg/mapper/configmap/configmap.go: a map of users by the ARN as it is written, gone
// through in any order.
test('of two spellings of a user the one that the config drops is not said to have no effect', async () => {
  const { rows, diagnostics } = await convertWith(users('developers'), {
    config: { drop: [{ principal: 'arn:aws:iam::111122223333:user/anna', reason: 'a test' }] },
  });
  expect(rows.map(({ disposition, codes }) => [disposition, ...codes])).toEqual([
    ['dropped', 'TAE416'],
    ['converted', 'TAE401'],
  ]);
  expect(diagnostics.map(({ code }) => code)).not.toContain('TAE403');
});
