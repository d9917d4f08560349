import { resolve } from 'node:path';
import {
  baselineOf,
  compareBaseline,
  merged,
  type BaselineEntry,
  type Compared,
  type Placed,
} from '../../checker/baseline/baseline.ts';
import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import type { Finding } from '../../report/output.ts';
import { isInside } from '../links.ts';
import { moduleName, writeBaseline, type BaselineFile } from './baseline-file.ts';
import type { CheckedModule } from './check-module.ts';

/** What this run has looked at: the modules, and the directories below which there are no others. */
export type Looked = { readonly checked: readonly CheckedModule[]; readonly walked: readonly string[] };

/** Tells what is new from what the baseline has. What stops the run is in no baseline. */
export const applyBaseline = (file: BaselineFile, looked: Looked): Compared<Finding> => {
  const { fresh, known, stale } = compareBaseline(placedIn(file, looked), file.entries);
  return { fresh, known, stale: stale.filter(isJudged(file, looked)) };
};

/** Writes what is found and `asked` for into the baseline, and keeps what this run says nothing about. */
export const renewBaseline = async (
  file: BaselineFile,
  looked: Looked,
  asked: (finding: Finding) => boolean,
): Promise<BaselineFile> => {
  const judged = isJudged(file, looked);
  const kept = file.entries.filter(entry => !judged(entry));
  const found = baselineOf(placedIn(file, looked).filter(({ item }) => asked(item)));
  const entries = merged([...kept, ...found]);
  await writeBaseline(file, entries);
  return { ...file, entries };
};

export const staleNotes = ({ label }: BaselineFile, stale: readonly BaselineEntry[]): readonly Diagnostic[] =>
  stale.map(({ code, subject, module, count }) => {
    const times = count === 1 ? '' : `${count} times `;
    const what = `${times}${code} in ${module}${subject === '' ? '' : ` (${subject})`}`;
    return diagnose('TAE132', { path: label, what }, { file: label, start: 0, end: 0 });
  });

const placedIn = (file: BaselineFile, { checked }: Looked): readonly Placed<Finding>[] =>
  checked.flatMap(({ directory, findings, isComplete }) =>
    isComplete
      ? findings.map(item => ({ module: moduleName(file, directory), diagnostic: item.diagnostic, item }))
      : [],
  );

/** Whether this run would have found what an entry stands for: a hook sees a part of the root modules only. */
const isJudged = (file: BaselineFile, { checked, walked }: Looked): ((entry: BaselineEntry) => boolean) => {
  const complete = new Map(checked.map(({ directory, isComplete }) => [moduleName(file, directory), isComplete]));
  return ({ module }) =>
    complete.get(module) ?? walked.some(directory => isInside(directory, resolve(file.directory, module)));
};
