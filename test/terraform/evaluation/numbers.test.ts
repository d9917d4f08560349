import { test } from '@jest/globals';
import { expectOutcome, type Expected } from './expect-outcome.ts';

// What Terraform 1.6.0 and 1.15.5 make of these.
const cases: readonly Expected[] = [
  ['-0 - 0', '-0 of number'],
  ['0 - 0', '0 of number'],
  ['0 * -1', '-0 of number'],
  ['sum([1,2.5])', '3.5 of number'],
  ['sum([])', 'error'],
  ['min(1,2)', '1 of number'],
  ['max(1,"2")', '2 of number'],
  ['abs(-1.5)', '1.5 of number'],
  ['ceil(1.2)', '2 of number'],
  ['floor(-1.2)', '-2 of number'],
  ['ceil(-1.2)', '-1 of number'],
  ['ceil(-0.5)', '0 of number'],
  ['floor(-0)', '0 of number'],
  ['sum(["1",2])', '3 of number'],
  ['sum(toset([1,2]))', '3 of number'],
  ['max()', 'error'],
  ['min("a")', 'error'],
  ['abs("-3")', '3 of number'],
];

test.each(cases)('%s', expectOutcome);
