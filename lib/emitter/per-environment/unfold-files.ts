import { phaseVariable, withoutNumbers } from '../../parser/index.ts';
import { applyAll } from '../run-phases.ts';
import { unnumbered, writeNumber } from './numbers.ts';
import { declareVariable } from './variable.ts';
import { unfold, type Unfolding } from './unfold.ts';

type Files = ReadonlyMap<string, string>;

export type UnfoldedFiles = {
  readonly files: Files;
  /** What these files are without the variable. */
  readonly folded: Files;
  /** One line for each argument under the variable. */
  readonly changes: readonly string[];
};

/** The files with the variable; undefined where nothing differs between environments. `least`: the phase they all are at. */
export const unfoldFiles = (unfolding: Unfolding, files: Files, least: number): UnfoldedFiles | undefined => {
  const { source } = unfolding.entered;
  const unfolded = unfold(unfolding);
  const [beside] = [...source.mappings, ...source.clusters];
  if (unfolded.length === 0 || !beside) return undefined;
  const variable = declareVariable(source.module, beside.block, least, unfolding.begun.phased?.block);
  const number = unfolding.begun.phased?.fallback ?? least;
  const calls = unnumbered(unfolding.entered);
  const made = applyAll(files, [
    ...unfolded.flatMap(({ edits }) => edits),
    variable,
    ...calls.map(call => writeNumber(call, number)),
  ]);
  const without = applyAll(
    files,
    unfolded.flatMap(({ foldsTo = [] }) => foldsTo),
  );
  const before = new Map([...files, ...without, ...withoutNumbers(files, unfolding.entered.calls ?? [])]);
  return {
    files: made,
    folded: new Map([...made.keys()].flatMap(file => [[file, before.get(file) ?? ''] as const])),
    changes: [
      ...unfolded.map(({ change }) => change),
      ...calls.map(({ title }) => `${title}: ${phaseVariable} = ${number}`),
    ],
  };
};
