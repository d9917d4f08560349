import { expect, test } from '@jest/globals';
import { attribute, attributesOf, blocks, stringValue, unwrapParentheses, walk } from '../../lib/hcl/index.ts';
import { parseExpression, parseText } from './support/read.ts';

test('arguments and blocks of a body', async () => {
  const { body } = await parseText('a = 1\nb {\n}\nc = 2\nd {\n}\nb {\n}\n');
  expect(attributesOf(body).map(({ name }) => name)).toEqual(['a', 'c']);
  expect(attribute(body, 'c')?.name).toBe('c');
  expect(attribute(body, 'b')).toBeUndefined();
  expect(blocks(body)).toHaveLength(3);
  expect(blocks(body, 'b')).toHaveLength(2);
});

test.each([
  ['"a"', 'a'],
  ['""', ''],
  [String.raw`("a\tb")`, 'a\tb'],
  ['<<EOT\na\nEOT', 'a\n'],
  ['"${a}"', undefined],
  ['"$$${a}"', undefined],
  ['a', undefined],
  ['1', undefined],
])('the string in %j', async (text, value) => {
  expect(stringValue(await parseExpression(text))).toBe(value);
});

test('parentheses', async () => {
  expect(unwrapParentheses(await parseExpression('((a))')).kind).toBe('variable');
});

const namesIn = async (text: string): Promise<string[]> => {
  const names: string[] = [];
  walk(await parseExpression(text), expression => {
    if (expression.kind === 'variable') names.push(expression.name);
  });
  return names;
};

test.each([
  ['f(a, [b, { key = c, (d) = e }])', 'abcde'],
  ['a ? b : c + -d', 'abcd'],
  ['a.x["k"][b][*].y[c][*][d]', 'abcd'],
  ['[for x in a : b if c]', 'abc'],
  ['{ for x in a : b => c }', 'abc'],
  ['"${a}%{ if b }${c}%{ endif }"', 'abc'],
  ['(a == "x${b}")', 'ab'],
])('walking %s', async (text, names) => {
  expect((await namesIn(text)).join('')).toBe(names);
});

test('a visitor can keep out of an expression', async () => {
  const kinds: string[] = [];
  walk(await parseExpression('[f(a), b]'), ({ kind }) => {
    kinds.push(kind);
    return kind !== 'call';
  });
  expect(kinds).toEqual(['tuple', 'call', 'variable']);
});

test('a list of more items than a call may have arguments', async () => {
  const list = await parseExpression(`[${'1, '.repeat(200_000)}]`);
  let numbers = 0;
  walk(list, ({ kind }) => void (numbers += Number(kind === 'number')));
  expect(numbers).toBe(200_000);
});
