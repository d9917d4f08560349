import { expect, test } from '@jest/globals';
import { isReserved, takesUsername } from './names.ts';

test.each([
  ['ops', true],
  ['sts:ops', true],
  ['ops:{{SessionName}}', true],
  ['ops:{{SessionNameRaw}}', true],
  [':{{SessionName}}:{{SessionName}}', true],
  ['', false],
  ['{{SessionName}}', false],
  ['ops{{SessionName}}:x', false],
  ['ops:{{AccountID}}', false],
  ['ops:{{SessionName}}{{AccessKeyID}}', false],
  ['system:node:{{EC2PrivateDNSName}}', false],
  ['eks:x', false],
  ['iam:x', false],
])('an entry takes the username %p: %p', (name, takes) => {
  expect(takesUsername(name)).toBe(takes);
});

test('reserved are prefixes with their colon', () => {
  expect(['system:x', 'eks:x', 'aws:x', 'amazon:x', 'iam:x'].every(isReserved)).toBe(true);
  expect(['system', 'sts:x', 'x:system:'].some(isReserved)).toBe(false);
});
