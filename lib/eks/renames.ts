import type { SubmoduleRenames } from './rename-table.ts';
import { from19 } from './renames-from-19.ts';
import { from20 } from './renames-from-20.ts';

export { adviceBeside, type Gone } from './rename-table.ts';

export type RenameTable = Required<SubmoduleRenames>;

/** One per upgrade of a major version. */
export const renames = [from19, from20].map(({ submodules, ...releases }) => ({
  ...releases,
  submodules: submodules.map((table): RenameTable => ({
    inputs: {},
    outputs: {},
    goneInputs: {},
    goneOutputs: {},
    ...table,
  })),
}));

/** What became of a submodule's names (undefined: the root module) between two major versions. */
export const findRenames = (from: number, to: number, submodule: string | undefined): RenameTable | undefined => {
  const name = submodule?.replace(/^modules\//, '') ?? '';
  const table = renames.find(one => one.from.startsWith(`${from}.`) && one.to.startsWith(`${to}.`));
  return table?.submodules.find(one => one.submodule === name);
};
