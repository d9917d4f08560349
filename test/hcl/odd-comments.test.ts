import { expect, test } from '@jest/globals';
import {
  appendAfterBlock,
  appendArguments,
  appendItem,
  appendToBody,
  applyEdits,
  attribute,
  blocks,
  insertBelow,
  removeBlock,
  removeItem,
  replaceValue,
  setAttribute,
} from '../../lib/hcl/index.ts';
import { parseText } from './support/read.ts';

test.each([
  ['m {\n}/* a\n b */\n', 'm {\n}/* a\n b */\n\nb {\n}\n'],
  ['m {\n} /* a */ /* b\n\n */ # c\nn {\n}\n', 'm {\n} /* a */ /* b\n\n */ # c\n\nb {\n}\n\nn {\n}\n'],
  ['m {\n}/* a\n b */', 'm {\n}/* a\n b */\n\nb {\n}'],
  ['m {\n} # a', 'm {\n} # a\n\nb {\n}'],
  ['\ufeffm {\r\n}/* a\r\n b */\r\n', '\ufeffm {\r\n}/* a\r\n b */\r\n\r\nb {\r\n}\r\n'],
  ['m { a = 1 } /* a\n b */\n', 'm { a = 1 } /* a\n b */\n\nb {\n}\n'],
])('a block is put behind all comments of the block before it: %j', async (before, after) => {
  const file = await parseText(before);
  expect(applyEdits(before, [appendAfterBlock(file, blocks(file.body)[0]!, 'b {\n}')])).toBe(after);
});

test.each([
  ['m {\n  a = 1\n/* c */}\n', 'm {\n  a = 1\n/* c */\n\n  x = 1\n\n  y = 2\n}\n'],
  ['m {\n  a = 1\n  /* c\n  d */ }\n', 'm {\n  a = 1\n  /* c\n  d */\n\n  x = 1\n\n  y = 2\n}\n'],
  ['m { /* c */ a = 1 /* d */ }\n', 'm {\n  /* c */ a = 1 /* d */\n\n  x = 1\n\n  y = 2\n}\n'],
  ['m { a = [\n  1,\n] }\n', 'm {\n  a = [\n  1,\n]\n\n  x = 1\n\n  y = 2\n}\n'],
  ['m { a = 1 }', 'm {\n  a = 1\n\n  x = 1\n\n  y = 2\n}'],
  ['m { /* c */ }\n', 'm {\n  /* c */\n\n  x = 1\n\n  y = 2\n}\n'],
  ['m { }\n', 'm {\n  x = 1\n\n  y = 2\n}\n'],
  ['m {/* c\n*/}\r\n', 'm {\n  /* c\n*/\n\n  x = 1\n\n  y = 2\n}\r\n'],
])('arguments are appended to %j, beside an edit of what is there', async (before, after) => {
  const file = await parseText(before);
  const { body } = blocks(file.body)[0]!;
  const edits = [
    ...(attribute(body, 'a') ? [setAttribute(file, body, 'a', '7')] : []),
    appendToBody(file, body, 'x = 1'),
    appendToBody(file, body, 'y = 2'),
  ];
  const changed = after.replace(/a = (1|\[\n {2}1,\n\])/, 'a = 7');
  expect(applyEdits(before, edits)).toBe(changed);
});

test.each([
  ['m {\n  a = 1 # c\n}\n', 'm {\n  a = 1 # c\n  x = 1\n}\n'],
  ['m {\n  a = 1 /* c\n d */ # e\n}\n', 'm {\n  a = 1 /* c\n d */ # e\n  x = 1\n}\n'],
  ['m {\r\n\ta = 1\r\n}\r\n', 'm {\r\n\ta = 1\r\n\tx = 1\r\n}\r\n'],
  ['m { a = 1 /* c */ }\n', 'm {\n  a = 1 /* c */\n  x = 1\n}\n'],
])('an argument is put below that of %j', async (before, after) => {
  const file = await parseText(before);
  const { body } = blocks(file.body)[0]!;
  expect(applyEdits(before, [insertBelow(file, body, attribute(body, 'a')!, 'x = 1')])).toBe(after);
});

test.each([
  ['m {\n  a = b # c\n}\n', 'm {\n  a = 0 # was b # c\n}\n'],
  ['m {\n  a = b /* c\n */ # d\n}\n', 'm {\n  a = 0 /* was b */ /* c\n */ # d\n}\n'],
  ['m { a = b }\n', 'm { a = 0 /* was b */ }\n'],
])('a value is kept as a comment in %j', async (before, after) => {
  const file = await parseText(before);
  expect(applyEdits(before, [replaceValue(file, attribute(blocks(file.body)[0]!.body, 'a')!, '0', 'was b')])).toBe(
    after,
  );
});

test.each([
  ['{ a = 1 /* x, y */, b = 2, /* z */ }', '{\n  a = 1 /* x, y */\n  b = 2 /* z */\n  n = 9\n}'],
  ['{ a = 1 , b = 2, # z\n /* , */ c = 3 }', '{\n  a = 1\n  b = 2 # z\n /* , */\n  c = 3\n  n = 9\n}'],
  ['{ # a\n}', '{ # a\n  n = 9\n}'],
])('an item is appended to %j', async (before, after) => {
  const file = await parseText(`o = ${before}\n`);
  const object = attribute(file.body, 'o')?.value;
  if (object?.kind !== 'object') throw new Error('no object');
  expect(applyEdits(file.text, appendItem(file, object, 'n = 9'))).toBe(`o = ${after}\n`);
});

test.each([
  ['{ /* p */ a = 1 /* q, */, /* r */ b = 2 }', 0, '{ /* p */  /* q, */ /* r */ b = 2 }'],
  ['{ a = 1, /* r */ b = 2 /* s */ }', 1, '{ a = 1 /* r */  /* s */ }'],
])('an item leaves the comments of its line: %j', async (before, index, after) => {
  const file = await parseText(`o = ${before}\n`);
  const object = attribute(file.body, 'o')?.value;
  if (object?.kind !== 'object') throw new Error('no object');
  expect(applyEdits(file.text, removeItem(file, object, index))).toBe(`o = ${after}\n`);
});

test.each([
  ['# of the file\nm {\n}\n\nn {\n}\n', '# of the file\n\nn {\n}\n'],
  ['\ufeff# of the file\nm {\n}\n', '\ufeff# of the file\n'],
  ['# of the file\n\n# of m\nm {\n} /* a\n b */\n', '# of the file\n'],
])('the comments that a file starts with stay: %j', async (before, after) => {
  const file = await parseText(before);
  expect(applyEdits(before, [removeBlock(file, blocks(file.body)[0]!)])).toBe(after);
});

test.each([
  ['f(\n  a, # a\n  b, # b\n)', 'f(\n  a, # a\n  b, # b\n  c,\n  d,\n)'],
  ['f(\n  a, # a\n  b # b\n)', 'f(\n  a, # a\n  b, # b\n  c,\n  d\n)'],
  ['f(\n  a, # a\n  b /* , */)', 'f(\n  a, # a\n  b,\n  c,\n  d /* , */)'],
])('arguments are appended to %j', async (before, after) => {
  const file = await parseText(`o = ${before}\n`);
  const call = attribute(file.body, 'o')?.value;
  if (call?.kind !== 'call') throw new Error('no call');
  expect(applyEdits(file.text, appendArguments(file, call, ['c', 'd']))).toBe(`o = ${after}\n`);
});
