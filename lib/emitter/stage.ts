import type { Diagnostic } from '../diagnostics/index.ts';
import type { Phase, State } from './phase.ts';
import type { ReadRevision } from './read-back.ts';
import { runPhases } from './run-phases.ts';
import type { Staged } from './staged.ts';

export type { Revision, Staged, StagedPhase } from './staged.ts';

/** Makes the revisions: one for each phase, or one for all environments of the source. */
export const stage = async (
  phases: readonly Phase[],
  start: State,
  sources: ReadonlyMap<string, string>,
  found: readonly Diagnostic[],
  read: ReadRevision,
): Promise<Staged> => {
  if (start.phased || start.options.perEnvironment) {
    const { stageForEnvironments } = await import('./per-environment/stage.ts');
    return stageForEnvironments(phases, start, sources, found, read);
  }
  return (await runPhases(phases, start, sources, found, read)).staged;
};
