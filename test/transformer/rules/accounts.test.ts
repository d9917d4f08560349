import { expect, test } from '@jest/globals';
import { convertWith, outcomeOf } from './row.ts';

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

test.each([
  ['"111122223333"', 'lets in every principal of account 111122223333'],
  ['var.account', 'lets in every principal of account var.account'],
  ['"11112222333"', 'has 11112222333, which is no account id'],
  ['"1111222233334"', 'has 1111222233334, which is no account id'],
  ['012345678901', 'has 12345678901, which is no account id'],
])('whom the account %s lets in', async (account, words) => {
  const beside = 'variable "account" {}\n';
  const { diagnostics } = await convertWith(`manage_aws_auth_configmap = true\n  aws_auth_accounts = [${account}]`, {
    beside,
  });
  expect(diagnostics.find(({ code }) => code === 'TAE317')?.message).toContain(words);
});
