import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fixturesOf, themes } from '../support/fixture.ts';
import { runThemes } from '../support/run-themes.ts';

runThemes('shapes');

/** What real modules look like, by chapter; of each shape the fixtures that hold it, as theme/name. */
type Checklist = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const checklist = JSON.parse(
  readFileSync(new URL('../fixtures/shapes/checklist.json', import.meta.url), 'utf8'),
) as Checklist;

const items = Object.entries(checklist).flatMap(([chapter, shapes]) =>
  Object.entries(shapes).map(([shape, fixtures]) => ({ shape: `${chapter}: ${shape}`, fixtures })),
);
const existing = new Set(themes.flatMap(theme => fixturesOf(theme).map(({ name }) => `${theme}/${name}`)));

test('every shape of the checklist has a fixture', () => {
  const bare = items.filter(({ fixtures }) => !fixtures.some(name => existing.has(name)));
  expect(bare.map(({ shape }) => shape)).toEqual([]);
});

test('every fixture that the checklist names is there', () => {
  const missing = items.flatMap(({ fixtures }) => fixtures).filter(name => !existing.has(name));
  expect(missing).toEqual([]);
});

test('every fixture of the theme holds a shape of the checklist', () => {
  const named = new Set(items.flatMap(({ fixtures }) => fixtures));
  const own = fixturesOf('shapes').map(({ name }) => `shapes/${name}`);
  expect(own.filter(name => !named.has(name))).toEqual([]);
});
