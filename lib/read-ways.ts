import {
  handsOverRows,
  readRawResources,
  readRoutes,
  rowsForWrappers,
  rowsPutOut,
  type RawResource,
  type RowsElsewhere,
  type Wrapper,
} from './parser/index.ts';
import { readFileAlone, type RootModule, type Runtime } from './terraform/index.ts';
import { readWrappers } from './read-wrappers.ts';

/** The ways by which rows come into aws-auth from a directory, but for calls of the eks module. */
export type Ways = {
  /** The resources that write aws-auth themselves. */
  readonly raw: readonly RawResource[];
  readonly elsewhere: readonly RowsElsewhere[];
  /** The local modules it calls, as far as they were read, by the text of `source`. */
  readonly wrappers: ReadonlyMap<string, Wrapper>;
};

/**
 * `files` are by their path from the directory on. `directory`: how commands name it. `judged`: the texts of `source` of the module that is converted, where the directory is
 * one of its callers: what it is handed, as the inputs of a unit are, is its own matter.
 */
export const readWays = async (
  module: RootModule,
  files: ReadonlyMap<string, string>,
  { runtime, directory }: { readonly runtime: Runtime; readonly directory?: string },
  judged?: readonly string[],
): Promise<Ways> => {
  const raw = await readRawResources(module);
  const terragrunt = await Promise.all(
    (judged ? [] : [...files])
      .filter(one => handsOverRows(...one))
      .map(([path, text]) => readFileAlone(path, text, files, runtime)),
  );
  const wrappers = await readWrappers(module, files, runtime);
  const wrapped = rowsForWrappers(module, wrappers, directory);
  // Of a unit of Terragrunt the inputs are said once, by the module that takes them.
  const routes = (await readRoutes(module, terragrunt, new Set([...wrappers.keys(), ...(judged ?? [])]))).filter(
    ({ address }) => !wrapped.some(other => other.address === address),
  );
  return { raw, elsewhere: [...routes, ...wrapped, ...rowsPutOut(module)], wrappers };
};
