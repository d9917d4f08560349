import { resolve } from 'node:path';
import { compareBaseline, entryOf, merged, type BaselineEntry } from '../../checker/baseline/baseline.ts';
import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import type { Finding } from '../../report/output.ts';
import { isInside } from '../links.ts';
import { moduleName, writeBaseline, type BaselineFile } from './baseline-file.ts';
import type { CheckedModule } from './check-module.ts';

/** What this run has looked at: the modules, and the directories below which there are no others. */
export type Looked = { readonly checked: readonly CheckedModule[]; readonly walked: readonly string[] };

/** Finds what the baseline has, and what of it is gone. What stops the run is in no baseline. */
export const applyBaseline = (file: BaselineFile, looked: Looked) => {
  const { known, stale } = compareBaseline(entriesIn(file, looked), file.entries);
  return { known: known.map(({ finding }) => finding), stale: stale.filter(isJudged(file, looked)) };
};

/** Writes what is found and `asked` for into the baseline, and keeps what this run says nothing about. */
export const renewBaseline = async (
  file: BaselineFile,
  looked: Looked,
  asked: (finding: Finding) => boolean,
): Promise<BaselineFile> => {
  const judged = isJudged(file, looked);
  const kept = file.entries.filter(entry => !judged(entry));
  const found = entriesIn(file, looked).filter(({ finding }) => asked(finding));
  const entries = merged([...kept, ...found.map(({ entry }) => entry)]);
  await writeBaseline(file, entries);
  return { ...file, entries };
};

export const staleNotes = ({ label }: BaselineFile, stale: readonly BaselineEntry[]): readonly Diagnostic[] =>
  stale.map(({ code, subject, module, count }) => {
    const times = count === 1 ? '' : `${count} times `;
    const what = `${times}${code} in ${module}${subject === '' ? '' : ` (${subject})`}`;
    return diagnose('TAE132', { path: label, what }, { file: label, start: 0, end: 0 });
  });

type Entered = { readonly entry: BaselineEntry; readonly finding: Finding };

const entriesIn = (file: BaselineFile, { checked }: Looked): readonly Entered[] =>
  checked
    .filter(({ isComplete }) => isComplete)
    .flatMap(({ directory, findings }) => {
      const module = moduleName(file, directory);
      return findings.map(finding => ({ entry: entryOf(module, finding.diagnostic), finding }));
    });

/** Whether this run would have found what an entry stands for: a hook sees a part of the root modules only. */
const isJudged = (file: BaselineFile, { checked, walked }: Looked): ((entry: BaselineEntry) => boolean) => {
  const complete = new Map(checked.map(({ directory, isComplete }) => [moduleName(file, directory), isComplete]));
  return ({ module }) =>
    complete.get(module) ?? walked.some(directory => isInside(directory, resolve(file.directory, module)));
};
