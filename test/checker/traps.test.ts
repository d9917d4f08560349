import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { positionAt, type Diagnostic } from '../../lib/diagnostics/index.ts';
import { runtime } from '../support/fixture.ts';

const root = fileURLToPath(new URL('traps/', import.meta.url));
const namesIn = (directory: string): string[] => readdirSync(directory).toSorted();

type Finding = { readonly code: string; readonly file: string; readonly line: number };
type Files = ReadonlyMap<string, string>;

const filesOf = (directory: string): Files =>
  new Map(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .toSorted()
      .map(path => [relative(directory, path), readFileSync(path, 'utf8')]),
  );

const checked = async (files: Files): Promise<readonly Finding[]> => {
  const { diagnostics } = await check(files, { runtime: await runtime() });
  return diagnostics.map(diagnostic => placed(diagnostic, files));
};

const placed = ({ code, range }: Diagnostic, files: Files): Finding => ({
  code,
  file: range?.file ?? '',
  line: range ? positionAt(files.get(range.file) ?? '', range.start).line : 0,
});

const traps = namesIn(root).filter(name => existsSync(join(root, name, 'expected.json')));

/** A trap as people write it, and the same module without it. */
describe.each(traps)('%s', name => {
  const { findings } = JSON.parse(readFileSync(join(root, name, 'expected.json'), 'utf8')) as {
    readonly findings: readonly Finding[];
  };
  const codes = new Set(findings.map(({ code }) => code));
  const own = (found: readonly Finding[]): readonly Finding[] => found.filter(({ code }) => codes.has(code));

  test('is seen where it is', async () => {
    expect(own(await checked(filesOf(join(root, name, 'trap'))))).toEqual(expect.arrayContaining([...findings]));
    expect(own(await checked(filesOf(join(root, name, 'trap'))))).toHaveLength(findings.length);
  });

  test('is not seen where it is not', async () => {
    expect(own(await checked(filesOf(join(root, name, 'clean'))))).toEqual([]);
  });
});
