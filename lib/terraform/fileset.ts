import picomatch from 'picomatch/posix.js';
import type { Fileset, Scope } from './evaluate.ts';

/**
 * Which paths `fileset` lists for a pattern: `*`, `**`, `?`, `[a-z]` and `{a,b}`, files that begin with a dot among them.
 * Sources: developer.hashicorp.com/terraform/language/functions/fileset; github.com/bmatcuk/doublestar, README.md.
 */
export const filesetMatcher = (pattern: string): ((path: string) => boolean) =>
  picomatch(pattern, { dot: true, nonegate: true, noextglob: true });

/** The files that were given of those that a fileset lists, by their path from its directory on. */
export const givenFiles = ({ files }: Scope, { directory, pattern }: Fileset): ReadonlyMap<string, string> => {
  const matches = filesetMatcher(pattern);
  const prefix = directory === '' ? '' : `${directory}/`;
  return new Map(
    [...(files ?? [])]
      .filter(([path]) => path.startsWith(prefix) && matches(path.slice(prefix.length)))
      .map(([path, text]) => [path.slice(prefix.length), text]),
  );
};
