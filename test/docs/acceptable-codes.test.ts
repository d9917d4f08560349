import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { acceptableCodes } from '../../lib/transformer/decisions.ts';

const docs = new URL('../../docs/', import.meta.url);

test.each(['reference/config.md', 'how-to/settle-blocked-rows.md'])('%s names each code that can be accepted', page => {
  const text = readFileSync(new URL(page, docs), 'utf8');
  expect(acceptableCodes.filter(code => !text.includes(code))).toEqual([]);
});
