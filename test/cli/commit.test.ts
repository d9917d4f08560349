import { appendFileSync, chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { contentOf, directoryWith } from './support/directory.ts';
import { commitAll, git, repository } from './support/git.ts';
import { runHere } from './support/host.ts';
import { adminRow, rootModule } from './support/modules.ts';

const mode = '  authentication_mode = "API_AND_CONFIG_MAP"\n';

const committed = (files: Readonly<Record<string, string>> = { 'clusters/prod/main.tf': rootModule() }): string => {
  const directory = repository(directoryWith({ 'README.md': '', ...files }));
  commitAll(directory);
  return directory;
};

const commit = (directory: string, phase: string, ...paths: readonly string[]) =>
  runHere(directory, [
    'convert',
    ...(paths.length === 0 ? ['clusters/prod'] : paths),
    '--write',
    '--phase',
    phase,
    '--commit',
  ]);

const commits = (directory: string): number => Number(git(directory, 'rev-list', '--count', 'HEAD'));
const message = (directory: string): string => git(directory, 'log', '-1', '--format=%B');
const inLast = (directory: string): string[] => git(directory, 'show', '--format=', '--name-only').split('\n');

describe('--commit', () => {
  test('makes one commit of what it wrote, and the message says what the plan must show', async () => {
    const directory = committed();
    const { status, stderr } = await commit(directory, 'enable-api');
    expect([status, stderr]).toEqual([0, expect.stringContaining('Written: clusters/prod/main.tf.')]);
    expect(stderr).toContain(`Committed: ${git(directory, 'rev-parse', '--short', 'HEAD')}.`);
    expect(inLast(directory)).toEqual(['clusters/prod/main.tf']);
    expect(message(directory)).toMatch(/^Phase 1 of access entries, enable-api: module\.eks in clusters\/prod\n\n/);
    expect(message(directory)).toContain('clusters/prod: module.eks, cluster demo\n');
    expect(message(directory)).toContain('- module.eks: authentication_mode = "API_AND_CONFIG_MAP"\n');
    expect(message(directory)).toMatch(/The plan must show:\n- aws_eks_cluster/);
    expect(git(directory, 'status', '--porcelain')).toBe('');
  });

  test('each phase is a commit, also with files of their own, and with untracked files that are not read', async () => {
    const planned = rootModule().replace(/aws_auth_roles = [^]*\]\n/, 'aws_auth_roles = var.roles\n');
    const directory = committed({ 'a/main.tf': `${planned}\nvariable "roles" {\n  type = any\n}\n` });
    writeFileSync(join(directory, 'a/entries.json'), '{}');
    await commit(directory, 'enable-api', 'a');
    const { status } = await commit(directory, 'add-access-entries', 'a');
    expect([status, commits(directory)]).toEqual([0, 3]);
    expect(inLast(directory)).toEqual(expect.arrayContaining(['a/aws-auth-entries/main.tf', 'a/main.tf']));
    expect(git(directory, 'status', '--porcelain')).toBe('?? a/entries.json');
  });

  test('several root modules are one commit', async () => {
    const directory = committed({ 'a/main.tf': rootModule(), 'b/main.tf': rootModule() });
    const { status } = await commit(directory, 'enable-api', 'a', 'b');
    expect([status, inLast(directory)]).toEqual([0, ['a/main.tf', 'b/main.tf']]);
    expect(message(directory)).toMatch(/^Phase 1 of access entries, enable-api: 2 root modules\n/);
  });

  test('or none, where one is refused', async () => {
    const directory = committed({ 'a/main.tf': rootModule(), 'b/main.tf': 'module "eks" {' });
    const { status } = await commit(directory, 'enable-api', 'a', 'b');
    expect([status, commits(directory), git(directory, 'status', '--porcelain')]).toEqual([3, 1, '']);
  });

  test('where nothing is to be written there is no commit', async () => {
    const directory = committed({ 'clusters/prod/main.tf': rootModule(adminRow, mode) });
    expect([(await commit(directory, 'enable-api')).status, commits(directory)]).toEqual([0, 1]);
  });

  test('a detached HEAD is what CI has', async () => {
    const directory = committed();
    git(directory, 'checkout', '--quiet', '--detach');
    expect([(await commit(directory, 'enable-api')).status, commits(directory)]).toEqual([0, 2]);
  });
});

