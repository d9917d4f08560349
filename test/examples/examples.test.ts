import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from '@cdktf/hcl-tools';
import { afterAll, describe, expect, test } from '@jest/globals';
import { testGate } from '../support/runtime.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const examples = readdirSync(join(root, 'examples')).toSorted();

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

test('what is written is what the tool writes', () => {
  const script = join(root, 'scripts/write-examples.mjs');
  const { stdout, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect([stdout, stderr]).toEqual(['', '']);
});

/** A repository that holds the module of an example where it is in this one. */
const repositoryWith = (example: string): { git: (...args: string[]) => string; module: string } => {
  const repository = mkdtempSync(join(tmpdir(), 'tf-access-entries-'));
  directories.push(repository);
  const module = join(repository, 'examples', example, 'before');
  cpSync(join(root, 'examples', example, 'before'), module, { recursive: true });
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: repository, encoding: 'utf8' });
  git('-c', 'init.defaultBranch=main', 'init', '--quiet');
  git('add', '--all');
  return { git, module };
};

describe.each(examples)('%s', example => {
  const after = join(root, 'examples', example, 'after');
  const phases = readdirSync(after)
    .filter(name => /^\d-/.test(name))
    .toSorted();
  const filesOf = (phase: string): string[] => readdirSync(join(after, phase)).filter(name => name.endsWith('.tf'));

  test('says what to look at', () => {
    expect(existsSync(join(root, 'examples', example, 'README.md'))).toBe(true);
  });

  test('has a diff per phase that git applies, one after the other, to the files of the phase', () => {
    const { git, module } = repositoryWith(example);
    for (const phase of phases) {
      git('apply', join(after, phase, 'phase.diff'));
      for (const file of filesOf(phase)) {
        expect(readFileSync(join(module, file), 'utf8')).toBe(readFileSync(join(after, phase, file), 'utf8'));
      }
    }
    const touched = git('diff', '--name-only').trim().split('\n');
    expect(touched).toEqual(filesOf(phases.at(-1) ?? '').map(file => `examples/${example}/before/${file}`));
  });

  test.each(phases)('%s is valid and formatted', async phase => {
    const gate = await testGate();
    for (const file of filesOf(phase)) {
      const text = readFileSync(join(after, phase, file), 'utf8');
      expect(await gate(file, text)).toBeUndefined();
      expect(await format(text)).toBe(text);
    }
  });
});
