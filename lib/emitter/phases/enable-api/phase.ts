import { modeIsDone, planMode, type ModeStep } from '../../mode/plan.ts';
import type { Phase } from '../../phase.ts';
import { mode } from './mode-gate.ts';
import { releaseGate } from './release-gate.ts';
import { enableApiRunbook } from './runbook.ts';

const step: ModeStep = { mode: 'API_AND_CONFIG_MAP', done: ['API_AND_CONFIG_MAP', 'API'] };

/**
 * The mode gains the API. From version 20 on that is the module's default; it is written all the same, so that no later default
 * decides. Source: EKS user guide, setting-up-access-entries.
 */
export const enableApi: Phase = {
  id: 'enable-api',
  title: 'Let the cluster accept access entries beside aws-auth',
  gates: [releaseGate, mode],
  isDone: state => modeIsDone(state, step),
  plan: state => planMode(state, step, enableApiRunbook(state)),
};
