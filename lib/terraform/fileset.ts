import picomatch from 'picomatch/posix.js';

/**
 * Which paths `fileset` lists for a pattern: `*`, `**`, `?`, `[a-z]` and `{a,b}`, files that begin with a dot among them.
 * Sources: developer.hashicorp.com/terraform/language/functions/fileset; github.com/bmatcuk/doublestar, README.md.
 */
export const filesetMatcher = (pattern: string): ((path: string) => boolean) =>
  picomatch(pattern, { dot: true, nonegate: true, noextglob: true });
