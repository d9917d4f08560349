import { diagnose, Refusal, type Diagnostic } from './diagnostics/index.ts';
import { clustersOfCalls, isForManyClusters, type State } from './emitter/index.ts';
import {
  clusterOfData,
  clusterResources,
  entriesOfClusterNamed,
  handedOn,
  isForWrapper,
  isInSource,
  isMadeHere,
  isOfModule,
  jsonFilesWithEks,
  snapshotClusters,
  ofClusters,
} from './parser/index.ts';
import { localDirectory } from './terraform/local-source.ts';
import { foreignLayout } from './terraform/index.ts';
import { refusedUnit } from './units-elsewhere.ts';
import { configProblems, judgeRowsElsewhere, sayRowsElsewhere } from './transformer/index.ts';

/** Ends the run where the directory is no root module with a cluster, or the config decides about what is not there. */
export const refuseUnknown = (state: State, files: ReadonlyMap<string, string>, directory: string): void => {
  const { source, options, handed } = state;
  const isKnown = source.live !== undefined || isDoneElsewhere(source, options);
  if (options.emit === 'aws-cli' && !isKnown) refuseNameless(source, directory, options);
  if (isBesideJson({ source, options })) return refuseMisfits(source, options);
  // What a caller hands to its wrapper is judged where it stands: the wrapper has no more than a variable.
  const judged = judgeRowsElsewhere({ ...source, elsewhere: source.elsewhere.filter(isForWrapper) }, options);
  refuseWithoutCluster(source, files, directory, isKnown, judged);
  refuseOneOfMany(state);
  refuseMisfits(source, options, handed);
};

const mappingsOf = (handed: State['handed']): State['source']['mappings'] =>
  handed?.callers.flatMap(caller => caller.source.mappings) ?? [];

/**
 * What is of one cluster says nothing of those that other callers have, whether they write their rows out or a plan alone knows them: rows
 * of its ConfigMap would become entries of all. Which rows of a ConfigMap are whose, the callers alone tell.
 */
const refuseOneOfMany = (state: State): void => {
  const { handed, options, source } = state;
  const isOfMany = isForManyClusters(state) || mappingsOf(handed).length > 1;
  const given = [
    { flag: '--aws-auth', isRefused: handed !== undefined && source.live !== undefined },
    { flag: '--existing', isRefused: isOfMany && options.snapshot !== undefined },
    { flag: '--aws-auth', isRefused: isOfMany && source.live !== undefined },
  ];
  const flag = given.find(({ isRefused }) => isRefused)?.flag;
  if (flag === undefined) return;
  const [made] = handed ? [handed.cluster] : [...source.clusters.filter(isInSource), ...source.mappings];
  if (!made) return;
  const callers = clustersOfCalls(state);
  throw new Refusal(diagnose('TAE272', { flag, callers }, made.block.headerRange));
};

/** A script is made from the live ConfigMap alone and changes no source, so that nothing in JSON syntax hinders it. */
const isBesideJson = ({ source, options: { emit } }: Pick<State, 'source' | 'options'>): boolean =>
  emit === 'aws-cli' &&
  source.live !== undefined &&
  source.clusters.length === 0 &&
  source.mappings.length === 0 &&
  jsonFilesWithEks(source.module).length > 0;

/** What the source has in JSON syntax, and would undo what a script does. */
export const sayJsonBeside = (state: State): readonly Diagnostic[] =>
  isBesideJson(state)
    ? jsonFilesWithEks(state.source.module).map(path => diagnose('TAE032', { path }, { file: path, start: 0, end: 0 }))
    : [];

/** A script can do with the live ConfigMap and the name of the cluster, of which one or both are missing. */
const refuseNameless = (
  { module, clusters, mappings }: State['source'],
  directory: string,
  { config }: State['options'],
): void => {
  if (clusters.length > 0 || mappings.length > 0) return;
  const isNamed = config.clusterName !== undefined || clusterResources(module, true).length > 0;
  const missing = isNamed ? 'the ConfigMap (--aws-auth)' : 'the name (clusterName in the config)';
  throw new Refusal(diagnose('TAE028', { path: directory, missing }));
};

