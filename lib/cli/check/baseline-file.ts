import { dirname, relative, resolve, sep } from 'node:path';
import type { Baseline } from '../../checker/baseline/baseline.ts';
import { diagnose, Refusal } from '../../diagnostics/index.ts';
import { placesOnly } from '../../report/places.ts';
import type { CheckFlags } from '../arguments/commands.ts';
import { reasonOf } from '../file-problem.ts';
import type { Host } from '../host.ts';
import { largestNamed, readBytes, realPath } from '../io.ts';
import { decode } from '../read-module.ts';
import { isMeant } from '../verify/read-input.ts';
import { writeFiles } from '../write-files.ts';

/** The file of a baseline. `bytes` are those it has now; `directory` is where modules are named from, links resolved. */
export type BaselineFile = {
  readonly path: string;
  readonly label: string;
  readonly directory: string;
  readonly bytes: Buffer | undefined;
  readonly entries: Baseline;
};

/** Reads the baseline that was named. One that is written for the first time need not be there. */
export const readBaseline = async (
  { baseline: label, writeBaseline: isWritten }: CheckFlags,
  { cwd }: Host,
  texts: Map<string, string>,
): Promise<BaselineFile | undefined> => {
  if (label === undefined) return undefined;
  const path = resolve(cwd, label);
  const bytes = readFile(path, label);
  if (bytes === undefined && !isWritten) throw unfit(label, 'it does not exist');
  const text = bytes && decode(bytes, label);
  if (text !== undefined) texts.set(label, (await isMeant(path, cwd)) ? text : placesOnly(text));
  const { parseBaseline } = await import('../../checker/baseline/text.ts');
  const entries = text === undefined ? [] : parseBaseline(label, text);
  const directory = (await realPath(dirname(path)).catch(() => undefined)) ?? dirname(path);
  return { path, label, directory, bytes, entries };
};

const readFile = (path: string, label: string): Buffer | undefined => {
  try {
    return readBytes(path, { most: largestNamed });
  } catch (error) {
    throw unfit(label, reasonOf(error));
  }
};

const unfit = (path: string, reason: string): Refusal => new Refusal(diagnose('TAE131', { path, reason }));

/** How a baseline calls a root module. */
export const moduleName = ({ directory }: BaselineFile, module: string): string =>
  relative(directory, module).split(sep).join('/') || '.';

export const writeBaseline = async ({ path, label, bytes }: BaselineFile, entries: Baseline): Promise<void> => {
  const { baselineText } = await import('../../checker/baseline/text.ts');
  const after = Buffer.from(baselineText(entries));
  if (bytes?.equals(after) !== true) {
    await writeFiles([{ path, label, before: bytes, after, directory: dirname(path) }]);
  }
};
