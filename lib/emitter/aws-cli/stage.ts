import type { Diagnostic } from '../../diagnostics/index.ts';
import type { State, Phase, PhaseRunbook } from '../phase.ts';
import { stopping, type Staged, type StagedPhase } from '../stage.ts';
import { addAccessEntries } from '../phases/add-access-entries/phase.ts';
import { apiOnly } from '../phases/api-only/phase.ts';
import { enableApi } from '../phases/enable-api/phase.ts';
import { removeAwsAuth } from '../phases/remove-aws-auth/phase.ts';
import { involvedClusters } from '../involved.ts';
import { addEntriesByScript, apiOnlyByScript, enableApiByScript, removeAwsAuthByScript } from './runbook.ts';

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

/** A phase of the script: it changes no file, and only the cluster tells whether it is done. */
export type ScriptPhase = {
  readonly phase: Pick<Phase, 'id' | 'title'>;
  readonly runbook: (state: State) => PhaseRunbook;
  readonly changes: (state: State) => readonly string[];
};

const forEach =
  (words: string) =>
  (state: State): readonly string[] =>
    involvedClusters(state).map(({ address }) => `${address}: ${words}`);

const entryChanges = ({ transformed }: State): readonly string[] =>
  transformed.flatMap(({ entries }) => entries.map(({ principalArn = '', type }) => `${principalArn} (${type})`));

/** Nothing of the source goes, so there is no `clean-up`. */
const scriptPhases: readonly ScriptPhase[] = [
  { phase: enableApi, runbook: enableApiByScript, changes: forEach('mode API_AND_CONFIG_MAP') },
  { phase: addAccessEntries, runbook: addEntriesByScript, changes: entryChanges },
  {
    phase: removeAwsAuth,
    runbook: removeAwsAuthByScript,
    changes: forEach('ConfigMap aws-auth checked, emptied by hand'),
  },
  { phase: apiOnly, runbook: apiOnlyByScript, changes: forEach('mode API') },
];
