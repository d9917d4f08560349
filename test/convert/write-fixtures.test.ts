import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sample = 'test/fixtures/rows/without-username-and-groups';
const directory = realpathSync(mkdtempSync(join(tmpdir(), 'tf-access-entries-')));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A copy of a fixture, and what the command says about it. */
const copy = (name: string): string => {
  cpSync(join(root, sample), join(directory, name), { recursive: true });
  return join(directory, name);
};
const fixtures = (...args: readonly string[]): { status: number | null; stdout: string; stderr: string } => {
  const run = [join(root, 'test/terraform/run.mjs'), join(root, 'test/support/write-fixtures.ts'), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, run, { cwd: root, encoding: 'utf8' });
  return { status, stdout, stderr };
};

const read = (path: string): string => readFileSync(join(directory, path), 'utf8');

test('what differs is shown, and written when that is asked for', () => {
  const [same, changed, fresh] = [copy('same'), copy('changed'), copy('fresh')];
  const right = read('same/expected/add-access-entries/main.tf');
  writeFileSync(join(same, 'expected/report.json'), JSON.stringify(JSON.parse(read('same/expected/report.json'))));
  writeFileSync(join(changed, 'expected/add-access-entries/main.tf'), `${right}# stale\n`);
  writeFileSync(join(changed, 'expected/add-access-entries/stale.tf'), '# a file too many\n');
  rmSync(join(fresh, 'expected'), { recursive: true });

  const shown = fixtures(same, changed);
  expect(shown).toMatchObject({ status: 1, stderr: '' });
  expect(shown.stdout.match(/^-.*[^/]$/gm)).toEqual([
    `--- ${changed}/expected/add-access-entries/main.tf`,
    '-# stale',
    `--- ${changed}/expected/add-access-entries/stale.tf`,
    '-# a file too many',
  ]);
  expect(shown.stdout).toMatch(/\n2 files differ\. .*\n$/);
  expect(read('changed/expected/add-access-entries/main.tf')).toBe(`${right}# stale\n`);

  const written = fixtures(directory, '--update');
  expect(written).toMatchObject({ status: 0, stderr: '' });
  expect(written.stdout).toContain('-# stale\n');
  expect(written.stdout).toContain(`+++ ${fresh}/expected/report.json\n`);
  expect(read('changed/expected/add-access-entries/main.tf')).toBe(right);
  expect(existsSync(join(changed, 'expected/add-access-entries/stale.tf'))).toBe(false);
  expect(read('fresh/expected/add-access-entries/main.tf')).toBe(right);
  // A report that says the same is left as it is written.
  expect(read('same/expected/report.json')).not.toContain('\n');
  expect(JSON.parse(read('fresh/expected/report.json'))).toEqual(JSON.parse(read('same/expected/report.json')));

  expect(fixtures(directory)).toEqual({ status: 0, stdout: 'Every fixture is as expected.\n', stderr: '' });
});
