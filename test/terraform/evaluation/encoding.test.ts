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
  [
    String.raw`csvdecode("a,b\n1,2\n3,\"x\"\"y\"\n")`,
    String.raw`[{"a":"1","b":"2"},{"a":"3","b":"x\"y"}] of list(object(a=string, b=string))`,
  ],
  ['base64encode("héllo")', '"aMOpbGxv" of string'],
  ['base64decode("aGVsbG8=")', '"hello" of string'],
  ['base64decode("@@")', 'error'],
  ['urlencode("a b!*\'()/é~")', '"a+b%21%2A%27%28%29%2F%C3%A9~" of string'],
];

test.each(cases)('%s', expectOutcome);
