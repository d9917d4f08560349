import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from './command.ts';

const bundle = join(root, 'dist/bundle');
const allowed = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'];

/** `cliui 9.0.1 (ISC)` and the licence below it, one for each package. */
const notices = readFileSync(join(bundle, 'THIRD-PARTY-NOTICES.txt'), 'utf8')
  .split(/^-{80}\n/m)
  .slice(1)
  .map(section => {
    const [, title = '', licence = '', text = ''] = /^(\S+ \S+) \(([^)]*)\)\n(.*)$/s.exec(section) ?? [];
    return { title, licence, text };
  });

/** The bundler writes above each file where it is from. */
const bundled = (): string[] => {
  const scripts = readdirSync(bundle).filter(name => name.endsWith('.js'));
  const paths = scripts.flatMap(name =>
    [
      ...readFileSync(join(bundle, name), 'utf8').matchAll(/^ *\/\/ ((?:.*\/)?node_modules\/(?:@[^/\n]+\/)?[^/\n]+)/gm),
    ].map(([, path = '']) => path),
  );
  const titles = paths.map(path => {
    const { name, version } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as Record<
      string,
      string
    >;
    return `${name} ${version}`;
  });
  return [...new Set(titles)].toSorted();
};

test('the notices name every package of the bundle, and no other', () => {
  expect(bundled().length).toBeGreaterThan(15);
  expect(notices.map(({ title }) => title).toSorted()).toEqual(bundled());
});

test('every package of the bundle has a licence that lets it be shipped, in full', () => {
  expect(notices.filter(({ licence }) => !allowed.includes(licence))).toEqual([]);
  for (const { title, text } of notices) expect([title, text]).toEqual([title, expect.stringMatching(/copyright/i)]);
});
