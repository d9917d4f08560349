import { test } from '@jest/globals';
import { expectOutcome, type Expected } from './expect-outcome.ts';

// What Terraform 1.6.0 and 1.15.5 make of these.
const cases: readonly Expected[] = [
  ['join(",", ["a","b"])', '"a,b" of string'],
  ['join(",", ["a"], ["b"])', '"a,b" of string'],
  ['join(",", [1,true])', '"1,true" of string'],
  ['split(",", "a,b,c")', '["a","b","c"] of list(string)'],
  ['split("", "abc")', '["a","b","c"] of list(string)'],
  ['trimspace("  a ")', '"a" of string'],
  ['trimprefix("abc","a")', '"bc" of string'],
  ['trimsuffix("abc","c")', '"ab" of string'],
  ['lower("ÀB")', 'unknown'],
  ['startswith("abc","a")', 'true of bool'],
  ['endswith("abc","c")', 'true of bool'],
  ['strcontains("abc","b")', 'true of bool'],
  [String.raw`chomp("a\n\n")`, '"a" of string'],
  ['split("", "")', '[] of list(string)'],
  ['split(",", "")', '[""] of list(string)'],
];

test.each(cases)('%s', expectOutcome);
