import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sideBySide, type Pair, type Side } from '../../lib/report/formats/side-by-side.ts';

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '', '  d = 1'), { maxLength: 30 })
  .map(lines => lines.map(line => `${line}\n`).join(''));

const linesOf = (of: string): readonly string[] => of.split('\n').slice(0, -1);

const sidesOf = (pairs: readonly Pair[], side: 'before' | 'after'): readonly Side[] =>
  pairs.flatMap(pair =>
    side === 'before' ? ('before' in pair ? pair.before : []) : 'after' in pair ? pair.after : [],
  );

/** The lines that are not shown. Those that are have their numbers, in order. */
const left = (lines: readonly string[], shown: readonly Side[]): readonly string[] => {
  for (const { number, text: said } of shown) expect(said).toBe(lines[number - 1]);
  const numbers = shown.map(({ number }) => number);
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
  return lines.filter((_, index) => !numbers.includes(index + 1));
};

test('each line has its number and its text, and lines that are not shown are the same on both sides', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pairs = sideBySide({ path: 'main.tf', before, after }).flat();
      expect(left(linesOf(before), sidesOf(pairs, 'before'))).toEqual(left(linesOf(after), sidesOf(pairs, 'after')));
      for (const pair of pairs) if (pair.kind === 'equal') expect(pair.before.text).toBe(pair.after.text);
    }),
  );
});

test('what is replaced stands beside what it is replaced by, with three equal lines around it', () => {
  const before = '1\n2\n3\n4\nold\n6\n7\n8\n9\n';
  const [group, ...more] = sideBySide({ path: 'main.tf', before, after: before.replace('old', 'new\nmore') });
  expect(more).toEqual([]);
  expect(group?.map(({ kind }) => kind)).toEqual([
    'equal',
    'equal',
    'equal',
    'replaced',
    'added',
    'equal',
    'equal',
    'equal',
  ]);
  expect(group?.[3]).toEqual({
    kind: 'replaced',
    before: { number: 5, text: 'old' },
    after: { number: 5, text: 'new' },
  });
  expect(group?.[4]).toEqual({ kind: 'added', after: { number: 6, text: 'more' } });
});

test('changes far from each other are groups of their own, and a new file is added as a whole', () => {
  const lines = Array.from({ length: 20 }, (_, index) => `${index}`);
  const after = lines.with(0, 'x').with(19, 'y');
  expect(sideBySide({ path: 'a', before: lines.join('\n'), after: after.join('\n') })).toHaveLength(2);
  const created = sideBySide({ path: 'a', before: undefined, after: 'a\r\nb\r\n' });
  expect(created).toEqual([
    [
      { kind: 'added', after: { number: 1, text: 'a' } },
      { kind: 'added', after: { number: 2, text: 'b' } },
    ],
  ]);
});
