import { clustersHere } from '../involved.ts';
import type { Phase } from '../phase.ts';
import { upgradeRunbook } from '../runbook/upgrade-to-v21.ts';
import { callsOf } from '../to-v21/calls.ts';
import { toV21 } from '../to-v21/upgrade.ts';

/**
 * The module to version 21, where that was asked for, once aws-auth is out of the source: version 21 has no submodule for it.
 * Source: docs/UPGRADE-21.0.md of terraform-aws-modules/eks.
 */
export const upgradeToV21: Phase = {
  id: 'upgrade-to-v21',
  title: 'Move the module to version 21',
  applies: ({ options: { to } }) => to === 'v21',
  standsAlone: true,
  concerns: state => clustersHere(state).length > 0,
  isDone: state => callsOf(state).every(({ at }) => at === 'done'),
  edits: state => toV21(state).edits,
  changes: state => toV21(state).changes,
  refusals: state => [...toV21(state).findings, ...toV21(state).early],
  runbook: upgradeRunbook,
};
