import { dirname, join } from 'node:path';
import type { Conversion } from '../convert.ts';
import { diagnose, type Diagnostic } from '../diagnostics/index.ts';
import { linkTarget } from './io.ts';
import { isInside } from './links.ts';
import { isOfCaller } from './module-files.ts';
import type { ModuleSource } from './read-module.ts';

type Outcome = { readonly diagnostics: Diagnostic[]; result?: Conversion };

/** Says what came out; or, where a phase edits what callers share, that alone. */
export const unlessShared = async <Run extends Outcome>(
  run: Run,
  source: ModuleSource,
  result: Conversion,
): Promise<Run> => {
  const shared = await sharedFiles(source, result.edited ?? []);
  run.diagnostics.push(...(shared.length > 0 ? shared : result.diagnostics));
  if (shared.length > 0) delete run.result;
  return run;
};

/**
 * The files of callers that a phase edits and that are links out of the directory of their caller. Two callers may share what is behind
 * them: the edit for one would be there for the other, whose cluster would get entries for rows that it does not have.
 */
const sharedFiles = async (
  { directory, label, links }: ModuleSource,
  edited: Iterable<string>,
): Promise<readonly Diagnostic[]> => {
  const found: Diagnostic[] = [];
  for (const file of edited) {
    const behind = links.get(file);
    if (behind === undefined || !isOfCaller(file)) continue;
    const path = join(directory, file);
    if (isInside(dirname(path), join(directory, behind))) continue;
    const target = await linkTarget(path);
    found.push(diagnose('TAE003', { path: join(label, file), target, tree: 'the root module' }));
  }
  return found;
};
