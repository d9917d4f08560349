import { clusterNamePattern } from '../../config/patterns.ts';
import { markdownText } from '../../escape/markdown.ts';
import { shellQuote } from '../../escape/shell.ts';
import { attribute } from '../../hcl/index.ts';
import { awsProviderOf, isMadeHere, type Cluster } from '../../parser/index.ts';
import { evaluate, knownString } from '../../terraform/index.ts';
import { isForManyClusters } from '../callers/calls.ts';
import { involvedClusters } from '../involved.ts';
import { isOfManyEnvironments } from '../per-environment/ways.ts';
import type { State } from '../phase.ts';
import type { NamedCluster } from './live-gate.ts';

export const namedClusters = (state: State): readonly NamedCluster[] => {
  const clusters = involvedClusters(state);
  const isOnly = clusters.length === 1 && state.source.clusters.length < 2;
  const regions = new Set(clusters.map(cluster => regionOf(state, cluster)));
  return clusters.map(cluster => {
    const { label, address } = cluster;
    const told = toldName(state, cluster, clusters.length);
    const hasTwin = told !== undefined && clusters.some(other => other !== cluster && other.name === told);
    const alias = told !== undefined && clusterNamePattern.test(told) && !hasTwin ? told : label || 'eks';
    const region = regionOf(state, cluster);
    return {
      cluster,
      ...shellNames(told, clusters.length === 1 ? unnamed : `${unnamed}_${label.toUpperCase().replace(/\W/g, '_')}`),
      kubectl: `kubectl --context ${alias}`,
      alias,
      ...(region === undefined ? {} : { region }),
      inRegion: regions.size < 2 || region === undefined ? '' : ` --region ${region}`,
      backup: isOnly ? configMapBackup : `aws-auth-backup-${alias}.yaml`,
      ...(isOnly ? {} : { which: address }),
      of: isOnly ? '' : ` of ${markdownText(address)}`,
      ...(hasTwin ? { hasTwin } : {}),
    };
  });
};

/**
 * The config names one cluster. That of one call or environment is not that of the others; a script is for the one that is named. A name that
 * the source writes out is that of all.
 */
const toldName = (state: State, { name }: Cluster, count: number): string | undefined => {
  const { emit, config } = state.options;
  const isOfOne = count === 1 && !isForManyClusters(state) && (emit === 'aws-cli' || !isOfManyEnvironments(state));
  return isOfOne ? (name ?? config.clusterName) : name;
};

const unnamed = 'CLUSTER_NAME';

const shellNames = (told: string | undefined, variable: string): Pick<NamedCluster, 'name' | 'word'> =>
  told === undefined ? { name: `"$${variable}"`, word: { variable } } : { name: shellQuote(told), word: told };

/** From release 21 on the module has a region of its own, and resources with version 6 of the provider. */
const regionOf = ({ source: { module } }: State, cluster: Cluster): string | undefined => {
  const written = isMadeHere(cluster) ? attribute(cluster.block.body, 'region') : undefined;
  const provider = awsProviderOf(module, cluster);
  const found = written ?? (provider && attribute(provider.body, 'region'));
  const region = found && knownString(evaluate(found.value, module.scope));
  return region !== undefined && /^[a-z\d-]+$/.test(region) ? region : undefined;
};

export const configMapBackup = 'aws-auth-backup.yaml';

/** The names of the clusters, for a shell. One that the source does not tell is a variable, which the set-up fills. */
export const clusterNames = (state: State): readonly string[] => namedClusters(state).map(({ name }) => name);

/** Where none is in sight, the one that the variables name. */
export const clustersOrOne = (state: State): readonly NamedCluster[] => {
  const found = namedClusters(state);
  const alias = 'cluster';
  return found.length > 0
    ? found
    : [
        {
          ...shellNames(undefined, unnamed),
          kubectl: `kubectl --context ${alias}`,
          alias,
          inRegion: '',
          backup: configMapBackup,
          of: '',
        },
      ];
};

/** ` of module.blue`, where there are several clusters. */
export const ofCluster = (state: State, cluster: Cluster | undefined): string =>
  namedClusters(state).find(one => one.cluster === cluster)?.of ?? '';

/** For a plan that shows another cluster, too, which is not migrated. Begins with a space. */
export const clusterFlag = (state: State): string => {
  const [one, ...others] = namedClusters(state);
  return one?.cluster?.name === undefined || one.of === '' || others.length > 0 ? '' : ` --cluster-name ${one.name}`;
};
