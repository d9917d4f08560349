import { modeIsDone, planMode, type ModeStep, modeUpdates, modeByHand, modePlan } from '../../mode.ts';
import type { Phase, PhaseRunbook, State } from '../../phase.ts';
import { lateValues } from '../../gates/late-values.ts';
import { planWithoutHost } from '../../gates/deferred.ts';
import { clustersHere } from '../../involved.ts';
import type { LiveGate } from '../../runbook/live-gate.ts';
import { callerGate, modeGate, newRowsGate, usedGate } from '../../runbook/live-gates.ts';
import { namedClusters } from '../../runbook/named-clusters.ts';

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

export const apiOnlyRunbook = (state: State): PhaseRunbook => ({
  ...modeByHand(state, 'API'),
  ...planWithoutHost(state, 'cluster'),
  liveGates: [
    ...namedClusters(state).flatMap((on): readonly LiveGate[] => [
      modeGate(on, 'API_AND_CONFIG_MAP'),
      callerGate(on, 'Whoever runs this has an admin entry: rows let nobody in any more'),
      newRowsGate(on),
      usedGate(on),
    ]),
    ...planWithoutHost(state, 'cluster').liveGates,
  ],
  plan: modePlan(state, [
    ...modeUpdates(clustersHere(state), 'updated in place, access_config.authentication_mode only'),
    ...lateValues(state),
  ]),
  verify: namedClusters(state).map(on => modeGate(on, 'API')),
  back: [],
  permissions: ['eks:UpdateClusterConfig', 'eks:DescribeCluster', 'eks:DescribeUpdate'],
});
