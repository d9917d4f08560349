import { clustersHere } from '../../involved.ts';
import type { Phase, State } from '../../phase.ts';
import { callsOf } from './calls.ts';
import { planUpgrade, tooEarly } from './plan.ts';
import { upgradeRunbook } from './runbook.ts';

/**
 * The module to version 21, where that was asked for, once aws-auth is out of the source: version 21 has no submodule for it.
 * Source: docs/UPGRADE-21.0.md of terraform-aws-modules/eks.
 */
export const upgradeToV21 = (start: State): Phase => {
  const first = planUpgrade(start);
  const planAt = (state: State): typeof first => (state === start ? first : planUpgrade(state));
  return {
    id: 'upgrade-to-v21',
    title: 'Move the module to version 21',
    standsAlone: true,
    gates: [state => planAt(state).findings],
    isDone: state => callsOf(state).every(({ at }) => at === 'done'),
    plan: state => {
      const { edits, changes, findings } = planAt(state);
      return {
        edits,
        changes,
        findings: [...findings, ...tooEarly(state)],
        runbook: upgradeRunbook(state),
        isElsewhere: clustersHere(state).length === 0,
      };
    },
  };
};
