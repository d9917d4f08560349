import { expect, test } from '@jest/globals';
import { parse as oracle } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { alignAll, indent, printKey, quote, stringValue } from '../../lib/hcl/index.ts';
import { formatted } from './support/format.ts';
import { parseExpression } from './support/read.ts';

const unit = fc.oneof(
  fc.constantFrom(
    '$',
    '%',
    '{',
    '}',
    '"',
    '\\',
    '\n',
    '\r',
    '\t',
    '\u0007',
    '\u0085',
    '\u2028',
    'é',
    '😀',
    ' ',
    '~',
    'a',
  ),
  fc.string({ unit: 'grapheme', maxLength: 1 }),
);

test('HCL reads a quoted string as the value it was made of', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit, maxLength: 12 }), async value => {
      const normal = value.normalize('NFC');
      expect(stringValue(await parseExpression(quote(value)))).toBe(normal);
      const theirs = (await oracle('main.tf', `x = [${quote(value)}]\n`)) as { x: [string] };
      expect(theirs.x[0].replaceAll(/([$%])\1\{/g, '$1{')).toBe(normal);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['a', '"a"'],
  ['a"b\\c', String.raw`"a\"b\\c"`],
  ['a\nb\u0000', String.raw`"a\nb\u0000"`],
  ['${a}', '"$${a}"'],
  ['%{a}', '"%%{a}"'],
  ['$${a}', String.raw`"$\u0024{a}"`],
  ['$a{{b}}', '"$a{{b}}"'],
])('quote(%j)', (value, text) => {
  expect(quote(value)).toBe(text);
});

test.each([
  ['a_b-c1', 'a_b-c1'],
  ['1a', '"1a"'],
  ['a.b', '"a.b"'],
  ['a b', '"a b"'],
  ['', '""'],
])('printKey(%j)', (name, text) => {
  expect(printKey(name)).toBe(text);
});

test('attributes are aligned, with their comments', () => {
  const text = alignAll('a = 1 # why\nbbb = "x" # because\nc = {\n  d = []\n}\nee = 1\nf = 2');
  expect(text).toBe('a   = 1   # why\nbbb = "x" # because\nc = {\n  d = []\n}\nee = 1\nf  = 2');
});

test('indentation leaves blank lines and heredocs alone', () => {
  expect(indent('a\n\nb = <<E\n x\nE\nc', 2)).toBe('  a\n\n  b = <<E\n x\nE\n  c');
  expect(indent('a\nb', '\t')).toBe('\ta\n\tb');
  expect(indent('', 2)).toBe('');
});

type Pair = readonly [name: string, value: string];

const attributes = (pairs: readonly Pair[]): string => pairs.map(([name, text]) => `${name} = ${text}`).join('\n');

const object = (pairs: readonly Pair[]): string =>
  pairs.length === 0 ? '{}' : `{\n${indent(attributes(pairs), 2)}\n}`;

const value = fc.letrec<{ value: string }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('1', '"é😀"', '[a, b]', '<<E\nx\nE', '{}'),
    fc.array(fc.tuple(fc.constantFrom('a', 'bb', '"c d"', 'é'), tie('value')), { maxLength: 4 }).map(object),
  ),
})).value;

test('what is printed is as terraform fmt would have it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('a', 'bb', 'cluster'), value)), async pairs => {
      const text = alignAll(attributes(pairs));
      expect(await formatted(`${text}\n`)).toBe(`${text}\n`);
    }),
    { numRuns: 200 },
  );
});
