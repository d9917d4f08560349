import { expect, test } from '@jest/globals';
import {
  applyEdits,
  attribute,
  attributesOf,
  blocks,
  removeAttribute,
  removeBlock,
  removeItem,
  setAttribute,
  type ObjectExpression,
  type Tuple,
} from '../../lib/hcl/index.ts';
import { parseText } from './support/read.ts';

const without = async (text: string, ...names: string[]): Promise<string> => {
  const file = await parseText(text);
  const body = blocks(file.body)[0]?.body ?? file.body;
  return applyEdits(
    text,
    names.map(name => removeAttribute(file, attribute(body, name)!)),
  );
};

test.each([
  ['its line', 'm {\n  a = 1\n  x = 2\n}\n', 'm {\n  a = 1\n}\n'],
  ['all its lines', 'm {\n  x = [\n    1,\n  ]\n  a = 1\n}\n', 'm {\n  a = 1\n}\n'],
  ['the comment behind', 'm {\n  x = 2 # why\n  a = 1\n}\n', 'm {\n  a = 1\n}\n'],
  ['the comments above', 'm {\n  a = 1 # a\n  # x\n  // y\n  x = 2\n}\n', 'm {\n  a = 1 # a\n}\n'],
  ['no comment further up', 'm {\n  # a\n\n  x = 2\n}\n', 'm {\n  # a\n}\n'],
  ['a block comment', 'm {\n  /* a\n     b */\n  x = 2 /* c */ # d\n}\n', 'm {\n}\n'],
  ['one of two blank lines', 'm {\n  a = 1\n\n  x = 2\n\n  b = 1\n}\n', 'm {\n  a = 1\n\n  b = 1\n}\n'],
  ['the blank line above a brace', 'm {\n  a = 1\n\n  x = 2\n}\n', 'm {\n  a = 1\n}\n'],
  ['the blank line below a brace', 'm { # m\n  x = 2\n\n  a = 1\n}\n', 'm { # m\n  a = 1\n}\n'],
  [
    'no other blank line',
    'm {\n  a = 1\n\n  b = 1\n  x = 2\n\n  c = 1\n}\n',
    'm {\n  a = 1\n\n  b = 1\n\n  c = 1\n}\n',
  ],
  ['a heredoc', 'm {\n  x = <<E\n\n  }\nE\n  a = 1\n}\n', 'm {\n  a = 1\n}\n'],
  ['what stands between braces', 'm { x = 1 }\n', 'm {}\n'],
  ['CRLF', 'm {\r\n  a = 1\r\n\r\n  x = 2\r\n}\r\n', 'm {\r\n  a = 1\r\n}\r\n'],
  ['the last line of a file', 'a = 1\n\nx = 2', 'a = 1\n'],
  ['the first line of a file', '\ufeffx = 2\n\na = 1\n', '\ufeffa = 1\n'],
  ['everything', '\ufeffx = 2\n', '\ufeff'],
])('removeAttribute takes %s', async (_, before, after) => {
  expect(await without(before, 'x')).toBe(after);
});

test.each([
  ['m {\n  x = 1\n  y = 2\n}\n', 'm {\n}\n'],
  ['m {\n  a = 1\n\n  x = 1\n\n  y = 2\n}\n', 'm {\n  a = 1\n}\n'],
  ['m {\n  a = 1\n\n  x = 1\n  y = 2\n\n  b = 1\n}\n', 'm {\n  a = 1\n\n  b = 1\n}\n'],
  ['m {\n  x = 1\n\n  a = 1\n\n  y = 2\n}\n', 'm {\n  a = 1\n}\n'],
])('removals next to each other are tidied as one: %j', async (before, after) => {
  expect(await without(before, 'x', 'y')).toBe(after);
  expect(await without(before, 'y', 'x')).toBe(after);
});

test.each([
  ['m {\n  a = 1\n\n  x = 1\n}\n', 'm {\n  a = 1\n\n  b = 2\n}\n'],
  ['m {\n  x = 1\n}\n', 'm {\n  b = 2\n}\n'],
])('removed and appended at one place: %j', async (before, after) => {
  const file = await parseText(before);
  const { body } = blocks(file.body)[0]!;
  const edits = [setAttribute(file, body, 'b', '2'), removeAttribute(file, attribute(body, 'x')!)];
  expect(applyEdits(before, edits)).toBe(after);
});

test.each([
  ['a {\n}\n\n# x\nx {\n  a = 1\n} # y\n\nb {\n}\n', 'a {\n}\n\nb {\n}\n'],
  ['a {\n}\n\nx {\n}\n', 'a {\n}\n'],
  ['x {\n}', ''],
])('removeBlock: %j', async (before, after) => {
  const file = await parseText(before);
  expect(applyEdits(before, [removeBlock(file, blocks(file.body, 'x')[0]!)])).toBe(after);
});

const items = async (text: string) => {
  const file = await parseText(`x = ${text}\n`);
  return { file, collection: attributesOf(file.body)[0]!.value as Tuple | ObjectExpression };
};

test.each<[string, number, string]>([
  ['[a, b, c]', 0, '[b, c]'],
  ['[a, b, c]', 1, '[a, c]'],
  ['[a, b, c]', 2, '[a, b]'],
  ['[a]', 0, '[]'],
  ['[a,]', 0, '[]'],
  ['[\n  a,\n  # b\n  b, # c\n  c\n]', 1, '[\n  a,\n  c\n]'],
  ['[\n  a,\n  b\n]', 1, '[\n  a,\n]'],
  ['[\n  a,\n  # old\n\n  b,\n]', 1, '[\n  a,\n  # old\n]'],
  ['[{\n  a = 1\n  }, {\n  b = 1\n}]', 0, '[{\n  b = 1\n}]'],
  ['[{\n  a = 1\n  }, {\n  b = 1\n}]', 1, '[{\n  a = 1\n  }]'],
  ['{ a = 1, b = 2 }', 0, '{ b = 2 }'],
  ['{\n  a = 1\n  b = 2\n}', 0, '{\n  b = 2\n}'],
])('removeItem: %j without %j', async (text, index, after) => {
  const { file, collection } = await items(text);
  expect(applyEdits(file.text, removeItem(file, collection, index))).toBe(`x = ${after}\n`);
});

test('removeItem knows its items', async () => {
  const { file, collection } = await items('[\n  a,\n  b,\n]');
  expect(() => removeItem(file, collection, 2)).toThrow('no item 2 of 2');
});
