import picomatch from 'picomatch/posix.js';
import type { Fileset, Scope } from './evaluate.ts';

/**
 * Which paths `fileset` lists for a pattern: `*`, `**`, `?`, `[a-z]` and `{a,b}`, files that begin with a dot among them.
 * Sources: developer.hashicorp.com/terraform/language/functions/fileset; github.com/bmatcuk/doublestar, README.md.
 */
export const filesetMatcher = (pattern: string): ((path: string) => boolean) =>
  picomatch(simplified(pattern), { dot: true, nonegate: true, noextglob: true });

/**
 * A regular expression of many stars takes years for a long name. Nobody writes so many, so such a pattern may list more here than it does
 * to Terraform, and never less.
 */
const simplified = (pattern: string): string => {
  const parts = pattern.split('/');
  if (parts.reduce((sum, part) => sum + (part === '**' ? 1 : stars(part)), 0) <= 3) return pattern;
  const simple = parts.map(part => (part !== '**' && stars(part) > 1 ? fewerStars(part) : part));
  const first = simple.indexOf('**');
  const last = simple.lastIndexOf('**');
  return (first < last ? [...simple.slice(0, first), '**', ...simple.slice(last + 1)] : simple).join('/');
};

const stars = (part: string): number => part.split('*').length - 1;

/** Braces and brackets may have stars in them. */
const fewerStars = (part: string): string =>
  /[[\]{}\\]/.test(part) ? '*' : `${part.slice(0, part.indexOf('*'))}*${part.slice(part.lastIndexOf('*') + 1)}`;

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
