import { expect, test } from '@jest/globals';
import { convertWith } from './row.ts';

const row = (account: string): string =>
  `{ rolearn = "arn:aws:iam::${account}:role/AWSReservedSSO_Admin_0a1b2c3d4e5f6071", username = "x", groups = ["a"] }`;

const [one, other] = ['111122223333', '444455556666'];

// Source: kubernetes-sigs/aws-iam-authenticator, pkg/config/mapper.go: a row is found by its whole ARN.
test.each([
  [[one, other], 0],
  [[one, other, one], 1],
  [[one, '${data.aws_caller_identity.this.account_id}'], 1],
])('a role of Identity Center by one name in %j', async (accounts, dropped) => {
  const { rows, diagnostics } = await convertWith(`aws_auth_roles = [${accounts.map(row).join(', ')}]`);
  expect(rows.filter(({ disposition }) => disposition === 'dropped')).toHaveLength(dropped);
  expect(diagnostics.filter(({ code }) => code === 'TAE403')).toHaveLength(dropped);
});
