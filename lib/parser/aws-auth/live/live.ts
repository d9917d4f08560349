import type { Config } from '../../../config/index.ts';
import { diagnose, Refusal, type Diagnostic, type Range } from '../../../diagnostics/index.ts';
import type { RootModule } from '../../../terraform/index.ts';
import { headerOf, modeIsApi, type Cluster } from '../../clusters/cluster.ts';
import type { AwsAuthFile } from './read-config-map.ts';
import { rowsOfList } from '../resource/text-rows.ts';
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

/**
 * The clusters that the ConfigMap may be of. `others` are resources beside calls, of which nothing else is known; those in mode API have none
 * that counts.
 */
type Clusters = { readonly known: readonly Cluster[]; readonly others: readonly Cluster[] };

/** Undefined in a module without a cluster, which is refused for that. `pairPlace`: where the config says whose the ConfigMap is. */
export const readLive = (
  module: RootModule,
  given: AwsAuthFile,
  clusters: Clusters,
  pair: Config['pair'],
  pairPlace?: Range,
): Live | undefined => {
  const cluster = clusterOf(clusters, pair?.[configMapName], pairPlace);
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
const clusterOf = (
  { known: clusters, others }: Clusters,
  stated: string | undefined,
  place: Range | undefined,
): Cluster | undefined => {
  const cluster = stated === undefined ? clusters[0] : clusters.find(({ address }) => address === stated);
  if (stated !== undefined && cluster === undefined) {
    throw new Refusal(diagnose('TAE104', { key: 'pair', value: stated }, place));
  }
  const all = [...clusters, ...others];
  if (stated === undefined && clusters.length > 0 && all.length > 1) {
    throw new Refusal(diagnose('TAE120', { clusters: all.map(({ address }) => address).join(', ') }));
  }
  if (cluster?.repetition.kind === 'many') {
    const { address, repetition } = cluster;
    throw new Refusal(diagnose('TAE121', { call: address, argument: repetition.argument }, headerOf(cluster)));
  }
  return cluster;
};

const rowsOf = (module: RootModule, { awsAuth, places }: AwsAuthFile): readonly Row[] =>
  (['mapRoles', 'mapUsers', 'mapAccounts'] as const).flatMap(argument => {
    const found = places.get(argument);
    if (!found) return [];
    const text = { holes: [], place: found.place };
    const list = { argument, items: found.items, guards: [] };
    return rowsOfList(module, text, list, awsAuth).map(row => ({ ...row, live: true as const }));
  });

/**
 * What is written in the ConfigMap and not read by the authenticator. In mode API nothing of it is.
 * Source: kubernetes-sigs/aws-iam-authenticator, pkg/mapper/configmap/configmap.go (ParseMap).
 */
const unreadParts = ({ awsAuth, places }: AwsAuthFile): readonly Diagnostic[] => [
  ...awsAuth.unread.map(({ list, reason }) => diagnose('TAE605', { list, reason }, places.get(list)?.place)),
  ...awsAuth.skipped.map(({ list, index, reason }) => {
    const at = places.get(list);
    return diagnose('TAE606', { place: `${list}[${index}]`, reason }, at?.items[index]?.place ?? at?.place);
  }),
];
