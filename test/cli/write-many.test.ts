import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { command, cli, unprivileged } from './support/command.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { adminRow, blockedRow, rootModule } from './support/modules.ts';

const mode = '  authentication_mode = "API_AND_CONFIG_MAP"\n';
const broken = 'module "eks" {\n  source = "terraform-aws-modules/eks/aws"\n';
const files = {
  'a/main.tf': rootModule(),
  'b/main.tf': broken,
  'c/main.tf': rootModule(adminRow, mode),
  'd/main.tf': rootModule(),
};

const write = (directory: string, ...args: string[]) =>
  runHere(directory, ['convert', ...args, '--write', '--phase', 'enable-api']);

const changedIn = (directory: string, before: Record<string, string>): string[] =>
  Object.entries(contentOf(directory)).flatMap(([path, text]) => (before[path] === text ? [] : [path]));

describe('several root modules', () => {
  test('what can be written is, what is refused is listed, and what did not work stands last', async () => {
    const directory = directoryWith(files);
    const before = contentOf(directory);
    const { status, stdout, stderr } = await write(directory, 'a', 'b', 'c', 'd');
    expect([status, stdout]).toEqual([3, '']);
    expect(changedIn(directory, before)).toEqual(['a/main.tf', 'd/main.tf']);
    expect(stderr).toContain('b/main.tf:1:14: error TAE005: ');
    expect(stderr.slice(stderr.indexOf('\nWritten: d/main.tf.\n'))).toBe(`
Written: d/main.tf.

  root module  result
  a            written
  b            not written: TAE005
  c            nothing to do
  d            written

Phase 1 (enable-api): 2 root modules written, 1 with nothing to do, 1 not written.

Next: plan and apply phase 1 (enable-api).
Then phase 2 (add-access-entries): tf-access-entries convert <paths> --write --phase add-access-entries

b/main.tf: TAE005: Not valid HCL: Unclosed configuration block. There is no closing brace for this block before the end of the file. This may be caused by incorrect brace nesting elsewhere in this file.
`);
  });

  test('a phase that is blocked, or not next, keeps nobody else from it', async () => {
    const directory = directoryWith({ 'a/main.tf': rootModule(adminRow, mode), 'b/main.tf': rootModule() });
    const args = ['convert', 'a', 'b', '--write', '--phase', 'add-access-entries'];
    const { status, stderr } = await runHere(directory, args);
    expect([status, contentOf(directory)['b/main.tf']]).toEqual([1, rootModule()]);
    expect(contentOf(directory)['a/main.tf']).toContain('access_entries = {');
    expect(stderr).toMatch(/^ {2}b {12}not written: TAE108$/m);
    expect(stderr.split('\n').at(-2)).toMatch(/^b: TAE108: Phase add-access-entries cannot be written: /);
    expect(stderr).toContain('Before its apply, phase 1 (enable-api) must be applied:');
  });

  test('warnings are shown, notes are not; the rows are for status to show', async () => {
    const directory = directoryWith({ 'a/main.tf': rootModule(adminRow + blockedRow), 'd/main.tf': rootModule() });
    const { status, stderr } = await write(directory, 'a', 'd');
    expect(status).toBe(1);
    expect(stderr).toContain('error TAE314');
    expect(stderr).not.toMatch(/note TAE|arn:aws:iam::111122223333:role\/admin {2}/);
    expect(stderr).toMatch(/^ {2}a {12}written, blocked later by TAE314$/m);
  });

  test('--quiet prints errors only', async () => {
    const { status, stderr } = await write(directoryWith(files), 'a', 'b', 'd', '--quiet');
    expect([status, stderr]).toEqual([3, expect.stringMatching(/^b\/main\.tf:1:14: error TAE005: /)]);
    expect(stderr).not.toMatch(/Written|root module {2}result/);
  });

  test('a second run finishes what the first one could not', async () => {
    const directory = directoryWith(files);
    await write(directory, 'a', 'd');
    const first = contentOf(directory);
    const { status, stderr } = await write(directory, 'a', 'd');
    expect([status, contentOf(directory)]).toEqual([0, first]);
    expect(stderr).toContain('Phase 1 (enable-api): 2 root modules with nothing to do.');
  });

  test('one that cannot be written to does not stop the next', () => {
    const directory = directoryWith(files);
    for (const path of ['a/main.tf', 'd/main.tf', 'd']) chmodSync(join(directory, path), 0o777);
    chmodSync(join(directory, 'a'), 0o555);
    const args = ['convert', 'a', 'd', '--write', '--phase', 'enable-api'];
    const { status, stderr } = command(directory, args, unprivileged);
    expect([status, contentOf(directory)['a/main.tf']]).toEqual([3, rootModule()]);
    expect(contentOf(directory)['d/main.tf']).toContain('API_AND_CONFIG_MAP');
    expect(stderr).toMatch(/^ {2}a {12}not written: TAE110$/m);
  });
});

