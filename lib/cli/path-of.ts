import { relative, resolve, sep } from 'node:path';
import type { FilePath } from '../report/output.ts';
import { isInside, repositoryRoot } from './links.ts';

/** What a file is called from the root of the repository, which is what SARIF and annotations count from. */
export const pathsOf = async (cwd: string): Promise<(file: string) => FilePath> => {
  const root = (await repositoryRoot(cwd)) ?? cwd;
  return file => {
    const path = resolve(cwd, file);
    const outside = !isInside(root, path);
    const own = (outside ? path : relative(root, path) || '.').split(sep).join('/');
    // A drive of Windows is below the root of a file URI.
    return { path: outside && !own.startsWith('/') ? `/${own}` : own, outside };
  };
};
