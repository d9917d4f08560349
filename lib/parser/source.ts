import type { Config } from '../config/index.ts';
import { diagnose, type Diagnostic, type Range } from '../diagnostics/index.ts';
import {
  createGraph,
  installedVersions,
  modulesJsonPath,
  type Graph,
  type ModuleVersion,
  type RootModule,
} from '../terraform/index.ts';
import { hasAwsAuth, inlineFormOf, submoduleForm, type AwsAuthForm } from './aws-auth/aws-auth-forms.ts';
import {
  clusterByHand,
  clusterElsewhere,
  readCluster,
  versionOf,
  type CalledCluster,
  type Cluster,
  type ResourceCluster,
  modeIsApi,
} from './clusters/cluster.ts';
import type { Repetition } from './clusters/repetition.ts';
import { clusterResources } from './clusters/cluster-resource.ts';
import {
  eksAuthMapping,
  isInForce,
  readMapping,
  type Mapping,
  rawMapping,
  isEmpty,
  secondWriters,
  type Paired,
  type SecondWriter,
} from './aws-auth/mapping.ts';
import type { AwsAuthFile } from './aws-auth/live/read-config-map.ts';
import { partOf, type Snapshot } from './entries/snapshot.ts';
import { readLive, type Live } from './aws-auth/live/live.ts';
import { eksAuthCalls } from './aws-auth/call/eks-auth.ts';
import { findModuleCalls, type ModuleCall } from './clusters/module-call.ts';
import { askedResources, pairedCluster } from './clusters/pair.ts';
import type { RawResource } from './aws-auth/resource/raw-resource.ts';
import type { WrittenMasters } from './kubernetes/written-masters.ts';
import { isOutput } from './routes/routes.ts';
import type { RowsElsewhere } from './routes/rows-elsewhere.ts';

/** A cluster and the mapping that belongs to it. */
export type Pair = { readonly cluster: Cluster; readonly mapping: Mapping };

/** The rows stand in the call that makes the cluster, as before version 20. */
export const isInline = ({ cluster, mapping }: Pair): boolean =>
  cluster.kind === 'module' && cluster.call === mapping.call;

/** All that a root module says about access to its clusters. */
export type Source = {
  readonly module: RootModule;
  readonly graph: Graph;
  readonly clusters: readonly (CalledCluster | ResourceCluster)[];
  readonly mappings: readonly Mapping[];
  readonly pairs: readonly Pair[];
  /** Mappings of which it is not known which cluster they belong to. */
  readonly unpaired: readonly Mapping[];
  /** The live ConfigMap, where it was given. */
  readonly live?: Live;
  /** Resources that write the ConfigMap beside a mapping. */
  readonly writers: readonly SecondWriter[];
  /** Those of them that are off, and write nothing. */
  readonly idle: readonly Mapping[];
  /** Rows that come into aws-auth by ways that no phase rewrites. */
  readonly elsewhere: readonly RowsElsewhere[];
  /** Resources that look for the group system:masters in the cluster. */
  readonly masters: readonly WrittenMasters[];
  readonly calls: readonly ModuleCall[];
  /** The local modules it calls, as far as they were read, by the text of `source`. */
  readonly localModules: ReadonlyMap<string, RootModule>;
  /** Versions that `terraform init` installed, by the label of the call. */
  readonly installed: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
};

/** Where entries go. As resources or commands they also serve a root module without the cluster, when the config names it. */
export type Emit = NonNullable<Config['emit']>;

export type SourceInputs = {
  readonly emit?: Emit;
  readonly awsAuth?: AwsAuthFile;
  /** Where the config says whose ConfigMap it is. */
  readonly pairPlace?: Range;
  /** The resources that write aws-auth themselves. */
  readonly raw?: readonly RawResource[];
  readonly elsewhere?: readonly RowsElsewhere[];
  readonly masters?: readonly WrittenMasters[];
  readonly localModules?: ReadonlyMap<string, RootModule>;
};

