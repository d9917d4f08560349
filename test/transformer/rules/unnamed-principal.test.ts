import { expect, test } from '@jest/globals';
import type { ConvertResult } from '../../../lib/convert.ts';
import { convertWith } from './row.ts';

const found = async (row: string): Promise<ConvertResult['diagnostics']> => {
  const { diagnostics } = await convertWith(`aws_auth_roles = [${row}]`);
  return diagnostics.filter(({ code }) => code === 'TAE304' || code === 'TAE306');
};

const hintsOf = async (row: string): Promise<readonly (string | undefined)[]> =>
  (await found(row)).map(({ hint }) => hint);

// The config names a row by its principal, so that a row without one can be settled in the source alone.
test.each([
  '{ role_arn = "arn:aws:iam::111122223333:role/ci", username = "ci", groups = ["ci"] }',
  '{ username = "ci", groups = ["ci"] }',
  '{ rolearn = "", username = "ci", groups = ["ci"] }',
])('a row that the config cannot name is not to be dropped there: %s', async row => {
  const hints = await hintsOf(row);
  expect(hints).toHaveLength(1);
  expect(hints[0]).not.toMatch(/in the config/);
  expect(hints[0]).toMatch(/remove the row/);
});

test.each([
  '{ rolearn = "arn:aws:iam::111122223333:role/ci", username = "ci", group = ["ci"] }',
  '{ rolearn = "ci", username = "ci", groups = ["ci"] }',
])('any other can be: %s', async row => {
  const hints = await hintsOf(row);
  expect(hints).toHaveLength(1);
  expect(hints[0]).toMatch(/drop the row in the config/);
});

// Which gates of the authenticator EKS opens is not public. Source: kubernetes-sigs/aws-iam-authenticator, pkg/config/features.go
test('a permission set is no key that EKS is known to ignore', async () => {
  const [one] = await found(
    '{ sso = { permissionSetName = "Admin", accountID = "111122223333" }, username = "x", groups = ["a"] }',
  );
  expect(one?.message).toContain('has the key "sso" and no rolearn');
  expect(one?.message).toContain('not known');
  expect(one?.message).not.toContain('ignores');
});
