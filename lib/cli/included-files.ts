import { dirname, join } from 'node:path';
import { isInside, type Tree } from './links.ts';

/**
 * The files that a unit of Terragrunt may include, as paths from its directory on, the nearest first: those that
 * `find_in_parent_folders` looks for, and those that a path names. None is outside of the tree.
 * Sources: terragrunt.gruntwork.io/docs/reference/hcl/blocks (include), .../functions (find_in_parent_folders)
 */
export const includedPaths = (text: string, directory: string, tree: Tree): readonly string[] => {
  if (!/^\s*include\b/m.test(text)) return [];
  const names = [...text.matchAll(/\bfind_in_parent_folders\(\s*(?:"([^"$%\\]+)")?\s*\)/g)].map(
    ([, name = 'terragrunt.hcl']) => name,
  );
  const literal = [...text.matchAll(/\bpath\s*=\s*"([^"$%\\]+)"/g)].map(([, path = '']) => path.replace(/^\.\//, ''));
  return [...names.flatMap(name => above(directory, tree).map(place => `${place}${name}`)), ...literal].filter(path =>
    isInside(tree.directory, join(directory, path)),
  );
};

/** `../`, `../../` and so on, up to the directory of the tree. */
const above = (directory: string, tree: Tree): readonly string[] => {
  const places: string[] = [];
  for (let at = dirname(directory); isInside(tree.directory, at) && at !== dirname(at); at = dirname(at))
    places.push('../'.repeat(places.length + 1));
  return places;
};
