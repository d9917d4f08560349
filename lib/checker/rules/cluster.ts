import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { clusterAdminPolicy, parsePrincipalArn } from '../../eks/index.ts';
import { isLocal, type State } from '../../emitter/index.ts';
import { attribute, blocks } from '../../hcl/index.ts';
import {
  awsProviderOf,
  identityOf,
  isCertain,
  isFork,
  isMadeHere,
  isUnset,
  meaningOf,
  modeTold,
  sameIdentity,
  type Cluster,
  type Field,
} from '../../parser/index.ts';
import {
  blocksOf,
  bodyReferences,
  compareVersions,
  reaches,
  referencesOf,
  type PlacedBlock,
  type RootModule,
} from '../../terraform/index.ts';
import { clustersMadeHere, entriesOfCluster, isBefore20, principalsOf, type CheckRule } from '../entries.ts';
import { nodeGroupsOf } from '../node-groups.ts';

/**
 * In mode CONFIG_MAP EKS refuses every call about access entries, and a cluster made in it must bootstrap its creator, which the
 * module has off. Sources: terraform-aws-modules/eks issues 3026, 3048 and 3206.
 */
export const configMapMode: CheckRule = state =>
  clustersMadeHere(state).flatMap(cluster => {
    const { mode, address, version } = cluster;
    if (!('attribute' in mode) || modeTold(mode) !== 'CONFIG_MAP') return [];
    const at = mode.attribute.value.range;
    const isNew = version.kind !== 'unknown' && compareVersions(version.version, '20.0.0') >= 0;
    const isOnOutposts = isMadeHere(cluster) && isLocal(state, cluster);
    return [
      ...makes(state, cluster).map((what): Diagnostic => diagnose('TAE731', { call: address, what, isOnOutposts }, at)),
      ...(isNew
        ? [
            diagnose(
              'TAE732',
              {
                call: address,
                version: version.version,
                keepsCluster: compareVersions(version.version, '20.11.1') >= 0,
                isOnOutposts,
              },
              at,
            ),
          ]
        : []),
    ];
  });

/**
 * EKS makes a cluster in mode CONFIG_MAP where the call of its API has no mode. One that is there already may have another.
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-eks-cluster-accessconfig.html
 */
export const unwrittenMode: CheckRule = state =>
  clustersMadeHere(state).flatMap(cluster => {
    const { kind, mode, address } = cluster;
    if (kind !== 'resource' || !isUnset(mode)) return [];
    const { body, headerRange } = cluster.block;
    if (blocks(body, 'dynamic').some(({ labels }) => labels[0] === 'access_config')) return [];
    const [entry] = entriesOfCluster(state, cluster).filter(({ written }) => isCertain(written));
    if (!entry) return [];
    return [
      diagnose('TAE762', { call: address, entry: entry.name, isOnOutposts: isLocal(state, cluster) }, headerRange),
    ];
  });

/** One of the things that make entries; nothing that may not be there. */
const makes = (state: State, cluster: Cluster): readonly string[] => {
  const [entry] = entriesOfCluster(state, cluster).filter(({ written }) => isCertain(written));
  if (entry) return [`there is ${entry.name}`];
  if (cluster.creatorAdmin === 'on') return ['enable_cluster_creator_admin_permissions makes one'];
  const group = nodeGroupsOf(state, cluster).find(({ entryBy }) => entryBy === 'module');
  return group ? [`the module makes one for ${group.words}`] : [];
};

/** Source: terraform-aws-modules/eks, variables.tf of every release; its issues 3025 and 3408. */
export const bootstrapArgument: CheckRule = ({ source }) =>
  source.clusters
    .filter(cluster => !isFork(cluster))
    .flatMap(cluster => {
      const found = attribute(cluster.block.body, 'bootstrap_cluster_creator_admin_permissions');
      const { isUnit = false } = cluster.block;
      const args = { call: cluster.address, hasEntries: !isBefore20(cluster), isUnit };
      return found ? [diagnose('TAE737', args, found.nameRange)] : [];
    });

const signingIn = ['kubernetes', 'helm', 'kubectl'];

/**
 * Since version 20 the creator of a cluster is no administrator by itself. With rows of aws-auth the cluster is there already, and
 * they say who is one. Sources: terraform-aws-modules/eks, main.tf (bootstrap_cluster_creator_admin_permissions = false); its
 * issues 2978, 3082 and 3108.
 */
