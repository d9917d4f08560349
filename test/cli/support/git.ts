import { execFileSync } from 'node:child_process';

const identity = { NAME: 'test', EMAIL: 'test@example.invalid' };
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap(role =>
      Object.entries(identity).map(([key, value]) => [`GIT_${role}_${key}`, value]),
    ),
  ),
};

/** Runs git in a directory, with an identity of its own. */
export const git = (directory: string, ...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: directory, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

/** Makes a directory a repository that knows who commits. */
export const repository = (directory: string): string => {
  git(directory, 'init', '--quiet', '--initial-branch', 'main');
  git(directory, 'config', 'user.name', identity.NAME);
  git(directory, 'config', 'user.email', identity.EMAIL);
  return directory;
};

export const commitAll = (directory: string): void => {
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--allow-empty', '--message', 'x');
};
