import { expect, test } from '@jest/globals';
import {
  appendAfterBlock,
  appendToBody,
  appendItem,
  applyEdits,
  attribute,
  blocks,
  insertApart,
  prependToBody,
  removeAttribute,
  setAttribute,
  type Block,
  type Edit,
  type HclFile,
} from '../../lib/hcl/index.ts';
import { parseText } from './support/read.ts';

type Change = (file: HclFile, block: Block) => Edit | readonly Edit[];

const edited = async (text: string, change: Change): Promise<string> => {
  const file = await parseText(text);
  return applyEdits(text, [change(file, blocks(file.body)[0]!)].flat());
};

const set =
  (name: string, value: string): Change =>
  (file, { body }) =>
    setAttribute(file, body, name, value);

test.each<[string, string, Change, string]>([
  ['replaces a value', 'm "a" {\n  b = 1 # why\n}\n', set('b', '"x"'), 'm "a" {\n  b = "x" # why\n}\n'],
  ['indents its lines', 'm "a" {\n  b = 1\n}\n', set('b', '[\n  1,\n]'), 'm "a" {\n  b = [\n    1,\n  ]\n}\n'],
  ['leaves a heredoc', 'm {\n  b = 1\n}\n', set('b', '<<E\nx\nE'), 'm {\n  b = <<E\nx\nE\n}\n'],
  ['ends a heredoc', 'm {\n  b = 1 # why\n}\n', set('b', '<<E\nx\nE'), 'm {\n  b = <<E\nx\nE\n  # why\n}\n'],
  ['appends a paragraph', 'm {\n  a = 1\n}\n', set('b', '2'), 'm {\n  a = 1\n\n  b = 2\n}\n'],
  ['appends to nothing', 'm {\n}\n', set('b', '2'), 'm {\n  b = 2\n}\n'],
  ['opens braces', 'm {}\n', set('b', '2'), 'm {\n  b = 2\n}\n'],
  ['opens braces round something', 'm { a = 1 }\n', set('b', '2'), 'm {\n  a = 1\n\n  b = 2\n}\n'],
  ['opens braces for lines', 'm { a = 1 }\n', set('a', '[\n  2,\n]'), 'm {\n  a = [\n    2,\n  ]\n}\n'],
  ['takes the indentation', 'm {\n\ta = 1\n}\n', set('b', '[\n  2,\n]'), 'm {\n\ta = 1\n\n\tb = [\n\t  2,\n\t]\n}\n'],
  ['appends after comments', 'm {\n  # end\n}\n', set('b', '2'), 'm {\n  # end\n\n  b = 2\n}\n'],
  ['sees a blank line', 'm {\n  a = 1\n\n}\n', set('b', '2'), 'm {\n  a = 1\n\n  b = 2\n}\n'],
  ['writes CRLF', 'm {\r\n  a = 1\r\n}\r\n', set('b', '2'), 'm {\r\n  a = 1\r\n\r\n  b = 2\r\n}\r\n'],
])('setAttribute %s', async (_, before, change, after) => {
  expect(await edited(before, change)).toBe(after);
});

const two: Change = (file, { body }) => [setAttribute(file, body, 'b', '2'), setAttribute(file, body, 'c', '3')];

test.each<[string, string, string]>([
  ['before the first argument', 'm {\n  a = 1\n}\n', 'm {\n  n = 0\n\n  a = 1\n}\n'],
  ['before the comments', 'm { # why\n\t# one\n\ta = 1\n}\n', 'm { # why\n\tn = 0\n\n\t# one\n\ta = 1\n}\n'],
  ['before a blank line', 'm {\n\n  a = 1\n}\n', 'm {\n  n = 0\n\n  a = 1\n}\n'],
  ['before a block', 'm {\n  b {\n  }\n}\n', 'm {\n  n = 0\n\n  b {\n  }\n}\n'],
  ['into nothing', 'm {\n}\n', 'm {\n  n = 0\n}\n'],
  ['into braces on one line', 'm { a = 1 }\n', 'm {\n  a = 1\n\n  n = 0\n}\n'],
  ['with CRLF', 'm {\r\n  a = 1\r\n}\r\n', 'm {\r\n  n = 0\r\n\r\n  a = 1\r\n}\r\n'],
])('prependToBody puts an argument %s', async (_, before, after) => {
  expect(await edited(before, (file, { body }) => prependToBody(file, body, 'n = 0'))).toBe(after);
});

test('two appended arguments', async () => {
  expect(await edited('m {\n  a = 1\n}\n', two)).toBe('m {\n  a = 1\n\n  b = 2\n\n  c = 3\n}\n');
  expect(await edited('m {}\n', two)).toBe('m {\n  b = 2\n\n  c = 3\n}\n');
});

