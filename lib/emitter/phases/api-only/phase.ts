import { modeIsDone, planMode, type ModeStep } from '../../mode/plan.ts';
import type { Phase } from '../../phase.ts';
import { apiOnlyRunbook } from './runbook.ts';

const step: ModeStep = { mode: 'API', done: ['API'] };

/** The last step of the mode, which cannot be undone. Source: EKS user guide, setting-up-access-entries. */
export const apiOnly: Phase = {
  id: 'api-only',
  title: 'Leave access to the entries alone',
  needsEntries: true,
  gates: [],
  isDone: state => modeIsDone(state, step),
  plan: state => planMode(state, step, apiOnlyRunbook(state)),
};
