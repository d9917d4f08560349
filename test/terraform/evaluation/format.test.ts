import { test } from '@jest/globals';
import { expectOutcome, type Expected } from './expect-outcome.ts';

// What Terraform 1.6.0 and 1.15.5 make of these.
const cases: readonly Expected[] = [
  ['format("%s-%d %v %q %t", "a", 5, {x=1}, "q", true)', String.raw`"a-5 {\"x\":1} \"q\" true" of string`],
  ['format("%05d|%-5s|%5s|%d", 42, "a", "b", 3)', '"00042|a    |    b|3" of string'],
  ['format("%05d|%-4d|%4d|%012d", -42, 7, 7, 11122223333)', '"-0042|7   |   7|011122223333" of string'],
  ['format("%+d", 3)', 'unknown'],
  ['format("%.2f %e %g", 3.14159, 12345.678, 1.0e10)', 'unknown'],
  ['format("%[2]s %[1]s", "a", "b")', '"b a" of string'],
  ['format("%v", 1234567)', 'unknown'],
  ['format("%v", 0.00001)', 'unknown'],
  ['format("%s")', 'error'],
  ['format("%s", "a", "b")', 'error'],
  ['formatlist("%s-%s", ["a","b"], "c")', '["a-c","b-c"] of list(string)'],
  [String.raw`format("%q", "a\"b")`, String.raw`"\"a\\\"b\"" of string`],
  ['format("%#v", "a")', 'unknown'],
  ['format("%s", [1])', 'error'],
  ['format("%d", 1.5)', 'error'],
  ['format("%t", "true")', '"true" of string'],
  ['format("100%%")', '"100%" of string'],
  ['formatlist("%s", ["a"])', '["a"] of list(string)'],
  ['formatlist("%s", [])', '[] of list(string)'],
  ['formatlist("%s-%s", ["a","b"], ["c"])', 'error'],
];

test.each(cases)('%s', expectOutcome);
