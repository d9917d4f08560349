import { describe, expect, test } from '@jest/globals';
import { positionAt } from '../../lib/diagnostics/index.ts';
import { createFramer } from '../../lib/report/frame.ts';
import { createLocator } from '../../lib/diagnostics/index.ts';
import { plain } from '../../lib/report/style.ts';
import fc from 'fast-check';

/** The frame of the text between « and ». */
const frame = (marked: string): string => {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const text = marked.replace(/[«»]/g, '');
  return createFramer(new Map([['main.tf', text]]), plain)({ file: 'main.tf', start, end }).lines.join('\n');
};

describe('code frame', () => {
  test('has a line of context on both sides', () => {
    expect(frame('a = 1\nb = 2\nc = «"x"»\nd = 4\ne = 5\n')).toBe(
      ['  2 | b = 2', '  3 | c = "x"', '    |     ^^^', '  4 | d = 4'].join('\n'),
    );
  });

  test('at the first and at the last line', () => {
    expect(frame('«a» = 1\nb = 2')).toBe(['  1 | a = 1', '    | ^', '  2 | b = 2'].join('\n'));
    expect(frame('a = 1\nb = «2»')).toBe(['  1 | a = 1', '  2 | b = 2', '    |     ^'].join('\n'));
    expect(frame('a = «1»\n')).toBe(['  1 | a = 1', '    |     ^'].join('\n'));
  });

  test('of no text has one caret', () => {
    expect(frame('a = «»1\n')).toBe(['  1 | a = 1', '    |     ^'].join('\n'));
    expect(frame('a = 1\n«»')).toBe(['  1 | a = 1', '  2 |', '    | ^'].join('\n'));
  });

  test('marks the first of several lines', () => {
    expect(frame('x\n  «a {\n  b\n}»\n')).toBe(['  1 | x', '  2 |   a {', '    |   ^^^', '  3 |   b'].join('\n'));
  });

  test('keeps tabs before the range, and counts one inside as a column', () => {
    expect(frame('\t\ta = «b\tc»\n')).toBe(['  1 | \t\ta = b\tc', '    | \t\t    ^^^'].join('\n'));
  });

  test('counts wide characters and emoji as two columns, combined ones as one', () => {
    expect(frame('n = "日本" + «b»\n')).toBe(['  1 | n = "日本" + b', '    |              ^'].join('\n'));
    expect(frame('n = «"👩‍👩‍👧é"»\n')).toBe(['  1 | n = "👩‍👩‍👧é"', '    |     ^^^^^'].join('\n'));
  });

  test('leaves carriage returns and the byte order mark out', () => {
    expect(frame('\ufeff«a» = 1\r\nb = 2\r\n')).toBe(['  1 | a = 1', '    | ^', '  2 | b = 2'].join('\n'));
  });

  test('cuts a long line around the range', () => {
    const lines = frame(`a = "${'x'.repeat(500)}" + «b» + ${'y'.repeat(500)}\n`).split('\n');
    expect(lines[0]?.length).toBeLessThan(180);
    const column = (lines[1] ?? '').indexOf('^');
    expect(lines[0]?.slice(column, column + 1)).toBe('b');
  });

  test('shows control characters instead of sending them to the terminal', () => {
    expect(frame('a = "\u001b[31m\u200b" + «b»\n')).toBe(
      ['  1 | a = "<U+001B>[31m<U+200B>" + b', '    |                              ^'].join('\n'),
    );
  });

  test('has line numbers of one width', () => {
    expect(
      frame(`${'\n'.repeat(8)}a = «1»\nb\n`)
        .split('\n')
        .map(line => line.indexOf('|')),
    ).toEqual([5, 5, 5, 5]);
  });
});

test('positions are those of positionAt', () => {
  const piece = fc.constantFrom('a', '\n', '\r\n', '\t', '日', '👩', '\ufeff');
  fc.assert(
    fc.property(fc.array(piece), fc.nat(), (pieces, at) => {
      const text = pieces.join('');
      const start = at % (text.length + 1);
      const place = createLocator(new Map([['f', text]]))({ file: 'f', start, end: text.length });
      expect(place).toEqual({ file: 'f', from: positionAt(text, start), to: positionAt(text, text.length) });
    }),
  );
});
