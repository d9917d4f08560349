import { test } from '@jest/globals';
import { expectOutcome, type Expected } from './expect-outcome.ts';

// What Terraform 1.6.0 and 1.15.5 make of these.
const cases: readonly Expected[] = [
  ['format("%s-%d %v %q %t", "a", 5, {x=1}, "q", true)', String.raw`"a-5 {\"x\":1} \"q\" true" of string`],
  ['format("%05d|%-5s|%5s|%+d", 42, "a", "b", 3)', '"00042|a    |    b|+3" of string'],
  ['format("%.2f %e %g", 3.14159, 12345.678, 1.0e10)', '"3.14 1.234568e+04 1e+10" of string'],
  ['format("%[2]s %[1]s", "a", "b")', '"b a" of string'],
  ['format("%v", 1234567)', '"1.234567e+06" of string'],
  ['format("%v", 0.00001)', '"1e-05" of string'],
  ['format("%x %X %b %o", 255, 255, 5, 8)', '"ff FF 101 10" of string'],
  ['format("%s")', 'error'],
  ['format("%s", "a", "b")', 'error'],
  ['formatlist("%s-%s", ["a","b"], "c")', '["a-c","b-c"] of list(string)'],
];

test.each(cases)('%s', expectOutcome);