export const readSource = (
  module: RootModule,
  modulesJson: string | undefined,
  config: Config,
  {
    emit = 'module',
    awsAuth,
    pairPlace,
    raw = [],
    elsewhere = [],
    masters = [],
    localModules = new Map(),
  }: SourceInputs = {},
): Source => {
  const diagnostics: Diagnostic[] = [];
  const noted = modulesJson === undefined ? new Map<string, string>() : installedVersions(modulesJson);
  if (typeof noted === 'string') diagnostics.push(diagnose('TAE013', { path: modulesJsonPath, reason: noted }));
  const versions = { installed: typeof noted === 'string' ? new Map() : noted, stated: config.moduleVersion };
  const graph = createGraph(module);
  const calls = findModuleCalls(module);
  const called = calls
    .filter(({ source }) => source.submodule === undefined)
    .map(call => readCluster(module, call, versions, emit !== 'module'));
  const versioned = calls.map(call => {
    const version = versionOf(call, versions);
    return { call, version, form: formOf(module, call, version) };
  });
  const eksAuth = eksAuthCalls(
    module,
    versioned.filter(({ form }) => form === undefined),
    versions.installed,
  );
  const isPaired = raw.length > 0 || awsAuth !== undefined || calls.some(isAwsAuth);
  const read = [
    ...versioned.flatMap(({ call, version, form }) => (form ? [readMapping(module, call, form, version)] : [])),
    ...eksAuth.map(one => eksAuthMapping(module, one)),
    ...raw.map(rawMapping),
  ];
  const resources = clusterResources(module, isPaired);
  const asked = called.length > 0 ? askedResources(module, graph, read, called, resources, config.pair) : resources;
  const clusters = [...called, ...asked];
  const found = read.map(mapping => ({
    mapping,
    cluster: pairedCluster(module, graph, mapping, clusters, config.pair),
  }));
  const second = secondWriters(found, clusters.length);
  const written = found.filter(({ mapping }) => second.every(other => other.mapping !== mapping));
  const mappings = written.map(({ mapping }) => mapping);
  const paired = written.map(({ mapping, cluster }) => ({
    mapping,
    cluster:
      clusters.length === 0 && emit !== 'module' && config.clusterName !== undefined && mappings.length === 1
        ? clusterElsewhere(module, mapping, config.clusterName)
        : cluster,
  }));
  // A call that is off and empty leaves the cluster to the resource beside it.
  const isBeside = (one: Paired): boolean =>
    isEmpty(one.mapping) &&
    paired.some(({ mapping, cluster }) => mapping.resource && !isEmpty(mapping) && cluster === one.cluster);
  const pairs = paired.flatMap(one => (one.cluster && !isBeside(one) ? [{ ...one, cluster: one.cluster }] : []));
  const known = clusters.length > 0 ? clusters : [...new Set(pairs.map(({ cluster }) => cluster))];
  const isByHand = known.length === 0 && mappings.length === 0 && emit === 'aws-cli';
  const byHand = isByHand && config.clusterName !== undefined ? [clusterByHand(module, config.clusterName)] : [];
  // Beside what writes aws-auth an output may show no more than that, and in mode API nobody reads it.
  const isWritten = found.length > 0 || elsewhere.some(({ route }) => !isOutput(route));
  const isOnlyShown = isWritten || (clusters.length > 0 && clusters.every(modeIsApi));
  const others = resources.filter(one => !known.includes(one) && !modeIsApi(one));
  const live = awsAuth && readLive(module, awsAuth, { known: [...known, ...byHand], others }, config.pair, pairPlace);
  diagnostics.push(...(live?.diagnostics ?? []));
  return {
    module,
    graph,
    clusters,
    mappings,
    pairs,
    ...(live ? { live } : {}),
    unpaired: paired.flatMap(({ mapping, cluster }) => (cluster ? [] : [mapping])),
    writers: second.filter(({ mapping }) => isInForce(mapping) !== false),
    idle: second.flatMap(({ mapping }) => (isInForce(mapping) === false ? [mapping] : [])),
    // What a mapping has is no longer elsewhere.
    elsewhere: elsewhere.filter(
      ({ address, route }) =>
        found.every(({ mapping }) => mapping.address !== address) && !(isOnlyShown && isOutput(route)),
    ),
    masters,
    calls,
    localModules,
    installed: versions.installed,
    diagnostics,
  };
};

/** The live ConfigMap where no aws-auth call of this root module writes it; at most one. */
export const liveAlone = ({ live, pairs }: Source): readonly Live[] =>
  live && pairs.every(({ cluster }) => cluster !== live.cluster) ? [live] : [];

/** The live ConfigMap where Terraform does not empty it: no call writes it, or the one that did is off. */
export const liveByHand = (source: Source): readonly Live[] => {
  const { live, pairs } = source;
  const isOff = pairs.some(({ cluster, mapping }) => cluster === live?.cluster && isInForce(mapping) === false);
  return live && isOff && live.rows.length > 0 ? [live] : liveAlone(source);
};

type Named = { readonly name?: string | undefined };

/** Whether a snapshot tells a cluster from the others of the source: by its name. In two regions there may be clusters of one name. */
export const isToldApart = ({ name }: Named, clusters: readonly Named[]): boolean =>
  clusters.length < 2 || (name !== undefined && clusters.filter(other => other.name === name).length < 2);

/** What a snapshot says of a cluster of the source. Where that is the only one, the config may name it. */
export const snapshotOf = ({ snapshot, source: { clusters }, config: { clusterName }, cluster }: Asked) => {
  // What one instance has says nothing about the others, and a document does not say of which it is.
  if (cluster.repetition?.kind === 'many') return undefined;
  const { name } = cluster;
  if (!isToldApart(cluster, clusters)) return undefined;
  const isOnly = clusters.length < 2;
  return partOf(snapshot, isOnly ? (name ?? clusterName) : name, isOnly);
};

type Asked = {
  readonly snapshot?: Snapshot | undefined;
  readonly source: Pick<Source, 'clusters'>;
  readonly config: Config;
  readonly cluster: Named & { readonly repetition?: Repetition };
};

const isAwsAuth = ({ source }: ModuleCall): boolean => source.submodule === 'modules/aws-auth';

/** A call of the submodule; or of the module itself, where it has anything about aws-auth. */
const formOf = (module: RootModule, call: ModuleCall, version: ModuleVersion): AwsAuthForm | undefined => {
  if (isAwsAuth(call)) return submoduleForm;
  const form = inlineFormOf(call, version);
  return form && hasAwsAuth(module, call, form) ? form : undefined;
};
