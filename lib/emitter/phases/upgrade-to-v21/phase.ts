import { clustersHere } from '../../involved.ts';
import type { Phase } from '../../phase.ts';
import { upgradeRunbook } from './runbook.ts';

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
  isDone: state => state.v21?.callsOf(state).every(({ at }) => at === 'done') ?? true,
  edits: state => state.v21?.toV21(state).edits ?? [],
  changes: state => state.v21?.toV21(state).changes ?? [],
  refusals: state => {
    const own = state.v21?.toV21(state);
    return own ? [...own.findings, ...own.early] : [];
  },
  runbook: upgradeRunbook,
};
