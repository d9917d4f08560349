import type { Config } from '../../../config/index.ts';
import { diagnose, Refusal, type Diagnostic } from '../../../diagnostics/index.ts';
import type { RootModule } from '../../../terraform/index.ts';
import { headerOf, modeIsApi, type Cluster } from '../../clusters/cluster.ts';
import type { AwsAuthFile } from './read-config-map.ts';
import type { AwsAuthList } from './aws-auth.ts';
import { rowsOfList } from '../resource/text-rows.ts';
import type { Item } from '../resource/yaml-items.ts';
import type { Row } from '../row.ts';

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

const rowsOf = (module: RootModule, given: AwsAuthFile): readonly Row[] =>
  (['mapRoles', 'mapUsers', 'mapAccounts'] as const).flatMap(argument => {
    const text = { holes: [], place: given.placeOf(argument) };
    const list = { argument, items: itemsOf(given, argument), guards: [] };
    return rowsOfList(module, text, list, given.awsAuth).map(row => ({ ...row, live: true as const }));
  });

/** The items that have places of their own. What is said above a row there is not carried to its entry. */
const itemsOf = ({ text, placeOf }: AwsAuthFile, list: AwsAuthList): readonly Item[] => {
  const items: Item[] = [];
  for (let index = 0; ; index++) {
    const place = placeOf(list, index);
    if (place === placeOf(list)) return items;
    items.push({ index, place, comments: [], text: text.slice(place.start, place.end) });
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
