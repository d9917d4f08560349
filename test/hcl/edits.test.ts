import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyEdits, insertAfter, remove, replace, type Edit } from '../../lib/hcl/index.ts';

const file = 'main.tf';
const range = (start: number, end: number) => ({ file, start, end });

test('edits in any order', () => {
  const edits = [
    insertAfter(range(5, 6), '!'),
    remove(range(3, 4)),
    replace(range(0, 0), '>'),
    replace(range(1, 2), 'BB'),
  ];
  expect(applyEdits('abcdef', edits)).toBe('>aBBcef!');
  expect(applyEdits('abcdef', edits.toReversed())).toBe('>aBBcef!');
});

test('inserts at one place keep their order, before what is replaced there', () => {
  const edits = [replace(range(1, 2), 'B'), replace(range(1, 1), '1'), insertAfter(range(0, 1), '2')];
  expect(applyEdits('abc', edits)).toBe('a12Bc');
});

test.each<[string, Edit[]]>([
  ['overlapping edits', [replace(range(0, 3), 'x'), replace(range(2, 4), 'y')]],
  ['overlapping edits', [replace(range(0, 3), 'x'), insertAfter(range(0, 1), 'y')]],
  ['overlapping edits', [remove(range(0, 3)), remove(range(0, 3))]],
  ['the same edit twice', [insertAfter(range(0, 1), 'x'), insertAfter(range(0, 1), 'x')]],
  ['edit outside of the text', [remove(range(4, 7))]],
  ['edits of two files', [remove(range(0, 1)), { ...remove(range(2, 3)), file: 'other.tf' }]],
])('%s throw', (message, edits) => {
  expect(() => applyEdits('abcdef', edits)).toThrow(message);
});

test('an edit that changes nothing is no edit', () => {
  expect(applyEdits('abc', [replace(range(1, 1), ''), replace(range(1, 1), '')])).toBe('abc');
});

test("inserted lines end as the file's do", () => {
  expect(applyEdits('a\r\nb\r\n', [insertAfter(range(3, 4), '\nx\r\ny')])).toBe('a\r\nb\r\nx\r\ny\r\n');
  expect(applyEdits('a\nb\r\n', [insertAfter(range(0, 1), '\nx\ny')])).toBe('a\nx\ny\nb\r\n');
});

/** A text in pieces, some of them edited. */
const pieces = fc.array(
  fc.record({
    text: fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', '😀', '\ufeff', ' '), minLength: 1 }),
    edit: fc.option(fc.constantFrom('', 'new', 'né\n😀')),
  }),
);

test('what is not edited stays byte for byte', () => {
  fc.assert(
    fc.property(pieces, fc.boolean(), (parts, reverse) => {
      const edits: Edit[] = [];
      let at = 0;
      for (const { text, edit } of parts) {
        if (edit !== null) edits.push(replace(range(at, at + text.length), edit));
        at += text.length;
      }
      const before = parts.map(({ text }) => text).join('');
      const crlf = /^[^\n]*\r\n/.test(before);
      const expected = parts.map(({ text, edit }) => (crlf ? edit?.replaceAll('\n', '\r\n') : edit) ?? text);
      expect(applyEdits(before, reverse ? edits.toReversed() : edits)).toBe(expected.join(''));
    }),
  );
});
