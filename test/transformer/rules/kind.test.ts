import { expect, test } from '@jest/globals';
import { outcomeOf, rowOf } from './row.ts';

// EKS user guide, creating-access-entries: what an entry may name. The path of a role is another rule's matter.
test.each([
  ['a role', 'arn:aws:iam::111122223333:role/dev', 'converted', []],
  ['a user', 'arn:aws:iam::111122223333:user/dev', 'converted', ['TAE401']],
  ['a service-linked role', 'arn:aws:iam::111122223333:role/AWSServiceRoleForBatch', 'blocked', ['TAE301']],
  ['the root of an account', 'arn:aws:iam::111122223333:root', 'blocked', ['TAE302']],
  ['a session', 'arn:aws:sts::111122223333:assumed-role/dev/anna', 'blocked', ['TAE303']],
  ['a name', 'dev', 'blocked', ['TAE304']],
  ['an account of 11 digits', 'arn:aws:iam::11112222333:role/dev', 'blocked', ['TAE305']],
])('%s', async (_what, arn, disposition, codes) => {
  expect(await outcomeOf(rowOf(arn, 'viewers'))).toEqual({ disposition, codes });
});
