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
  ['regex("(a)|(b)", "b")', '[null,"b"] of tuple(string, string)'],
  ['regex("(?P<a>x)(y)", "xy")', 'error'],
  [String.raw`regex("\\bfoo\\b", "a foo b")`, '"foo" of string'],
  ['regex("[[:alpha:]]+", "12ab")', '"ab" of string'],
  [String.raw`regex("\\Aab\\z", "ab")`, '"ab" of string'],
  ['regex("a{2}", "aaa")', '"aa" of string'],
  [String.raw`regex("[^\\d]", "1a")`, '"a" of string'],
  [String.raw`regex("(?s).", "\n")`, String.raw`"\n" of string`],
  [String.raw`regex(".", "\n")`, 'error'],
  [String.raw`regex("(?m)^b$", "a\nb\nc")`, '"b" of string'],
  ['regex("a**", "a")', 'error'],
  ['regex("*a", "a")', 'error'],
  ['regex("[z-a]", "a")', 'error'],
  [String.raw`regex("\\8", "a")`, 'error'],
  ['regexall("a|ab", "abab")', '["a","a"] of list(string)'],
  ['regexall("(?:x*)", "axb")', '["","x",""] of list(string)'],
  ['replace("abc", "/(?P<first>a)/", "$${first}-")', '"a-bc" of string'],
  ['replace("abc", "", "-")', '"-a-b-c-" of string'],
  ['replace("a.b", ".", "-")', '"a-b" of string'],
  ['replace("abc", "/", "x")', '"abc" of string'],
];

test.each(cases)('%s', expectOutcome);
