import { test } from '@jest/globals';
import { expectOutcome, type Expected } from './expect-outcome.ts';

// What Terraform 1.6.0 and 1.15.5 make of these.
const cases: readonly Expected[] = [
  ['tolist([{a=1},{a=2}])[*].a', '[1,2] of list(number)'],
  ['try([1][3], "y")', '"y" of string'],
  ['can([1][3])', 'false of bool'],
  ['can(1)', 'true of bool'],
  ['tolist([1,"a",true])', '["1","a","true"] of list(string)'],
  ['tolist([null,"a"])', '[null,"a"] of list(string)'],
  ['tolist([[],["a"]])', '[[],["a"]] of list(list(string))'],
  ['tolist([{a=1},{b=2}])', '[{"a":1},{"b":2}] of list(map(number))'],
  ['tolist([{a=1},[1]])', 'error'],
  ['toset([3,1,2,1])', '[1,2,3] of set(number)'],
  ['toset(["b","a"])', '["a","b"] of set(string)'],
  ['toset([{a="b"},{a="a"}])', 'unknown'],
  ['toset([true,false])', '[false,true] of set(bool)'],
  ['tomap({a=1,b="x"})', '{"a":"1","b":"x"} of map(string)'],
  ['tostring(1.50)', '"1.5" of string'],
  ['tonumber("1e3")', 'unknown'],
  ['tobool("true")', 'true of bool'],
  ['tobool("1")', 'true of bool'],
  ['tonumber("abc")', 'error'],
  ['sensitive("a")', '"a" of string'],
  ['tolist("a")', 'error'],
  ['toset("a")', 'error'],
  ['toset(["a"]) == toset(["a","a"])', 'true of bool'],
  ['tolist([null,["a"]])', 'error'],
  ['tomap({a=null,b=["x"]})', '{"a":null,"b":["x"]} of map(tuple(string))'],
  ['tolist([])[*].a', 'unknown'],
  ['toset([{a=1}])[*].a', '[1] of list(number)'],
  ['tonumber("")', 'error'],
  ['tonumber(" 1")', 'error'],
  ['tonumber("1.")', 'unknown'],
  ['tobool("TRUE")', 'error'],
  ['tostring(true)', '"true" of string'],
  ['tostring([1])', 'error'],
];

test.each(cases)('%s', expectOutcome);
