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
  [String.raw`format("%q", "a\"b")`, String.raw`"\"a\\\"b\"" of string`],
  ['format("%#v", "a")', String.raw`"\"a\"" of string`],
  ['format("%s", [1])', 'error'],
  ['format("%d", 1.5)', 'error'],
  ['format("%5.1f|%-6d|%06.2f", 1.25, 42, 3.14159)', '"  1.2|42    |003.14" of string'],
  ['format("%e", 0)', '"0.000000e+00" of string'],
  ['format("%g", 123456789)', '"1.23456789e+08" of string'],
  ['format("%t", "true")', '"true" of string'],
  ['format("%z", 1)', 'error'],
  ['format("100%%")', '"100%" of string'],
  ['format("%", 1)', 'error'],
  ['formatlist("%s", ["a"])', '["a"] of list(string)'],
  ['formatlist("%s", [])', '[] of list(string)'],
  ['formatlist("%s-%s", ["a","b"], ["c"])', 'error'],
];

test.each(cases)('%s', expectOutcome);
