import { diagnose, firstOf, type Diagnostic } from './diagnostics/index.ts';
import { ignoresAwsAuth, readSource, titleOf, writersBeside, type CallerPlace, type Source } from './parser/index.ts';
import type { RootModule, Runtime } from './terraform/index.ts';
import { readWays } from './read-ways.ts';

/**
 * What stops the phases of a module because a root module that calls it writes aws-auth, too: no phase here moves rows that stand
 * there.
 */
export const sayWritersBeside = async (
  called: Source,
  module: RootModule,
  place: CallerPlace,
  files: ReadonlyMap<string, string>,
  runtime: Runtime,
): Promise<readonly Diagnostic[]> => {
  if (called.clusters.length === 0 || ignoresAwsAuth(called)) return [];
  const start = `${place.directory}/`;
  const own = new Map(
    [...files].flatMap(([path, text]) => (path.startsWith(start) ? [[path.slice(start.length), text]] : [])),
  );
  const { raw, elsewhere, wrappers } = await readWays(module, own, { runtime }, place.sources);
  const source = readSource(module, undefined, {}, { raw, elsewhere });
  return writersBeside(source, place, wrappers).map(({ address, range, who, isResource, byProvider }) =>
    diagnose(
      'TAE277',
      {
        writer: titleOf({ address, wrapper: { caller: place.label } }),
        caller: place.label,
        who: firstOf(who),
        isResource,
        byProvider,
      },
      range,
    ),
  );
};
