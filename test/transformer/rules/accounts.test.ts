import { expect, test } from '@jest/globals';
import { outcomeOf } from './row.ts';

// An account id has 12 digits. Source: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html
test.each([
  ['012345678901', ['TAE417', 'TAE317']],
  ['local.short', ['TAE417', 'TAE317']],
  ['"${local.short}"', ['TAE417', 'TAE317']],
  ['111122223333', ['TAE317']],
  ['(111122223333)', ['TAE317']],
  ['local.whole', ['TAE317']],
  ['"${local.whole}"', ['TAE317']],
  ['"012345678901"', ['TAE317']],
])('of the account %s it is said that it lost zeros, where it did', async (account, codes) => {
  const beside = 'locals {\n  short = 012345678901\n  whole = 111122223333\n}\n';
  const outcome = await outcomeOf(account, { argument: 'aws_auth_accounts', beside });
  expect(outcome).toEqual({ disposition: 'blocked', codes });
});
