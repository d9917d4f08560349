import { dirname, join, relative, sep } from 'node:path';
import { diagnose, Refusal } from '../diagnostics/index.ts';
import { FileProblem } from './file-problem.ts';
import { refusing } from './refusing.ts';
import { kindOfEntry, linkTarget, realPath } from './io.ts';

/** A directory that links may lead into. */
export type Tree = {
  /** Its real path. */
  readonly directory: string;
  readonly name: 'the root module' | 'its directory' | 'the repository' | 'the directory that is checked';
};

/**
 * The real path behind a link. One that leads out of the tree is refused: who puts a link into a repository can name by it any
 * file of the person who runs the tool.
 */
export const followLink = (path: string, label: string, tree: Tree): Promise<string> =>
  refusing('TAE002', label, async () => {
    const real = await realPath(path);
    if (real === undefined) throw new FileProblem('its symbolic link leads nowhere');
    if (isInside(tree.directory, real)) return real;
    throw new Refusal(diagnose('TAE003', { path: label, target: await linkTarget(path), tree: tree.name }));
  });

/** The repository around a directory, or else the tree that was given. */
export const repositoryOr = async (directory: string, tree: Tree): Promise<Tree> => {
  const root = await repositoryRoot(directory);
  return root === undefined ? tree : { directory: root, name: 'the repository' };
};

/** The directory above that holds `.git`, which is a file in a worktree. */
export const repositoryRoot = async (directory: string): Promise<string | undefined> => {
  for (let at = directory; ; at = dirname(at)) {
    if ((await kindOfEntry(`${at}${sep}.git`).catch(() => undefined)) !== undefined) return at;
    if (dirname(at) === at) return undefined;
  }
};

type Module = { readonly directory: string; readonly links: ReadonlyMap<string, string>; readonly top?: string };

/**
 * How `git apply` calls the files of a module: from the repository's root. Where there is none, from the module, or from `top`, the
 * directory above it and its callers.
 */
export const repositoryPaths = async ({
  directory,
  links,
  top = directory,
}: Module): Promise<(file: string) => string> => {
  const root = (await repositoryRoot(directory)) ?? top;
  return file =>
    relative(root, join(directory, links.get(file) ?? file))
      .split(sep)
      .join('/');
};

export const isInside = (directory: string, path: string): boolean =>
  path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
