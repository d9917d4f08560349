import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { adminRow, rootModule } from '../cli/support/modules.ts';
import { root, temporaryDirectory } from '../package/command.ts';

const isInstalled = spawnSync('pre-commit', ['--version']).status === 0;
if (!isInstalled)
  console.warn('pre-commit is not installed: the hooks are NOT tested. On Debian: apt-get install pre-commit');

const home = temporaryDirectory();
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|GIT_|PRE_COMMIT)/.test(name))),
  PRE_COMMIT_HOME: join(home, 'pre-commit'),
  PRE_COMMIT_COLOR: 'never',
  npm_config_prefer_offline: 'true',
  GIT_CONFIG_GLOBAL: join(home, 'gitconfig'),
};

type Outcome = { readonly status: number | null; readonly output: string };

const run = (cwd: string, command: string, ...args: string[]): Outcome => {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (error !== undefined) throw error;
  return { status, output: `${stdout}${stderr}` };
};

const git = (cwd: string, ...args: string[]): string => {
  const { status, output } = run(cwd, 'git', ...args);
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${output}`);
  return output.trim();
};

const commitAll = (directory: string): string => {
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--allow-empty', '--message', 'x');
  return git(directory, 'rev-parse', 'HEAD');
};

/** A repository with the files of this one as they are now, committed or not. */
const snapshot = (): string => {
  const directory = temporaryDirectory();
  const files = git(root, 'ls-files', '--cached', '--others', '--exclude-standard', '-z').split('\0').filter(Boolean);
  for (const file of files.filter(own => existsSync(join(root, own)))) {
    cpSync(join(root, file), join(directory, file), { force: true });
  }
  git(directory, 'init', '--quiet');
  commitAll(directory);
  return directory;
};

const mode = '  authentication_mode = "API_AND_CONFIG_MAP"\n';
const files: Readonly<Record<string, string>> = {
  'buckets/main.tf': 'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n}\n',
  'clusters/early/main.tf': rootModule(),
  'clusters/due/main.tf': rootModule(adminRow, mode),
  'clusters/due/versions.tofu': 'terraform {\n  required_version = ">= 1.6"\n}\n',
};

const infrastructure = (): string => {
  const directory = temporaryDirectory();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  git(directory, 'init', '--quiet');
  commitAll(directory);
  return directory;
};

const convertHook = ['run', 'tf-access-entries-convert'];

(isInstalled ? describe : describe.skip)('pre-commit', () => {
  let repository = '';
  let infra = '';

  beforeAll(() => {
    writeFileSync(
      join(home, 'gitconfig'),
      '[user]\n  name = test\n  email = test@example.invalid\n[safe]\n  directory = *\n',
    );
    repository = snapshot();
    infra = infrastructure();
    const config = `repos:
  - repo: ${repository}
    rev: ${git(repository, 'rev-parse', 'HEAD')}
    hooks:
      - id: tf-access-entries-check
        args: [--min-severity=warning]
      - id: tf-access-entries-convert
`;
    writeFileSync(join(infra, '.pre-commit-config.yaml'), config);
    commitAll(infra);
  });

  const hook = (id: string, ...paths: string[]): Outcome => run(infra, 'pre-commit', 'run', id, '--files', ...paths);

  test('files of no interest pass', () => {
    const { status, output } = hook('tf-access-entries-check', 'buckets/main.tf');
    expect([status, output]).toEqual([0, expect.stringMatching(/tf-access-entries check\.+Passed/)]);
  });

  test('a finding fails, with its place', () => {
    const { status, output } = hook('tf-access-entries-check', ...Object.keys(files));
    expect(output).toMatch(/tf-access-entries check\.+Failed/);
    expect(output).toContain('clusters/early/main.tf:15:5: warning TAE702:');
    expect(status).toBe(1);
  });

  test('other files are not looked at', () => {
    writeFileSync(join(infra, 'README.md'), '# aws-auth\n');
    expect(hook('tf-access-entries-check', 'README.md').output).toContain('(no files to check)Skipped');
  });

  test('entries are written where phase 1 is in the source, and then it passes', () => {
    const first = hook('tf-access-entries-convert', ...Object.keys(files));
    expect(first.output).toContain('files were modified by this hook');
    expect(first.output).toContain('phase 1 (enable-api) must be applied');
    expect(first.status).toBe(1);
    expect(readFileSync(join(infra, 'clusters/due/main.tf'), 'utf8')).toContain('access_entries = {');
    expect(git(infra, 'diff', '--name-only')).toBe('clusters/due/main.tf');
    const second = hook('tf-access-entries-convert', ...Object.keys(files));
    expect([second.status, second.output]).toEqual([0, expect.stringMatching(/convert, phase 2\.+Passed/)]);
  });

  test('a commit of phase 1 gets no phase 2', () => {
    writeFileSync(join(infra, 'clusters/early/main.tf'), rootModule(adminRow, mode));
    const { status, output } = run(
      infra,
      'pre-commit',
      ...convertHook,
      '--verbose',
      '--files',
      'clusters/early/main.tf',
    );
    expect([status, output]).toEqual([0, expect.stringContaining('TAE122')]);
    expect(readFileSync(join(infra, 'clusters/early/main.tf'), 'utf8')).toBe(rootModule(adminRow, mode));
  });

  test('try-repo installs it, too', () => {
    rmSync(join(infra, 'clusters'), { recursive: true });
    const args = ['try-repo', repository, 'tf-access-entries-check', '--files', 'buckets/main.tf'];
    const { status, output } = run(infra, 'pre-commit', ...args);
    expect([status, output]).toEqual([0, expect.stringMatching(/tf-access-entries check\.+Passed/)]);
  });
});
