import { expect, test } from '@jest/globals';
import { alignAll, realign } from '../../lib/hcl/index.ts';

test.each([
  ['a = 1\nbbb = 2', 'a   = 1\nbbb = 2'],
  ['a = 1\n\nbbb = 2', 'a = 1\n\nbbb = 2'],
  ['a = 1\n# c\nbbb = 2', 'a = 1\n# c\nbbb = 2'],
  ['a = 1\nbbb = [\n  2,\n]\ncc = 3\nd = 4', 'a = 1\nbbb = [\n  2,\n]\ncc = 3\nd  = 4'],
  ['a = <<E\n  x = 1\nE\nbbb = 2', 'a   = <<E\n  x = 1\nE\nbbb = 2'],
  ['é😀 = 1\na = 2', 'é😀 = 1\na  = 2'],
  ['a = 1 # x\nbbb = 22 # y', 'a   = 1  # x\nbbb = 22 # y'],
  ['a = "#" # x\nb = 1 # y', 'a = "#" # x\nb = 1   # y'],
  ['[\n  1, # x\n  222, # y\n]', '[\n  1,   # x\n  222, # y\n]'],
  ['a = b == c\nddd = e', 'a   = b == c\nddd = e'],
  ['a = 1\r\nbbb = 2\r\n', 'a   = 1\r\nbbb = 2\r\n'],
])('alignAll: %j', (before, after) => {
  expect(alignAll(before)).toBe(after);
});

test.each([
  ['a group that has grown', 'a = 1\nb = 2\n', 'a = 1\nb = 2\nccc = 3\n', 'a   = 1\nb   = 2\nccc = 3\n'],
  ['a group that has shrunk', 'a   = 1\nbbb = 2\n', 'a   = 1\n', 'a = 1\n'],
  ['comments behind a new value', 'a = 1 # x\nb = 2 # y\n', 'a = 100 # x\nb = 2 # y\n', 'a = 100 # x\nb = 2   # y\n'],
  ['a value that opens lines', 'a   = 1\nbbb = 2\n', 'a   = [\n  1,\n]\nbbb = 2\n', 'a = [\n  1,\n]\nbbb = 2\n'],
  ['groups that have become one', 'a = 1\nx = [\n]\nbbb = 2\n', 'a = 1\nbbb = 2\n', 'a   = 1\nbbb = 2\n'],
  ['not what was out of line', 'a  = 1\nb = 2\n', 'a  = 1\nb = 2\nccc = 3\n', 'a  = 1\nb = 2\nccc = 3\n'],
  ['not a changed value out of line', 'a  = 1\n', 'a  = 2\n', 'a  = 2\n'],
  [
    'not another group',
    'a = 1\n\nb  = 1\nc = 1\n',
    'a = 1\nd1 = 1\n\nb  = 1\nc = 1\n',
    'a  = 1\nd1 = 1\n\nb  = 1\nc = 1\n',
  ],
  ['new lines', '', 'a = 1\nbbb = 2\n', 'a   = 1\nbbb = 2\n'],
])('realign aligns %s', (_, before, after, aligned) => {
  expect(realign(before, after)).toBe(aligned);
});

test('realign leaves an unchanged text alone, whatever its state', () => {
  const text = 'a  =   1 #x\nbb=2    # y\nc = <<E\nd =   1\nE\n';
  expect(realign(text, text)).toBe(text);
});
