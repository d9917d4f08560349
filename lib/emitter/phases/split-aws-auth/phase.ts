import type { Phase, State } from '../../phase.ts';
import { labelFor, splits } from '../../splits.ts';
import { movedAddress } from '../../read-back.ts';
import { splitPlan } from './plan.ts';
import { refusals } from './refusals.ts';
import { splitAwsAuthRunbook } from './runbook.ts';

/**
 * From version 19 to 20: aws-auth leaves the eks call for one of the submodule, with its state. Nothing else is to change: what
 * version 20 would do by default is written as version 19 did it.
 * Source: docs/UPGRADE-20.0.md of terraform-aws-modules/eks.
 */
export const splitAwsAuth = (start: State): Phase => {
  const split = splitPlan(start);
  return {
    id: 'split-aws-auth',
    title: 'Move aws-auth out of the eks module, and the module to version 20',
    gates: [state => refusals(state, split)],
    isDone: state => splits(state).length === 0,
    plan: state => ({
      edits: split.edits,
      changes: split.changes,
      findings: [],
      adds: [
        ...splits(state).map(each => `module.${labelFor(state.source.module, each)}`),
        ...split.moves.map(({ to }) => movedAddress(to)),
      ],
      runbook: splitAwsAuthRunbook(state, split.moves),
    }),
  };
};