const refused = async (directory: string, reason: string): Promise<void> => {
  const before = contentOf(join(directory, 'clusters'));
  const { status, stderr } = await commit(directory, 'enable-api');
  expect([status, stderr]).toEqual([1, expect.stringContaining('error TAE117: ')]);
  expect(stderr).toContain(reason);
  expect(contentOf(join(directory, 'clusters'))).toEqual(before);
};

describe('is refused, and nothing is written', () => {
  test.each([
    ['a change outside of the root module', 'README.md', 'README.md'],
    ['a change of a file that it would write', 'clusters/prod/main.tf', 'clusters/prod/main.tf'],
  ])('%s', async (_, file, named) => {
    const directory = committed();
    appendFileSync(join(directory, file), '# more\n');
    await refused(directory, `${named} is changed and not committed`);
    git(directory, 'add', '--all');
    await refused(directory, `${named} is changed and not committed`);
  });

  test('a file of the root module that is in no commit', async () => {
    const directory = committed();
    writeFileSync(join(directory, 'clusters/prod/new.tf'), 'locals {\n  a = 1\n}\n');
    await refused(directory, 'clusters/prod/new.tf is changed and not committed');
  });

  test('a config that is in no commit', async () => {
    const directory = committed();
    const config = 'clusters/tf-access-entries.config.json';
    writeFileSync(join(directory, config), '{}\n');
    await refused(directory, `${config} is changed and not committed`);
  });

  test('a file that git ignores', async () => {
    const directory = repository(directoryWith({ 'clusters/prod/main.tf': rootModule(), '.gitignore': 'main.tf\n' }));
    commitAll(directory);
    await refused(directory, 'git ignores clusters/prod/main.tf');
  });

  test.each([
    ['MERGE_HEAD', 'a merge is under way'],
    ['CHERRY_PICK_HEAD', 'a cherry-pick is under way'],
    ['REVERT_HEAD', 'a revert is under way'],
    ['rebase-merge/x', 'a rebase is under way'],
    ['rebase-apply/x', 'a rebase is under way'],
  ])('%s', async (file, reason) => {
    const directory = committed();
    mkdirSync(join(directory, '.git', file, '..'), { recursive: true });
    writeFileSync(join(directory, '.git', file), `${git(directory, 'rev-parse', 'HEAD')}\n`);
    await refused(directory, reason);
  });

  test('without a repository', async () => {
    const directory = directoryWith({ 'clusters/prod/main.tf': rootModule() });
    await refused(directory, 'clusters/prod is in no git repository');
  });

  test('root modules of two repositories', async () => {
    const directory = committed({ 'a/main.tf': rootModule(), 'clusters/main.tf': rootModule() });
    rmSync(join(directory, 'a'), { recursive: true });
    commitAll(directory);
    mkdirSync(join(directory, 'a'));
    writeFileSync(join(directory, 'a/main.tf'), rootModule());
    commitAll(repository(join(directory, 'a')));
    const { status, stderr } = await commit(directory, 'enable-api', 'a', 'clusters');
    expect([status, stderr]).toEqual([1, expect.stringContaining('the root modules are in two repositories')]);
  });
});

const withHook = (text: string): string => {
  const directory = committed();
  const hook = join(directory, '.git/hooks/pre-commit');
  mkdirSync(join(hook, '..'), { recursive: true });
  writeFileSync(hook, `#!/bin/sh\n${text}\n`);
  chmodSync(hook, 0o755);
  return directory;
};

describe('hooks of git', () => {
  test('run, and may change the commit', async () => {
    const directory = withHook('echo x >> README.md; git add README.md');
    await commit(directory, 'enable-api');
    expect(inLast(directory)).toEqual(['README.md', 'clusters/prod/main.tf']);
  });

  test('one that fails leaves the files written, and it is said what it said', async () => {
    const directory = withHook('echo "too many spaces" >&2; exit 1');
    const { status, stderr } = await commit(directory, 'enable-api');
    expect([status, commits(directory)]).toEqual([1, 1]);
    expect(stderr).toContain('too many spaces');
    expect(stderr).toContain('error TAE118: The files are written, and git has not committed them');
    expect(git(directory, 'status', '--porcelain')).toBe('M  clusters/prod/main.tf');
  });
});

test.each([
  [['convert', 'a', '--commit'], '--commit goes with --write.'],
  [['convert', 'a', '--write', '--phase', 'enable-api', '--commit', '--where-due'], 'a hook runs within a commit'],
])('%j', async (args, reason) => {
  const { status, stderr } = await runHere(directoryWith({ 'a/main.tf': rootModule() }), args);
  expect([status, stderr]).toEqual([2, expect.stringContaining(reason)]);
});