export const administrators: CheckRule = state => {
  const { module, clusters, mappings, writers } = state.source;
  const named = module.files.some(({ text }) => text.includes(clusterAdminPolicy));
  if (mappings.length > 0 || writers.length > 0 || named) return [];
  return clusters.flatMap(cluster => {
    const { address, block, version, creatorAdmin, existing } = cluster;
    if (version.kind === 'unknown' || compareVersions(version.version, '20.0.0') < 0) return [];
    if (creatorAdmin !== 'off' || existing.unread.length > 0) return [];
    const provider = providerOf(state, cluster);
    if (!provider) return [];
    const args = { call: address, version: version.version, provider: provider.labels[0] ?? '' };
    return [diagnose('TAE736', args, block.headerRange)];
  });
};

/** A provider that signs in to the cluster, and is used. */
const providerOf = ({ source: { module, graph } }: State, { label }: Cluster): PlacedBlock | undefined =>
  blocksOf(module, 'provider').find(
    ({ labels: [name = ''], body }) =>
      signingIn.includes(name) &&
      module.blocks.some(
        ({ type, labels }) => type === 'resource' && (labels[0] === name || labels[0]?.startsWith(`${name}_`)),
      ) &&
      reaches(graph, bodyReferences(body), ({ path }) => path[0] === 'module' && path[1] === label),
  );

/**
 * `enable_cluster_creator_admin_permissions` makes an entry, under the key cluster_creator, for whoever runs Terraform.
 * Source: terraform-aws-modules/eks, main.tf since 20.0.0; its issues 2911, 2933 and 3400.
 */
export const creatorAdmin: CheckRule = state =>
  state.source.clusters
    .filter(cluster => cluster.creatorAdmin === 'on' && !isBefore20(cluster))
    .flatMap(cluster => {
      const { address, block } = cluster;
      const at = attribute(block.body, 'enable_cluster_creator_admin_permissions')?.range;
      const taken = entriesOfCluster(state, cluster).find(
        ({ written }) => written.form === 'argument' && isCertain(written) && written.key === 'cluster_creator',
      );
      if (taken) return [diagnose('TAE734', { call: address }, taken.written.range)];
      const twice = twiceThere(state, cluster);
      if (twice.length > 0) return twice;
      return assumesRole(state.source.module, cluster) ? [] : [diagnose('TAE735', { call: address }, at)];
    });

const twiceThere = (state: State, cluster: Cluster): readonly Diagnostic[] =>
  principalsOf(entriesOfCluster(state, cluster))
    .filter(({ written }) => isCertain(written))
    .flatMap(({ field, name: entry }) => {
      const why = runnerBy(state, field);
      return why === undefined ? [] : [diagnose('TAE733', { call: cluster.address, entry, why }, field.range)];
    });

/** How a principal is known to be whoever runs Terraform. */
const runnerBy = ({ source: { module }, options: { runner } }: State, field: Field): string | undefined => {
  const arn = runner === undefined ? undefined : parsePrincipalArn(runner);
  const identity = identityOf({ ...field, ...field.meaning }, module);
  if (arn && sameIdentity(identity, { kind: 'arn', arn })) return `the runner, ${runner}`;
  const path = referencesOf(meaningOf(field).expression)[0]?.path ?? [];
  if (path[0] !== 'data' || path[1] !== 'aws_iam_session_context' || path[3] !== 'issuer_arn') return undefined;
  const data = blocksOf(module, 'data', 'aws_iam_session_context').find(({ labels }) => labels[1] === path[2]);
  const of = data && attribute(data.body, 'arn');
  const caller = of && referencesOf(of.value)[0]?.path;
  return caller?.[0] === 'data' && caller[1] === 'aws_caller_identity'
    ? `that identity (${path.join('.')})`
    : undefined;
};

/** Then everybody runs as that role. */
const assumesRole = (module: RootModule, cluster: Cluster): boolean => {
  const provider = awsProviderOf(module, cluster);
  return provider !== undefined && blocks(provider.body).some(({ type }) => type.startsWith('assume_role'));
};

/**
 * Where nothing here writes aws-auth any more, what stands in the cluster still counts while the mode honours it: version 20 has
 * API_AND_CONFIG_MAP where none is written. Source: terraform-aws-modules/eks, variables.tf of version 20 and 21
 */
export const honouredConfigMap: CheckRule = ({ source: { clusters, mappings, writers, elsewhere } }) => {
  if (mappings.length + writers.length + elsewhere.length > 0) return [];
  return clusters.flatMap(cluster => {
    const { kind, mode, address, version, existing } = cluster;
    const isNew = version.kind !== 'unknown' && compareVersions(version.version, '20.0.0') >= 0;
    if (kind !== 'module' || mode.kind !== 'absent' || !isNew) return [];
    const ofCreator = cluster.creatorAdmin === 'on' ? ['the access entry of its creator'] : [];
    const [what] = existing.entries.length > 0 ? ['access entries'] : ofCreator;
    return what === undefined ? [] : [diagnose('TAE754', { call: address, what }, cluster.block.headerRange)];
  });
};
