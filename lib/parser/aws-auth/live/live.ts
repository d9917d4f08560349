import type { Config } from '../../../config/index.ts';
import { diagnose, Refusal, type Diagnostic, type Range } from '../../../diagnostics/index.ts';
import { stringOf, type RootModule, type Value } from '../../../terraform/index.ts';
import { headerOf, modeIsApi, type Cluster } from '../../clusters/cluster.ts';
import type { AwsAuthFile } from './read-config-map.ts';
import type { AwsAuthRow } from './aws-auth.ts';
import type { Row, RowList } from '../row.ts';
import { readGivenRows } from '../rows.ts';

/** The live ConfigMap aws-auth and the cluster it is of. Its rows are literals: the ConfigMap knows no expressions. */
export type Live = {
  readonly file: string;
  readonly text: string;
  readonly cluster: Cluster;
  readonly rows: readonly Row[];
  readonly diagnostics: readonly Diagnostic[];
};

/** What stands for the ConfigMap where the config pairs it with a cluster. */
export const configMapName = 'config-map';

/** Undefined in a module without a cluster, which is refused for that. */
export const readLive = (
  module: RootModule,
  given: AwsAuthFile,
  clusters: readonly Cluster[],
  pair: Config['pair'],
): Live | undefined => {
  const cluster = clusterOf(clusters, pair?.[configMapName]);
  if (cluster === undefined) return undefined;
  const { file, text } = given;
  return {
    file,
    text,
    cluster,
    rows: rowsOf(module, given),
    diagnostics: modeIsApi(cluster) ? [] : unreadParts(given),
  };
};

/** A ConfigMap does not say which cluster it is of. */
const clusterOf = (clusters: readonly Cluster[], stated: string | undefined): Cluster | undefined => {
  const cluster = stated === undefined ? clusters[0] : clusters.find(({ address }) => address === stated);
  if (stated !== undefined && cluster === undefined) {
    throw new Refusal(diagnose('TAE104', { key: 'pair', value: stated }));
  }
  if (stated === undefined && clusters.length > 1) {
    throw new Refusal(diagnose('TAE120', { clusters: clusters.map(({ address }) => address).join(', ') }));
  }
  if (cluster?.repetition.kind === 'many') {
    const { address, repetition } = cluster;
    throw new Refusal(diagnose('TAE121', { call: address, argument: repetition.argument }, headerOf(cluster)));
  }
  return cluster;
};

const rowsOf = (module: RootModule, { text, awsAuth, placeOf }: AwsAuthFile): readonly Row[] => {
  const read = (list: RowList, argument: string, index: number, range: Range, value: Value): readonly Row[] =>
    (readGivenRows(module, { list, argument, range }, { kind: 'list', items: [value] }) ?? []).map(row => ({
      ...row,
      index,
      live: true,
    }));
  return [
    ...awsAuth.rows.flatMap(row =>
      read(
        row.list === 'mapRoles' ? 'roles' : 'users',
        row.list,
        row.index,
        placeOf(row.list, row.index),
        valueOf(row),
      ),
    ),
    ...awsAuth.accounts.flatMap((account, index) =>
      read('accounts', 'mapAccounts', index, accountPlace(text, placeOf, account), stringOf(account)),
    ),
  ];
};

/** What is empty is left out: an empty username is none, and nothing can be bound to a group without a name. */
const valueOf = ({ list, arn, username, groups }: AwsAuthRow): Value => {
  const named = groups.filter(group => group !== '').map(stringOf);
  return {
    kind: 'object',
    entries: new Map<string, Value>([
      [list === 'mapRoles' ? 'rolearn' : 'userarn', stringOf(arn)],
      ...(username === '' ? [] : [['username', stringOf(username)] as const]),
      ['groups', { kind: 'list', items: named }],
    ]),
  };
};

/** The first item that is the account: the authenticator holds each once. */
const accountPlace = (text: string, placeOf: AwsAuthFile['placeOf'], account: string): Range => {
  const whole = placeOf('mapAccounts');
  for (let index = 0; ; index++) {
    const place = placeOf('mapAccounts', index);
    if (place === whole) return whole;
    if (text.slice(place.start, place.end).replace(/^(["'])(.*)\1$/, '$2') === account) return place;
  }
};

/**
 * What is written in the ConfigMap and not read by the authenticator. In mode API nothing of it is.
 * Source: kubernetes-sigs/aws-iam-authenticator, pkg/mapper/configmap/configmap.go (ParseMap).
 */
const unreadParts = ({ awsAuth, placeOf }: AwsAuthFile): readonly Diagnostic[] => [
  ...awsAuth.unread.map(({ list, reason }) => diagnose('TAE605', { list, reason }, placeOf(list))),
  ...awsAuth.skipped.map(({ place, reason }) => {
    const [, list = '', index] = /^(\w+)\[(\d+)\]$/.exec(place) ?? [];
    return diagnose('TAE606', { place, reason }, placeOf(list, Number(index)));
  }),
];
