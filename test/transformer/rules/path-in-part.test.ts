import { expect, test } from '@jest/globals';
import { outcomeOf, rowWith } from './row.ts';

// A session has no path, so that a role ARN with one never matches, whatever the name of a directory in it turns out to be.
// Source: kubernetes-sigs/aws-iam-authenticator, pkg/arn/arn.go (Canonicalize).
test.each([
  ['"arn:aws:iam::111122223333:role/${var.team}/deploy"', ['TAE308']],
  ['"arn:aws:iam::${var.account}:role/teams/${var.team}/deploy"', ['TAE308']],
  ['"arn:aws:iam::111122223333:role/${var.team}"', []],
  ['"arn:aws:iam::111122223333:user/${var.team}/deploy"', ['TAE401']],
])('%s', async (principal, codes) => {
  const beside = 'variable "team" {}\nvariable "account" {}';
  expect((await outcomeOf(rowWith(principal, 'dev'), { beside })).codes).toEqual(codes);
});
