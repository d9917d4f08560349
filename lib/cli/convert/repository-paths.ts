import { join, relative, sep } from 'node:path';
import { repositoryRoot } from '../links.ts';
import type { ModuleSource } from '../read-module.ts';

/** How `git apply` calls the files of a module: from the repository's root, or from the module where there is none. */
export const repositoryPaths = async ({ directory, links }: ModuleSource): Promise<(file: string) => string> => {
  const root = (await repositoryRoot(directory)) ?? directory;
  return file =>
    relative(root, join(directory, links.get(file) ?? file))
      .split(sep)
      .join('/');
};
