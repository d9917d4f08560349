import { clustersHere, involvedClusters, modeIs, modeIsHere } from '../involved.ts';
import type { PhasePlan, PhaseRunbook, State } from '../phase.ts';
import { modeChanges, modeIsByHand } from './by-hand.ts';
import { setMode } from './set-mode.ts';

/** A phase that raises the mode: what it writes, and the modes with which it is done. */
export type ModeStep = { readonly mode: string; readonly done: readonly string[] };

const openClusters = (state: State, { done }: ModeStep): ReturnType<typeof clustersHere> =>
  clustersHere(state).filter(cluster => !modeIs(cluster, ...done));

export const modeIsDone = (state: State, step: ModeStep): boolean =>
  involvedClusters(state).length > 0 && openClusters(state, step).length === 0;

export const planMode = (state: State, step: ModeStep, runbook: PhaseRunbook): PhasePlan => {
  const open = openClusters(state, step);
  const { mode } = step;
  return {
    edits: open.map(cluster => setMode(cluster, mode)),
    changes: [...open.map(({ address }) => `${address}: authentication_mode = "${mode}"`), ...modeChanges(state, mode)],
    findings: [],
    runbook,
    isElsewhere: !modeIsHere(state),
    isByHand: modeIsByHand(state),
    isDecidedElsewhere: clustersHere(state).some(cluster => cluster.mode.kind === 'expression'),
  };
};