/** Ends the run where there is nothing to look at. `isKnown`: what is asked for is there without a cluster. */
export const refuseWithoutCluster = (
  source: State['source'],
  files: ReadonlyMap<string, string>,
  directory: string,
  isKnown: boolean,
  judged: readonly Diagnostic[] = [],
): void => {
  const refused = refusedUnit(source.module);
  const foreign = refused ? [refused] : foreignLayout(files.keys());
  const inJson = jsonFilesWithEks(source.module);
  if (source.module.files.length === 0 && !isKnown && (foreign.length > 0 || inJson.length === 0)) {
    const rows = sayRowsElsewhere({ elsewhere: source.elsewhere });
    throw new Refusal(...(foreign.length > 0 ? foreign : [diagnose('TAE008', { path: directory })]), ...rows);
  }
  if (inJson.length > 0) throw new Refusal(...inJson.map(path => diagnose('TAE009', { path })));
  if (source.clusters.length > 0 || source.mappings.length > 0 || isKnown) return;
  const named = handedOn(source.module);
  const unnamed = source.elsewhere.filter(
    ({ route, address }) => isOfModule(route) && named.every(({ call }) => call !== address),
  );
  const handed = [
    ...named.map(({ range, ...args }) => diagnose('TAE030', args, range)),
    ...unnamed.map(({ address: call, name: target, arguments: names, range, route, way }) => {
      const local = isForWrapper({ route }) || localDirectory(target) !== undefined;
      const argument = names.join(', ') || 'no argument';
      return diagnose('TAE030', { call, argument, target, local, way: local ? undefined : way }, range);
    }),
  ];
  const found = handed.length > 0 ? handed : [diagnose('TAE007', { path: directory })];
  // What is handed to a module is said already.
  const others = source.elsewhere.filter(({ route }) => foreign.length > 0 || !isOfModule(route));
  throw new Refusal(...(foreign.length > 0 ? foreign : found), ...judged, ...sayRowsElsewhere({ elsewhere: others }));
};

/** Ends the run where the config or the snapshot is about what is not in the source, nor in what callers hand over. */
export const refuseMisfits = (source: State['source'], options: State['options'], handed?: State['handed']): void => {
  refuseOtherName(source, options);
  refuseForeignSnapshot(source, options);
  const mappings = [...source.mappings, ...mappingsOf(handed)];
  const problems = configProblems(options.config, { ...source, mappings }, options.configs);
  if (problems.length > 0) throw new Refusal(...problems);
};

/** Of two names for the one cluster the source has the true one. A config further up is for several root modules. */
const refuseOtherName = (source: State['source'], { config, configs }: State['options']): void => {
  const { clusterName: value } = config;
  if (value === undefined) return;
  const file = configs?.find(one => one.config.clusterName !== undefined);
  const refuse = (cluster: string, of: string): never => {
    throw new Refusal(diagnose('TAE104', { key: 'clusterName', value, cluster, of }, file?.placeOf?.(['clusterName'])));
  };
  const [cluster, ...others] = source.clusters;
  if (cluster?.name !== undefined && others.length === 0 && cluster.name !== value && !file?.isShared)
    refuse(cluster.name, 'the cluster of the module');
  // The cluster that another root module makes is the one whose ConfigMap is written, whatever a config says.
  for (const pair of source.pairs) {
    if (pair.cluster.kind !== 'elsewhere') continue;
    const other = clusterOfData(source.module, source.graph, pair.mapping, [pair.cluster]);
    if (other) refuse(other.name, `the cluster of the kubernetes provider (${other.address})`);
  }
};

/** The entries of a cluster of another root module are here, and the aws-auth call is gone. */
const isDoneElsewhere = ({ module }: State['source'], { emit, config }: State['options']): boolean =>
  emit === 'resources' &&
  config.clusterName !== undefined &&
  entriesOfClusterNamed(module, config.clusterName).entries.length > 0;

/** A snapshot of another cluster would prove entries that are not there. */
const refuseForeignSnapshot = (
  { clusters, live: configMap }: State['source'],
  { snapshot, config }: State['options'],
): void => {
  const live = snapshotClusters(snapshot);
  if (!snapshot || live.length === 0) return;
  const { file: path } = snapshot;
  const paired = clusters.length > 1 ? configMap?.cluster.name : undefined;
  if (paired !== undefined && !live.includes(paired)) {
    const reason = `it is ${ofClusters(snapshot)}, the ConfigMap ${configMap?.file} is of ${paired}`;
    throw new Refusal(diagnose('TAE010', { path, reason }));
  }
  const named = clusters.map(({ name }) => (clusters.length === 1 ? (name ?? config.clusterName) : name));
  // The config names the cluster that is made elsewhere.
  const names = clusters.length === 0 ? [config.clusterName] : named;
  if (live.some(name => names.includes(name))) return;
  if (names.length === 1 && names[0] === undefined) {
    if (live.length === 1) return;
    const reason = 'the source does not tell which of them its cluster is';
    const isRepeated = clusters.some(cluster => isMadeHere(cluster) && cluster.repetition.kind === 'many');
    const advice = isRepeated
      ? 'The source makes several: give the entries of one of them alone, and judge each cluster by its own.'
      : 'Write its name into the config: { "clusterName": "<name>" }.';
    throw new Refusal(diagnose('TAE115', { path, clusters: live.join(' and '), reason, advice }));
  }
  const known = names.filter(name => name !== undefined).join(', ') || 'clusters whose names are not in the source';
  throw new Refusal(diagnose('TAE010', { path, reason: `it is ${ofClusters(snapshot)}, the module is of ${known}` }));
};
