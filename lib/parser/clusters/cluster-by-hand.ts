import type { Config } from '../../config/index.ts';
import type { RootModule } from '../../terraform/index.ts';
import type { ClusterByHand } from './cluster.ts';
import type { AwsAuthFile } from '../aws-auth/live/read-config-map.ts';
import { entriesOfClusterNamed } from '../entries/read-entries.ts';

/** The cluster that nothing of this directory makes and whose ConfigMap was given. None where the config does not name it. */
export const clusterByHand = (
  module: RootModule,
  { clusterName }: Config,
  awsAuth: AwsAuthFile | undefined,
): readonly ClusterByHand[] =>
  clusterName === undefined || awsAuth === undefined
    ? []
    : [
        {
          kind: 'by-hand',
          address: `cluster ${clusterName}`,
          label: clusterName,
          repetition: { kind: 'once' },
          version: { kind: 'unknown', reason: 'the cluster is not made here' },
          mode: { kind: 'elsewhere' },
          existing: entriesOfClusterNamed(module, clusterName),
          creatorAdmin: 'off',
          name: clusterName,
          standalone: true,
        },
      ];
