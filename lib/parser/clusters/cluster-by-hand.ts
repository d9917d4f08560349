import type { Config } from '../../config/index.ts';
import type { RootModule } from '../../terraform/index.ts';
import type { Cluster } from './cluster.ts';
import type { AwsAuthFile } from '../aws-auth/live/index.ts';
import { standaloneEntriesOf } from '../entries/standalone-entries.ts';

/**
 * The cluster that no call of this directory makes and whose ConfigMap was given: its name is all that is known. Its call is empty
 * and stands nowhere, so nothing of it can be edited. None where the config does not name it.
 */
export const clusterByHand = (
  module: RootModule,
  { clusterName }: Config,
  awsAuth: AwsAuthFile | undefined,
): readonly Cluster[] => {
  if (clusterName === undefined || awsAuth === undefined) return [];
  const { file, text } = awsAuth;
  const range = { file, start: 0, end: 0 };
  const body = { items: [], range };
  return [
    {
      call: {
        address: `cluster ${clusterName}`,
        label: clusterName,
        block: {
          kind: 'block',
          type: 'module',
          labels: [clusterName],
          body,
          range,
          headerRange: range,
          in: { file, text, body, comments: [] },
        },
        source: { kind: 'other', name: '' },
        fork: false,
      },
      repetition: { kind: 'once' },
      version: { kind: 'unknown', reason: 'the cluster is not made here' },
      mode: { kind: 'elsewhere' },
      existing: { ...standaloneEntriesOf(module, clusterName), unread: [] },
      creatorAdmin: 'off',
      name: clusterName,
      standalone: true,
      elsewhere: true,
    },
  ];
};
