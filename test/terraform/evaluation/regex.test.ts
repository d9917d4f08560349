import { test } from '@jest/globals';
import { expectOutcome, type Expected } from './expect-outcome.ts';

// What Terraform 1.6.0 and 1.15.5 make of these.
const cases: readonly Expected[] = [
  ['replace("hello", "l", "L")', '"heLLo" of string'],
  ['replace("hello world", "/o (w)/", "_$1_")', '"hell_orld" of string'],
  ['replace("aaa", "/a*?/", "x")', '"xaxaxax" of string'],
  [
    'replace("arn:aws:iam::1:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_x", "//aws-reserved.*/AWSReservedSSO/", "/AWSReservedSSO")',
    '"arn:aws:iam::1:role/AWSReservedSSO_x" of string',
  ],
  ['regex("[a-z]+", "123abc")', '"abc" of string'],
  [String.raw`regex("(\\d+)-(\\w+)", "12-ab")`, '["12","ab"] of tuple(string, string)'],
  [String.raw`regex("(?P<n>\\d+)", "a12")`, '{"n":"12"} of object(n=string)'],
  ['regex("x", "abc")', 'error'],
  ['regex("(a|ab)(c|bcd)(d*)", "abcd")', '["a","bcd",""] of tuple(string, string, string)'],
  ['regexall("[a-z]", "abc")', '["a","b","c"] of list(string)'],
  ['regexall("(a)|b", "ab")', '[["a"],[null]] of list(tuple(string))'],
  ['regexall("", "ab")', '["","",""] of list(string)'],
  ['regex("(?i)ABC", "xabc")', '"abc" of string'],
  ['regex("(?=a)", "a")', 'error'],
];

test.each(cases)('%s', expectOutcome);
