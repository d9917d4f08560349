import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from './command.ts';

const bundle = join(root, 'dist/bundle');
const chunks = new Map(
  readdirSync(bundle)
    .filter(name => name.endsWith('.js'))
    .map(name => [name, readFileSync(join(bundle, name), 'utf8')]),
);

/** A chunk with those that are loaded with it. */
const loadedWith = (name: string, seen = new Set<string>()): ReadonlySet<string> => {
  if (seen.has(name)) return seen;
  seen.add(name);
  const text = chunks.get(name) ?? '';
  for (const [, other = ''] of text.matchAll(/^(?:import|export)\b[^;]*?["']\.\/([\w.-]+\.js)["'];/gm))
    loadedWith(other, seen);
  return seen;
};

const lazily = [...chunks.values()].flatMap(text =>
  [...text.matchAll(/import\("\.\/([\w.-]+\.js)"\)/g)].map(([, name = '']) => name),
);

test('what pages are made of is loaded for a page alone', () => {
  const [page = ''] = [...chunks].filter(([, text]) => text.includes('Skip to the content')).map(([name]) => name);
  expect(page).not.toBe('');
  const starts = ['main.js', ...new Set(lazily)].filter(name => loadedWith(name).has(page));
  expect(starts).toHaveLength(1);
  expect(lazily).toContain(starts[0]);
});
