import { clustersHere } from '../../involved.ts';
import type { Phase, State } from '../../phase.ts';
import { callsOf } from './calls.ts';
import { planUpgrade, type ToV21 } from './plan.ts';
import { upgradeRunbook } from './runbook.ts';

/**
 * The module to version 21, where that was asked for, once aws-auth is out of the source: version 21 has no submodule for it.
 * Source: docs/UPGRADE-21.0.md of terraform-aws-modules/eks.
 */
export const upgradeToV21 = (start: State): Phase => {
  const first = planUpgrade(start);
  const planAt = (state: State): ToV21 => (state === start ? first : planUpgrade(state));
  return {
    id: 'upgrade-to-v21',
    title: 'Move the module to version 21',
    standsAlone: true,
    gates: [state => planAt(state).findings],
    isDone: state => callsOf(state).every(({ at }) => at === 'done'),
    plan: state => {
      const { edits, changes, findings, early, detaches } = planAt(state);
      return {
        edits,
        changes,
        findings: [...findings, ...early],
        runbook: upgradeRunbook(state, detaches),
        isElsewhere: clustersHere(state).length === 0,
      };
    },
  };
};
