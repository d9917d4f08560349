import { expect, test } from '@jest/globals';
import { lexer, type Tokens } from 'marked';
import { markdownCode, markdownText } from '../../lib/escape/markdown.ts';
import { injectedElements } from './markdown.ts';
import { hostileValues } from './values.ts';

test('two values, one behind the other, stay in the cell of a table', () => {
  const pairs = hostileValues.flatMap(first => hostileValues.map(second => `${first}${second}`));
  for (const value of pairs) {
    const table = `| a | b | c |\n| --- | --- | --- |\n| ${markdownCode(value)} | ${markdownText(value)} | end |\n`;
    const [found] = lexer(table, { gfm: true }) as Tokens.Table[];
    expect([value, found?.rows.map(cells => cells.length), found?.rows[0]?.[2]?.text]).toEqual([value, [3], 'end']);
    expect([value, injectedElements(table)]).toEqual([value, []]);
  }
});

// What begins a line with these is a list to Markdown (https://spec.commonmark.org/0.31.2/#list-items), so it gets one backslash.
test.each([
  ['.: migration not started', '.: migration not started'],
  ['1. first', '1\\. first'],
  ['2) second', '2\\) second'],
  ['- item', '\\- item'],
  ['+ item', '\\+ item'],
  ['= under a line', '\\= under a line'],
  ['12 rows', '12 rows'],
])('%s at the beginning of a line is %s', (text, expected) => {
  expect(markdownText(text)).toBe(expected);
});
