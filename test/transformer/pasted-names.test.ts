import { expect, test } from '@jest/globals';
import { outcomeOf } from './rules/row.ts';

const principal = `join("/", [
      "arn:aws:iam::111122223333:role",
      var.name,
    ])`;
const row = `{ rolearn = ${principal}, username = "x", groups = "viewers" }`;

// A person pastes what a message prints, which has an expression of several lines in one.
test.each([
  ['as the source has it', principal],
  ['in one line', principal.replaceAll(/\s+/g, ' ')],
])('an expression of several lines is named %s', async (_, named) => {
  const beside = 'variable "name" {\n  type = string\n}\n';
  const blocked = await outcomeOf(row, { beside });
  expect(blocked).toMatchObject({ disposition: 'blocked', codes: ['TAE307'] });
  const accepted = { accept: [{ principal: named, code: 'TAE307' as const, reason: 'they have none' }] };
  expect(await outcomeOf(row, { beside, config: accepted })).toMatchObject({ disposition: 'converted' });
  const dropped = { drop: [{ principal: named, reason: 'left' }] };
  expect(await outcomeOf(row, { beside, config: dropped })).toMatchObject({ disposition: 'dropped' });
});
