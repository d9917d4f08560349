import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fixturesOf, themes } from '../support/fixture.ts';

const here = new URL('.', import.meta.url);

test('every theme of test/fixtures is run', () => {
  const run = readdirSync(here)
    .filter(file => file.endsWith('.test.ts'))
    .flatMap(file => /^runThemes\((.*)\);$/m.exec(readFileSync(new URL(file, here), 'utf8'))?.[1]?.split(', ') ?? []);
  expect(run.map(name => name.replaceAll("'", '')).toSorted()).toEqual(themes);
});

test('every fixture has an input and an expected report', () => {
  const all = themes.flatMap(fixturesOf);
  expect(all.length).toBeGreaterThan(120);
  expect(all.filter(({ files, expected }) => files.size === 0 || expected.report === undefined)).toEqual([]);
});
