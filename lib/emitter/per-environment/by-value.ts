import type { PhaseId } from '../../diagnostics/index.ts';
import { phaseVariable } from '../../parser/index.ts';
import type { Phase, State } from '../phase.ts';
import type { StagedPhase } from '../staged.ts';

/** The phases that an environment reaches by a value of the variable, from 1 on. */
export const phasesByValue: readonly PhaseId[] = ['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only'];

/** The phase that the source is at for all environments; 0 before the first. */
export const phaseReached = (phases: readonly Phase[], state: State): number => {
  if (state.phased) return state.phased.least;
  const open = phases.findIndex(phase => !phase.isDone(state));
  return open === -1 ? phasesByValue.length : open;
};

/** How the report tells them: the source changes no more, and each environment sets the number. */
export const reachedByValue = (staged: readonly StagedPhase[], least: number): readonly StagedPhase[] =>
  phasesByValue.flatMap((id, index): readonly StagedPhase[] => {
    const number = index + 1;
    const found =
      staged.find(({ phase, runbook }) => phase.id === id && runbook) ?? staged.find(one => one.phase.id === id);
    if (!found) return [];
    if (number <= least) return [{ phase: found.phase, status: 'done', changes: [], blockedBy: [] }];
    return [{ ...found, status: 'nothing-to-change', changes: [`${phaseVariable} = ${number}`], blockedBy: [] }];
  });
