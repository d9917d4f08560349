import { diagnose, firstOf, type Diagnostic, type PhaseId } from '../../diagnostics/index.ts';
import { lastNumber } from '../../parser/phase-variable/index.ts';
import type { ModuleRun } from '../run-module.ts';

/**
 * Whether the variable can go: after that the source has one phase, the last, for all environments. Which there are, only a person can
 * say: the files that are named, or their word.
 */
export const environmentProblems = (
  { result, environments: files, variableFiles }: ModuleRun,
  phase: PhaseId,
  { acceptUnverified }: { readonly acceptUnverified: boolean },
): readonly Diagnostic[] => {
  if (phase !== 'clean-up' || !result?.state?.phased) return [];
  const { environments = [] } = result.report;
  // What gives the number of a call is looked at by a person; a file that was named has to tell.
  const behind = environments.filter(
    ({ phase: at, call }) => at !== lastNumber && !(acceptUnverified && at === null && call !== undefined),
  );
  if (behind.length > 0) {
    const named = behind.map(
      ({ file, call, phase: at, given }) => `${call ?? file} is at ${at ?? given ?? 'no known phase'}`,
    );
    const isKnown = behind.some(({ phase: at, call }) => at !== null || call === undefined);
    return [diagnose('TAE264', { reason: firstOf(named), isKnown })];
  }
  const [low] = environments.flatMap(({ file, call, modes = [] }) =>
    modes
      .filter(({ mode }) => mode !== 'API' && !(acceptUnverified && mode === null))
      .map(({ cluster, mode }) => ({
        reason: `the mode of ${cluster} is ${mode ?? 'not known'} by the values of ${call ?? file}, and not API`,
        isKnown: mode !== null,
      })),
  );
  if (low !== undefined) return [diagnose('TAE264', low)];
  // What Terraform loads by itself in the root module says nothing of the environments whose files it loads besides.
  const isTold = ({ call, file }: (typeof environments)[number]): boolean =>
    call !== undefined || variableFiles?.has(file) === true;
  if ((files?.size ?? 0) > 0 || environments.some(isTold) || acceptUnverified) return [];
  return [
    diagnose('TAE264', {
      reason: 'no environment is named, so that it is not known whether all of them are at 4',
      isKnown: false,
    }),
  ];
};
