import { execFileSync } from 'node:child_process';
import { compareReleases } from '../modules/releases.ts';

/** A git checkout of a module, or a bare git directory, whose releases are its tags. */
export type Checkout = { releases: readonly string[]; files: (release: string) => ReadonlyMap<string, string> };

export function openCheckout(path: string): Checkout {
  const git = (...command: string[]): string =>
    execFileSync('git', ['-C', path, ...command], { encoding: 'utf8', maxBuffer: 64 << 20 });
  const read = new Map<string, ReadonlyMap<string, string>>();
  const tags = git('tag', '--list', 'v*').split('\n');
  return {
    releases: tags
      .filter(tag => /^v\d+\.\d+\.\d+$/.test(tag))
      .map(tag => tag.slice(1))
      .toSorted(compareReleases),
    files: release => {
      const paths = git('ls-tree', '-r', '--name-only', `v${release}`).split('\n').filter(isOfTheModule);
      const files =
        read.get(release) ?? new Map(paths.map(file => [file, git('show', `v${release}:${file}`)] as const));
      read.set(release, files);
      return files;
    },
  };
}

/** What Terraform reads of it: the root and its submodules, with their templates. */
const isOfTheModule = (path: string): boolean => /^(modules\/[^/]+\/|templates\/)?[^/]+\.(tf|tpl)$/.test(path);
