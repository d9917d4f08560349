import { expect, test } from '@jest/globals';
import { readHcl } from './read-hcl.ts';

test('blocks, labels and attributes', () => {
  const [block] = readHcl(
    '# a "comment" {\nresource "a" "b" {\n  count = var.x ? 1 : 0 # {\n  name = "${f("}", "{")}-x"\n  inner {\n    list = [\n      1, # one\n      2,\n    ]\n  }\n}\n',
  ).blocks;
  expect([block?.type, block?.labels, [...(block?.attributes ?? [])]]).toEqual([
    'resource',
    ['a', 'b'],
    [
      ['count', 'var.x ? 1 : 0'],
      ['name', '"${f("}", "{")}-x"'],
    ],
  ]);
  expect(block?.blocks[0]?.attributes.get('list')).toBe('[ 1, 2, ]');
});

test('one block after the other, empty ones and one-liners', () => {
  expect(
    readHcl('data "x" "y" {}\n/* { */\nvariable "v" { default = {} }\noutput "o" {\n}\n').blocks.map(
      block => block.labels[0],
    ),
  ).toEqual(['x', 'v', 'o']);
});
