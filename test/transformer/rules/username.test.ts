import { expect, test } from '@jest/globals';
import { outcomeOf } from './row.ts';

const row = (username: string): string =>
  `{ rolearn = "arn:aws:iam::111122223333:role/ops", username = ${username}, groups = ["system:masters"] }`;

// aws-auth has strings there, and reads nothing else. Source: kubernetes-sigs/aws-iam-authenticator, pkg/config/types.go.
test.each(['5', 'true', '["ops"]'])(
  'a username that is no string (%s) is refused, of an administrator too',
  async text => {
    expect((await outcomeOf(row(text))).disposition).toBe('blocked');
  },
);

test('one that only a plan knows is left out of the entry of an administrator', async () => {
  expect(await outcomeOf(row('var.name'))).toEqual({ disposition: 'converted', codes: ['TAE402'] });
});
