import type { Renames, SubmoduleRenames } from './rename-table.ts';
import { from19 } from './renames-from-19.ts';
import { from20 } from './renames-from-20.ts';

export type { Gone, SubmoduleRenames } from './rename-table.ts';

/** One per upgrade of a major version. */
export const renames: readonly Renames[] = [from19, from20];

const majorNumber = (version: string): number => Number(version.split('.')[0]);

/** What became of a submodule's names (undefined: the root module) between two major versions. */
export const findRenames = (from: number, to: number, submodule: string | undefined): SubmoduleRenames | undefined => {
  const name = submodule?.replace(/^modules\//, '') ?? '';
  return renames
    .find(table => majorNumber(table.from) === from && majorNumber(table.to) === to)
    ?.submodules.find(table => table.submodule === name);
};
