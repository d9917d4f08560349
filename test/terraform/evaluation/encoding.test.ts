import { test } from '@jest/globals';
import { expectOutcome, type Expected } from './expect-outcome.ts';

// What Terraform 1.6.0 and 1.15.5 make of these.
const cases: readonly Expected[] = [
  [
    String.raw`jsondecode("{\"a\":[1,2.50,null,true],\"b\":\"\\u00e9\"}")`,
    '{"a":[1,2.5,null,true],"b":"é"} of object(a=tuple(number, number, dynamic, bool), b=string)',
  ],
  ['jsondecode("[1,]")', 'error'],
  ['jsonencode({a="<>&", b=[1,null]})', String.raw`"{\"a\":\"\\u003c\\u003e\\u0026\",\"b\":[1,null]}" of string`],
  [
    String.raw`yamldecode("a: 1\nb:\n - x\n - yes\nc: '012'\nd: 012\n")`,
    '{"a":1,"b":["x",true],"c":"012","d":12} of object(a=number, b=tuple(string, bool), c=string, d=number)',
  ],
  [String.raw`jsondecode("\"a\"")`, '"a" of string'],
  ['jsondecode("null")', 'null of dynamic'],
  ['jsondecode("01")', 'error'],
  ['jsondecode("[12345678901234567890, 0.10000000000000000555]")', 'unknown'],
  [String.raw`jsondecode("{\"a\":1}{}")`, 'error'],
  [String.raw`jsondecode("{} // why")`, 'error'],
  [String.raw`jsondecode("[\"\\x\"]")`, 'error'],
  [String.raw`jsondecode("\ufeff{}")`, 'error'],
  [String.raw`jsondecode("{\"__proto__\":1}")`, '{"__proto__":1} of object(__proto__=number)'],
  ['jsondecode("1e2")', 'unknown'],
  [String.raw`jsonencode("é\u2028</>")`, String.raw`"\"é\\u2028\\u003c/\\u003e\"" of string`],
  ['jsonencode(1.50)', '"1.5" of string'],
  ['jsonencode(tomap({b="1",a="2"}))', String.raw`"{\"a\":\"2\",\"b\":\"1\"}" of string`],
  ['yamldecode("null")', 'null of dynamic'],
  [String.raw`yamldecode("- &a x\n- *a\n")`, '["x","x"] of tuple(string, string)'],
  ['yamldecode("[a, b: c]")', '["a",{"b":"c"}] of tuple(string, object(b=string))'],
  [
    String.raw`yamldecode("- ~\n- no\n- 'no'\n- 10\n- 0.5\n")`,
    '[null,false,"no",10,0.5] of tuple(dynamic, bool, string, number, number)',
  ],
  [String.raw`yamldecode("? [a]\n: b\n")`, 'error'],
  [String.raw`yamldecode("- |\n  a\n- >\n  b\n  c")`, String.raw`["a\n","b c"] of tuple(string, string)`],
];

test.each(cases)('%s', expectOutcome);
