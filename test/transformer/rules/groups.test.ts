import { expect, test } from '@jest/globals';
import { outcomeOf, rowOf } from './row.ts';

// EKS user guide, creating-access-entries: groups must not begin with system:, eks:, aws:, amazon: or iam:.
test.each([
  ['viewers', 'converted', []],
  ['system:masters', 'converted', []],
  ['system', 'converted', []],
  ['system:Masters', 'blocked', ['TAE309']],
  ['system:monitoring', 'blocked', ['TAE314']],
  ['eks:ops', 'blocked', ['TAE314']],
  ['team-{{SessionName}}', 'blocked', ['TAE315']],
])('the group %s', async (group, disposition, codes) => {
  expect(await outcomeOf(rowOf('arn:aws:iam::111122223333:role/dev', group))).toEqual({ disposition, codes });
});
