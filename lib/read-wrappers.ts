import { Refusal } from './diagnostics/index.ts';
import { readRawResources, readSource, type Wrapper } from './parser/index.ts';
import { localDirectory } from './terraform/local-source.ts';
import { blocksOf, readRootModule, callSource, type RootModule, type Runtime } from './terraform/index.ts';

/**
 * The local modules that a root module calls, by the text of `source`: those whose files are among `files`, under their paths from the
 * root module on. One that cannot be read is nobody's finding here: it is checked where it lies.
 */
export const readWrappers = async (
  module: RootModule,
  files: ReadonlyMap<string, string>,
  runtime: Runtime,
): Promise<ReadonlyMap<string, Wrapper>> => {
  const wrappers = new Map<string, Wrapper>();
  for (const block of blocksOf(module, 'module')) {
    const text = callSource(module, block) ?? '';
    const directory = localDirectory(text);
    if (directory === undefined || wrappers.has(text)) continue;
    const own = [...files].flatMap(([path, content]) =>
      path.startsWith(`${directory}/`) ? [[path.slice(directory.length + 1), content] as const] : [],
    );
    if (own.length === 0) continue;
    try {
      const read = await readRootModule(new Map(own), runtime);
      const source = readSource(read, undefined, {}, { raw: await readRawResources(read) });
      wrappers.set(text, { directory, source });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return wrappers;
};
