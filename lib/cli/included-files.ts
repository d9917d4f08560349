import { dirname, join } from 'node:path';
import { isAutoLoaded } from '../terraform/auto-loaded.ts';
import { autoIncluded, computedIncludes, directoryOf, mayName, possiblePaths } from '../terraform/terragrunt-paths.ts';
import { listDirectory, readBytes } from './io.ts';
import { followLink, isInside, repositoryOr, type Tree } from './links.ts';

/**
 * The files that say more of a unit of Terragrunt, by their paths from its directory on: those that it includes, and those of values, its
 * own and those that it or an included file names. None is outside of the tree. `read` gives nothing for what cannot be read.
 */
export const filesOfUnit = async (
  text: string,
  directory: string,
  tree: Tree,
  read: (path: string) => Promise<string | undefined>,
): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>();
  const ways = above(directory, tree);
  const add = async (paths: readonly string[]): Promise<void> => {
    for (const path of paths) {
      const isKnown = found.has(path) || !isInside(tree.directory, join(directory, path));
      const more = isKnown ? undefined : await read(path);
      if (more !== undefined) found.set(path, more);
    }
  };
  const namedIn = (one: string, parent?: string): readonly string[] =>
    mayName(one, parent).flatMap(named => possiblePaths(named, ways));
  const own = (await listDirectory(directory).catch(() => [])).map(({ name }) => name);
  await add([...own.filter(name => name === autoIncluded || isAutoLoaded(name)), ...namedIn(text)]);
  const included = [...found].filter(([path]) => path.endsWith('.hcl'));
  for (const [path, more] of included) await add(namedIn(more, directoryOf(path)));
  return found;
};

/** A text that may have the source of a unit, and the directory that it lies in. `isPartial`: so may a file that nobody finds here. */
type SourceText = { readonly text: string; readonly directory: string; readonly isPartial?: boolean };

/**
 * Where the source of a unit is to be looked for: in its own text, and without one there in the files that it includes. What cannot be
 * read says nothing here; who reads it in earnest says so.
 */
export const sourceTexts = async (text: string, directory: string, tree: Tree): Promise<readonly SourceText[]> => {
  if (hasOwnSource(text)) return [{ text, directory }];
  const included = await includedTexts(text, directory, tree);
  if (included === undefined) return [{ text, directory }];
  const found = [...included].filter(([, more]) => hasOwnSource(more));
  const isFound = (end: string): boolean => end !== '' && [...included.keys()].some(path => `/${path}`.endsWith(end));
  return [
    { text, directory, isPartial: found.length === 0 && !computedIncludes(text).every(isFound) },
    ...found.map(([path, more]) => ({ text: more, directory: dirname(join(directory, path)) })),
  ];
};

/** The files that a unit includes, by their paths from its directory on, as far as they can be read; undefined where it includes none. */
export const includedTexts = async (
  text: string,
  directory: string,
  tree: Tree,
): Promise<ReadonlyMap<string, string> | undefined> => {
  if (!/^\s*include\b/m.test(text)) return undefined;
  const around = await repositoryOr(directory, tree);
  const read = async (path: string): Promise<string | undefined> => {
    const real = await followLink(join(directory, path), path, around).catch(() => undefined);
    return real === undefined || !path.endsWith('.hcl') ? undefined : readBytes(real)?.toString('utf8');
  };
  return filesOfUnit(text, directory, around, path => read(path).catch(() => undefined));
};

/** Whether a file of Terragrunt has a `terraform` block with a source: a file that a unit includes need not have one. */
export const hasOwnSource = (text: string): boolean => ownSource.test(text);

const braces = (inner: string): string => String.raw`(?:[^{}]|\{${inner}\})*?`;
const ownSource = new RegExp(String.raw`^[ \t]*terraform\s*\{${braces(braces(braces('[^{}]*')))}\bsource\s*=`, 'm');

/** `../`, `../../` and so on, up to the directory of the tree. */
const above = (directory: string, tree: Tree): readonly string[] => {
  const places: string[] = [];
  for (let at = dirname(directory); isInside(tree.directory, at) && at !== dirname(at); at = dirname(at))
    places.push('../'.repeat(places.length + 1));
  return places;
};
