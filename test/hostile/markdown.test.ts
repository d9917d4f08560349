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
