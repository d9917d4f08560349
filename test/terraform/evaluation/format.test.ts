import { test } from '@jest/globals';
import { expectOutcome, type Expected } from './expect-outcome.ts';

// What Terraform 1.6.0 and 1.15.5 make of these.
const cases: readonly Expected[] = [
  ['format("%s-%d %v", "a", 5, {x=1})', String.raw`"a-5 {\"x\":1}" of string`],
  ['format("%05d|%s|%d", 42, "a", 3)', '"00042|a|3" of string'],
  ['format("%05d|%012d", -42, 11122223333)', '"-0042|011122223333" of string'],
  ['format("%q", "a")', 'unknown'],
  ['format("%-5s|", "a")', 'unknown'],
  ['format("%5d", 1)', 'unknown'],
  ['format("%05s", "a")', 'unknown'],
  ['format("%+d", 3)', 'unknown'],
  ['format("%.2f %e %g", 3.14159, 12345.678, 1.0e10)', 'unknown'],
  ['format("%[2]s %[1]s", "a", "b")', '"b a" of string'],
  ['format("%v", 1234567)', 'unknown'],
  ['format("%v", 0.00001)', 'unknown'],
  ['format("%s")', 'error'],
  ['format("%s", "a", "b")', 'error'],
  ['format("%#v", "a")', 'unknown'],
  ['format("%s", [1])', 'error'],
  ['format("%d", 1.5)', 'error'],
  ['format("100%%")', '"100%" of string'],
];

test.each(cases)('%s', expectOutcome);
