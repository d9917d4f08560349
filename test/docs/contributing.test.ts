import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../architecture/project.ts';

const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
const pathsIn = (part: string): string[] =>
  part.match(/\b(lib|test|docs|scripts|templates)\/[\w./-]+\.(ts|md|mjs)\b/g) ?? [];

test('every file that CONTRIBUTING names is there', () => {
  const made = 'lib/emitter/templates.generated.ts';
  expect(pathsIn(text).filter(path => path !== made && !existsSync(join(root, path)))).toEqual([]);
});

test('the way of one row is at most 25 files', () => {
  const way = /^## The way of one row$[^]*?(?=^## )/m.exec(text)?.[0] ?? '';
  expect(new Set(pathsIn(way)).size).toBeGreaterThan(15);
  expect(new Set(pathsIn(way)).size).toBeLessThanOrEqual(25);
});
