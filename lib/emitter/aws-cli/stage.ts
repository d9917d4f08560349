import type { Diagnostic } from '../../diagnostics/index.ts';
import type { State } from '../phase.ts';
import { stopping, type Staged, type StagedPhase } from '../stage.ts';
import { scriptPhases } from './phases.ts';

/**
 * The phases as a script does them. No file of the source changes. Which phases are done only the cluster tells, so the script asks
 * it, and each phase is ready that nothing blocks.
 */
export const stageScripts = (state: State, found: readonly Diagnostic[]): Staged => {
  const { mappings, live } = state.source;
  const isUnknown = mappings.length === 0 && live === undefined;
  const phases = scriptPhases.map(({ phase, runbook: runbookOf, changes }): StagedPhase => {
    const blockedBy = stopping(found, phase.id);
    const runbook = runbookOf(state);
    if (blockedBy.length > 0) return { phase, status: 'blocked', changes: [], blockedBy, runbook };
    if (isUnknown) return { phase, status: 'nothing-to-change', changes: [], blockedBy: [], runbook };
    return { phase, status: 'ready', changes: changes(state), blockedBy: [], runbook };
  });
  return { sourcePhase: undefined, revisions: [], phases, remarks: [] };
};
