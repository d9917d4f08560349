import type { Phase } from '../../phase.ts';
import { splitAwsAuthRunbook } from './runbook.ts';
import { splits } from '../../splits.ts';

/**
 * From version 19 to 20: aws-auth leaves the eks call for one of the submodule, with its state. Nothing else is to change: what
 * version 20 would do by default is written as version 19 did it.
 * Source: docs/UPGRADE-20.0.md of terraform-aws-modules/eks.
 */
export const splitAwsAuth: Phase = {
  id: 'split-aws-auth',
  title: 'Move aws-auth out of the eks module, and the module to version 20',
  applies: state => splits(state).length > 0,
  isDone: state => splits(state).length === 0,
  edits: state => state.split?.splitPlan(state).edits ?? [],
  changes: state => state.split?.splitPlan(state).changes ?? [],
  runbook: splitAwsAuthRunbook,
};
