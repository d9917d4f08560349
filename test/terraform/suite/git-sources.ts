import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { moduleFiles } from '../modules/build-modules.ts';

/** The tags of the eks module that cases name, and what its default branch is here. */
const tags = ['19.21.0', '20.24.3', '20.37.2', '21.19.0'];
const branch = { name: 'master', version: '20.31.6' };

/**
 * A repository with the stand-in of the eks module, and the environment that makes git take it for the real one whatever
 * the form of the address. https://git-scm.com/docs/git-config#Documentation/git-config.txt-urlbaseinsteadOf
 */
export function gitSources(): { directory: string; environment: Record<string, string> } {
  const directory = mkdtempSync(join(tmpdir(), 'eks-module-'));
  const git = (...args: readonly string[]): unknown =>
    execFileSync(
      'git',
      ['-C', directory, '-c', 'user.name=stand-in', '-c', 'user.email=stand-in@example.com', ...args],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
  git('init', '--quiet', `--initial-branch=${branch.name}`);
  for (const version of [...tags, branch.version]) {
    // A release has no files that only the one before it had.
    git('rm', '-r', '--quiet', '--force', '--ignore-unmatch', '.');
    for (const [path, text] of moduleFiles(version)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    git('add', '--all');
    git('commit', '--quiet', '--message', `Release ${version}`);
    git('tag', `v${version}`);
  }
  const addresses = ['https://github.com/', 'ssh://git@github.com/'].map(
    host => `${host}terraform-aws-modules/terraform-aws-eks`,
  );
  const rewrites = addresses.flatMap((address, index) => [
    [`GIT_CONFIG_KEY_${index}`, `url.file://${directory}/.git.insteadOf`],
    [`GIT_CONFIG_VALUE_${index}`, `${address}.git`],
  ]);
  return {
    directory,
    environment: { ...Object.fromEntries(rewrites), GIT_CONFIG_COUNT: String(addresses.length) } as Record<
      string,
      string
    >,
  };
}