const inner: Change = (file, { body }) => appendToBody(file, blocks(body)[0]!.body, 'b {\n  c = 1\n}');

test('lines are appended to the body of a block in a block', async () => {
  const after = 'm {\n  n {\n    a = 1\n\n    b {\n      c = 1\n    }\n  }\n}\n';
  expect(await edited('m {\n  n {\n    a = 1\n  }\n}\n', inner)).toBe(after);
});

test.each([
  ['m {\n}\n', 'm {\n}\n\nb {\n}\n'],
  ['m {\n}', 'm {\n}\n\nb {\n}'],
  ['m {\n}\n\n', 'm {\n}\n\nb {\n}\n'],
])('lines are appended to the file %j', async (before, after) => {
  expect(await edited(before, file => appendToBody(file, file.body, 'b {\n}'))).toBe(after);
});

test('lines are appended to an empty file', async () => {
  for (const before of ['', '\ufeff']) {
    const file = await parseText(before);
    expect(applyEdits(before, [appendToBody(file, file.body, 'b {\n}')])).toBe(`${before}b {\n}\n`);
  }
});

test.each([
  ['m {\n}\n', 'm {\n}\n\nb {\n}\n'],
  ['m {\n}', 'm {\n}\n\nb {\n}'],
  ['m {\n} # end\n\nn {\n}\n', 'm {\n} # end\n\nb {\n}\n\nn {\n}\n'],
  ['m {\n}\nn {\n}\n', 'm {\n}\n\nb {\n}\n\nn {\n}\n'],
  ['m {\r\n}\r\n', 'm {\r\n}\r\n\r\nb {\r\n}\r\n'],
])('a block is put after the block of %j', async (before, after) => {
  expect(await edited(before, (file, block) => appendAfterBlock(file, block, 'b {\n}'))).toBe(after);
});

test.each([
  ['several lines', '{\n  a = 1\n}', '{\n  a = 1\n  x = 9\n}'],
  ['no item', '{}', '{\n  x = 9\n}'],
  ['one line', '{ a = 1 }', '{\n  a = 1\n  x = 9\n}'],
  ['one line with several items', '{ a = 1, b = [2] }', '{\n  a = 1\n  b = [2]\n  x = 9\n}'],
  ['one line with comments', '{ /* a */ a = 1 /* b */, b = 2 }', '{ /* a */\n  a = 1 /* b */\n  b = 2\n  x = 9\n}'],
  ['a brace on the line of the last item', '{ a = 1,\n  b = 2 }', '{\n  a = 1\n  b = 2\n  x = 9\n}'],
])('an item is appended to an object of %s', async (_what, before, after) => {
  const text = `o = ${before}\n`;
  const file = await parseText(text);
  const object = attribute(file.body, 'o')?.value;
  if (object?.kind !== 'object') throw new Error('no object');
  expect(applyEdits(text, appendItem(file, object, 'x = 9'))).toBe(`o = ${after}\n`);
});

const putApart: Change = (file, { body }) => insertApart(file, body, attribute(body, 'a')!, 'x = 0');

test.each([
  ['one blank line below', 'm {\n  a = 1\n\n  bb = 2\n}\n', 'm {\n  a = 1\n\n  x = 0\n\n  bb = 2\n}\n'],
  ['none', 'm {\n  a = 1 # why\n  bb = 2\n}\n', 'm {\n  a = 1 # why\n  x = 0\n  bb = 2\n}\n'],
  ['two', 'm {\n\n  a = 1\n\n\n  bb = 2\n}\n', 'm {\n\n  a = 1\n  x = 0\n\n\n  bb = 2\n}\n'],
  ['one before the brace', 'm {\n  a = 1\n\n}\n', 'm {\n  a = 1\n  x = 0\n\n}\n'],
  ['the brace on its line', 'm { a = 1 }\n', 'm {\n  a = 1\n  x = 0\n}\n'],
  [
    'Windows line ends',
    'm {\r\n  a = 1\r\n\r\n  # b\r\n  bb = 2\r\n}\r\n',
    'm {\r\n  a = 1\r\n\r\n  x = 0\r\n\r\n  # b\r\n  bb = 2\r\n}\r\n',
  ],
])('an argument apart from that above, with %s, leaves nothing behind when it goes', async (_name, before, after) => {
  expect(await edited(before, putApart)).toBe(after);
  if (before.includes('{ a')) return;
  expect(await edited(after, (file, { body }) => removeAttribute(file, attribute(body, 'x')!))).toBe(before);
});
