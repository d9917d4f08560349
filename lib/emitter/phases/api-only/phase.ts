import { modeIsDone, planMode, type ModeStep, modeUpdates, modeByHand, modePlan } from '../../mode.ts';
import type { Phase, PhaseRunbook, State } from '../../phase.ts';
import { lateValues } from '../../gates/late-values.ts';
import { planWithoutHost } from '../../gates/deferred.ts';
import { clustersHere } from '../../involved.ts';
import { clusterNames, modeGate } from '../../runbook/words.ts';

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
    ...clusterNames(state).flatMap(name => [
      modeGate(name, 'API_AND_CONFIG_MAP'),
      {
        what: 'Everybody who needs access has used it since phase 3, and the runner has an entry.',
        command: `aws eks list-access-entries --cluster-name ${name} --output text`,
        expect: 'the role that runs Terraform is among them',
      },
    ]),
    ...planWithoutHost(state, 'cluster').liveGates,
  ],
  plan: modePlan(state, [
    ...modeUpdates(clustersHere(state), 'updated in place, access_config.authentication_mode only'),
    ...lateValues(state),
  ]),
  verify: clusterNames(state).map(name => modeGate(name, 'API')),
  back: ['There is no way back: EKS does not return from API to a mode with the ConfigMap.'],
  permissions: ['eks:UpdateClusterConfig', 'eks:DescribeCluster', 'eks:DescribeUpdate'],
});
