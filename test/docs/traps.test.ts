import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { codes } from '../../lib/diagnostics/index.ts';
import { root } from '../architecture/project.ts';

const page = readFileSync(join(root, 'docs/reference/traps.md'), 'utf8');

type Trap = { readonly number: number; readonly inSource: readonly string[]; readonly covered: boolean };

const codesIn = (text = ''): readonly string[] => [...new Set(text.match(/TAE\d+/g) ?? [])];

const traps: readonly Trap[] = page.split('\n').flatMap(line => {
  const cells = line.split('|').map(cell => cell.trim());
  const [, number = '', , source = '', plan = '', live = '', rest = ''] = cells;
  if (!/^\d+$/.test(number)) return [];
  return [
    {
      number: Number(number),
      inSource: codesIn(source),
      covered: [source, plan, live, rest].some(cell => cell !== ''),
    },
  ];
});

const fixtures = readdirSync(join(root, 'test/checker/traps')).flatMap(name => {
  const expected = readFileSync(join(root, 'test/checker/traps', name, 'expected.json'), 'utf8');
  const [number] = /^\d\d(?=-)/.exec(name) ?? [];
  return [{ name, number: number === undefined ? undefined : Number(number), found: codesIn(expected) }];
});

test('all traps are there, in order', () => {
  expect(traps.map(({ number }) => number)).toEqual(Array.from({ length: 51 }, (_, index) => index + 1));
});

test('each is shown by a code, or the page says what covers it', () => {
  expect(traps.filter(({ covered }) => !covered)).toEqual([]);
});

test('the codes exist', () => {
  expect(codesIn(page).filter(code => !Object.hasOwn(codes, code))).toEqual([]);
});

test('every code of the rules of check is on the page', () => {
  const own = Object.keys(codes).filter(code => code >= 'TAE705' && code <= 'TAE799');
  expect(own.length).toBeGreaterThan(30);
  expect(own.filter(code => !codesIn(page).includes(code))).toEqual([]);
});

test('every code of the rules of check is found in a fixture', () => {
  const own = Object.keys(codes).filter(code => code >= 'TAE705' && code <= 'TAE799');
  const found = fixtures.flatMap(fixture => fixture.found);
  expect(own.filter(code => !found.includes(code))).toEqual([]);
});

describe.each(traps.filter(({ inSource }) => inSource.length > 0))('trap $number', ({ number, inSource }) => {
  test('has a fixture, which shows codes of its row', () => {
    const own = fixtures.filter(fixture => fixture.number === number);
    expect(own).toHaveLength(1);
    expect(inSource).toEqual(expect.arrayContaining([...(own[0]?.found ?? [])]));
  });
});