describe('--all-or-none', () => {
  test('one that is refused stops the others', async () => {
    const directory = directoryWith(files);
    const before = contentOf(directory);
    const { status, stderr } = await write(directory, 'a', 'b', '--all-or-none');
    expect([status, stderr]).toEqual([
      3,
      expect.stringContaining('Nothing was written, because another path was refused.'),
    ]);
    expect(contentOf(directory)).toEqual(before);
  });

  test('writes all where none is refused', async () => {
    const directory = directoryWith(files);
    const { status, stderr } = await write(directory, 'a', 'd', '--all-or-none');
    expect([status, stderr.match(/^Written: .*$/gm)]).toEqual([0, ['Written: a/main.tf.', 'Written: d/main.tf.']]);
  });

  test('goes with --write', async () => {
    const { status, stderr } = await runHere(directoryWith(files), ['convert', 'a', '--all-or-none']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('TAE101: --all-or-none goes with --write.')]);
  });
});

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  '%s leaves each root module as it was or written whole',
  async signal => {
    const names = Array.from({ length: 25 }, (_, index) => `m${String(index).padStart(2, '0')}`);
    const split = { 'eks.tf': rootModule().split('\nmodule "aws_auth"')[0] ?? '' };
    const rest = `\nmodule "aws_auth"${rootModule().split('\nmodule "aws_auth"')[1]}`;
    const all = names.flatMap(name => [
      [`${name}/eks.tf`, split['eks.tf']],
      [`${name}/aws-auth.tf`, rest],
    ]);
    const directory = directoryWith(Object.fromEntries(all) as Record<string, string>);
    const args = [cli, 'convert', ...names, '--write', '--phase', 'enable-api'];
    const child = spawn(process.execPath, args, { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (part: Buffer) => {
      if (stderr === '') child.kill(signal);
      stderr += String(part);
    });
    const [code, ended] = (await once(child, 'close')) as [number | null, string | null];
    const texts = names.map(name => readFileSync(join(directory, name, 'eks.tf'), 'utf8'));
    const written = texts.filter(text => text.includes('API_AND_CONFIG_MAP')).length;
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(names.length);
    for (const text of texts) expect(text.includes('API_AND_CONFIG_MAP') || text === split['eks.tf']).toBe(true);
    if (signal === 'SIGKILL') {
      expect(ended).toBe(signal);
      return;
    }
    for (const name of names) expect(readdirSync(join(directory, name))).toEqual(['aws-auth.tf', 'eks.tf']);
    expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(stderr.match(/^Written: /gm)).toHaveLength(written);
    expect(stderr).toContain(` written, ${names.length - written} not reached.`);
    expect(stderr.split('\n').at(-2)).toBe(
      `${signal}: stopped. The same command goes on with the root modules that were not reached.`,
    );
    const again = command(directory, args.slice(1));
    expect(again.status).toBe(0);
    expect(existsSync(join(directory, 'm24/eks.tf')) && readFileSync(join(directory, 'm24/eks.tf'), 'utf8')).toContain(
      'API_AND_CONFIG_MAP',
    );
  },
);
