import { clustersHere, involvedClusters, modeIs, modeIsHere } from '../../involved.ts';
import { modeByHand, modeChanges, modeIsByHand, modePlan } from '../../mode/by-hand.ts';
import { modeUpdates, setMode } from '../../mode/set-mode.ts';
import type { Phase, State } from '../../phase.ts';
import { clusterNames, modeGate } from '../../runbook/words.ts';

/** The last step of the mode, which cannot be undone. Source: EKS user guide, setting-up-access-entries. */
export const apiOnly: Phase = {
  id: 'api-only',
  title: 'Leave access to the entries alone',
  concerns: modeIsHere,
  isByHand: modeIsByHand,
  isDone: state => involvedClusters(state).length > 0 && open(state).length === 0,
  edits: state => open(state).map(cluster => setMode(cluster, 'API')),
  changes: state => [
    ...open(state).map(({ address }) => `${address}: authentication_mode = "API"`),
    ...modeChanges(state, 'API'),
  ],
  runbook: state => ({
    ...modeByHand(state, 'API'),
    liveGates: clusterNames(state).flatMap(name => [
      modeGate(name, 'API_AND_CONFIG_MAP'),
      {
        what: 'Everybody who needs access has used it since phase 3, and the runner has an entry.',
        command: `aws eks list-access-entries --cluster-name ${name} --output text`,
        expect: 'the role that runs Terraform is among them',
      },
    ]),
    plan: modePlan(state, modeUpdates(clustersHere(state), 'updated in place, access_config.authentication_mode only')),
    verify: clusterNames(state).map(name => modeGate(name, 'API')),
    back: ['There is no way back: EKS does not return from API to a mode with the ConfigMap.'],
    permissions: ['eks:UpdateClusterConfig', 'eks:DescribeCluster', 'eks:DescribeUpdate'],
  }),
};

const open = (state: State): ReturnType<typeof clustersHere> =>
  clustersHere(state).filter(cluster => !modeIs(cluster, 'API'));
