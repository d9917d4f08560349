import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { codes, isCode, type Code } from '../../lib/diagnostics/index.ts';
import { root } from '../architecture/project.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const namesIn = (path: string): string[] => readdirSync(join(root, path)).filter(name => name !== 'README.md');
const pageOf = (code: Code): string => `docs/codes/${code}.md`;
const guides = ['docs/getting-started.md', ...namesIn('docs/how-to').map(name => `docs/how-to/${name}`)];

const script = (name: string, ...args: string[]): string =>
  execFileSync(process.execPath, [join(root, 'scripts', name), ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });

/** What each page would be: its outputs from the built tool, its head from the table. By path. */
type Wanted = { readonly text: string; readonly status?: number; readonly afterFix?: readonly string[] };
let wanted: Readonly<Record<string, Wanted>> = {};
beforeAll(() => {
  wanted = JSON.parse(script('write-code-samples.mjs', '--json')) as typeof wanted;
}, 120_000);

test('every code has a page, and every page a code', () => {
  const pages = namesIn('docs/codes').map(name => `docs/codes/${name}`);
  expect(pages.toSorted()).toEqual(Object.keys(codes).filter(isCode).map(pageOf).toSorted());
});

test('the index is what the code table says', () => {
  expect(() => script('write-code-index.mjs', '--check')).not.toThrow();
});

test.each(guides)('%s shows what the tool prints', path => {
  expect(read(path)).toBe(wanted[path]?.text);
});

describe.each(Object.keys(codes).filter(isCode))('%s', code => {
  const path = pageOf(code);

  test('has an example, a reason and a way out', () => {
    expect(read(path).match(/^## .*$/gm)).toEqual(['## Example', '## Why', '## How to fix']);
  });

  test('is what the table says and the tool prints', () => {
    expect(read(path)).toBe(wanted[path]?.text);
  });

  test('shows itself in the output, with the exit status of what is there', () => {
    const shown = foundIn(read(path));
    expect(shown).toContain(code);
    expect(wanted[path]?.status).toBe(Math.max(...shown.map(other => exitOf(other, read(path)))));
  });

  test('is said to be a finding of check where check alone shows it', () => {
    const isOfCheck = codes[code].severity !== 'error' && /^\$ tf-access-entries check /m.test(read(path));
    expect(/ A finding of `check`\. /.test(wanted[path]?.text ?? '')).toBe(isOfCheck || code.startsWith('TAE7'));
  });

  test('is gone when the files of its fix are in place', () => {
    const files = /^## How to fix$.*^```\w+ \S/ms.test(read(path));
    expect(wanted[path]?.afterFix).toEqual(files ? expect.not.arrayContaining([code]) : undefined);
  });
});

/** `check` ends with 1 for whatever it shows. */
const exitOf = (code: Code, page: string): number =>
  Math.max(codes[code].exit, /^\$ tf-access-entries check /m.test(page) ? 1 : 0);

/** The codes of the findings in the console blocks of a page. */
const foundIn = (page: string): readonly Code[] => {
  const consoles = [...page.matchAll(/^```console\n(.*?)^```$/gms)].map(([, text = '']) => text).join('');
  return [...consoles.matchAll(/(?:error|warning|note) (TAE\d+):/g)].map(([, code = '']) => code).filter(isCode);
};
