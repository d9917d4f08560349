import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';

const directory = new URL('../../lib/diagnostics/codes/', import.meta.url);

test('each code is defined once: of two the last would count, without a word', () => {
  const defined = readdirSync(directory).flatMap(name =>
    [...readFileSync(new URL(name, directory), 'utf8').matchAll(/^ {2}(TAE\d{3}): /gm)].map(([, code]) => code),
  );
  expect(defined.length).toBeGreaterThan(280);
  expect(defined.filter((code, at) => defined.indexOf(code) !== at)).toEqual([]);
});
