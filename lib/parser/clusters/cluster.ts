import type { Range } from '../../diagnostics/index.ts';
import { entriesOfCall, entriesOfClusterNamed, type WrittenEntries } from '../entries/read-entries.ts';
import { clusterNamePattern } from '../../config/patterns.ts';
import { attribute, quote, stringValue, type Attribute } from '../../hcl/index.ts';
import {
  compareVersions,
  evaluate,
  isBefore,
  knownString,
  settleVersion,
  type ModuleVersion,
  type RootModule,
} from '../../terraform/index.ts';
import { passedProvider, type Addressed, type ModuleCall } from './module-call.ts';
import { instanceOf, repetitionOf, type Repetition } from './repetition.ts';
import { modeTold, readMode, type Mode } from './mode.ts';
import { isTrueLocal, writtenBool } from '../expressions/written-bool.ts';

/**
 * A cluster, by what the root module has of it: the call of terraform-aws-modules/eks that makes it, an `aws_eks_cluster` resource,
 * what writes its aws-auth while another root module makes it, or nothing but its name.
 */
export type Cluster = CalledCluster | ResourceCluster | ClusterElsewhere | ClusterByHand;

export type CalledCluster = ClusterFacts & Addressed & { readonly kind: 'module'; readonly call: ModuleCall };
export type ResourceCluster = ClusterFacts & Addressed & { readonly kind: 'resource' };
/** The block is that of what writes aws-auth: nothing of the cluster itself can be written here. */
export type ClusterElsewhere = ClusterFacts & Addressed & { readonly kind: 'elsewhere'; readonly name: string };
/** Nothing of it stands in the source. */
export type ClusterByHand = ClusterFacts &
  Omit<Addressed, 'block'> & { readonly kind: 'by-hand'; readonly name: string };

/** A cluster that has a block in the source, beside which resources can be written. */
export type ClusterInSource = Exclude<Cluster, ClusterByHand>;

type ClusterFacts = {
  readonly repetition: Repetition;
  readonly version: ModuleVersion;
  readonly mode: Mode;
  readonly existing: WrittenEntries;
  /** `enable_cluster_creator_admin_permissions`; an expression may be either. */
  readonly creatorAdmin: 'on' | 'off' | 'expression';
  /** `aws.eu` when the call passes an aliased aws provider. */
  readonly awsProvider?: string;
  /** The name, when the source tells it. */
  readonly name?: string;
  /** Its entries are to stand beside the call, whatever could go into it. */
  readonly standalone: boolean;
  /** The call is of a module that calls the eks module. */
  readonly wrapper?: WrapperFacts;
};

/** What a caller has to know of the module that calls the eks module for it. */
export type WrapperFacts = {
  /** How messages name the caller: several may have a call of the same address. */
  readonly caller: string;
  /** The argument that takes access entries. */
  readonly argument: string;
  /** Whether reading an output waits for the access entries. Without a name: the whole module. */
  readonly waits: (output: string | undefined) => boolean;
  /** The output that has the name of the cluster. */
  readonly nameOutput?: string;
  /** The eks call inside of it, as it is in the state of the caller: `module.eks`. */
  readonly call: string;
  /** The condition, as HCL, under which that module has what writes aws-auth. */
  readonly when?: { readonly condition: string; readonly range: Range };
  /** Whether a condition of that module, as HCL, does not hold with what this call hands over. */
  readonly isOff: (condition: string) => boolean;
};

/** This root module makes the cluster. */
export const isMadeHere = (cluster: Cluster): cluster is CalledCluster | ResourceCluster =>
  cluster.kind === 'module' || cluster.kind === 'resource';

/** One of a fork may differ from the module in anything. */
export const isFork = (cluster: Cluster): boolean => cluster.kind === 'module' && cluster.call.fork;

export const isInSource = (cluster: Cluster): cluster is ClusterInSource => cluster.kind !== 'by-hand';

/** How messages name the cluster, with the root module that its call stands in where that is another directory. */
export const titleOf = ({
  address,
  wrapper,
}: {
  readonly address: string;
  readonly wrapper?: Pick<WrapperFacts, 'caller'>;
}): string => (wrapper && wrapper.caller !== '.' ? `${address} of ${wrapper.caller}` : address);

/** Where a message about the cluster points to. */
export const headerOf = (cluster: Cluster | undefined): Range | undefined =>
  cluster && isInSource(cluster) ? cluster.block.headerRange : undefined;

export const isCalled = (cluster: Cluster): cluster is CalledCluster => cluster.kind === 'module';

/** The argument of its call that takes access entries. */
export const entriesArgument = (cluster: Cluster): string => cluster.wrapper?.argument ?? 'access_entries';

/** In mode API aws-auth is ignored. Source: EKS user guide, setting-up-access-entries. */
export const modeIsApi = ({ mode }: Cluster): boolean => modeTold(mode) === 'API';

/** HCL of the cluster's name, for resources beside the call. */
export const clusterNameSource = (cluster: Cluster): string => {
  if (!isMadeHere(cluster)) return quote(cluster.name);
  const instance = instanceOf(cluster, cluster.repetition);
  if (cluster.kind === 'resource') return `${instance}.name`;
  if (cluster.wrapper) return `${instance}.${cluster.wrapper.nameOutput}`;
  return `${instance}.${isBefore(cluster.version, '19.0.0') ? 'cluster_id' : 'cluster_name'}`;
};

/** Before version 20 the module knows no access entries. */
export const isInlineRelease = ({ version }: Pick<Cluster, 'version'>): boolean => isBefore(version, '20.0.0');

/** A release without access entries that is not to be upgraded: its entries stand beside it. */
export const staysPut = (cluster: Cluster): boolean =>
  cluster.standalone && isMadeHere(cluster) && isInlineRelease(cluster);

/** Whether `--cluster-creator-admin` has an argument to set: the module has it from version 20 on, and what is written stays. */
export const takesCreatorFlag = (cluster: Cluster): cluster is CalledCluster =>
  isCalled(cluster) && cluster.creatorAdmin === 'off' && !staysPut(cluster);

export const readCluster = (
  module: RootModule,
  call: ModuleCall,
  versions: VersionFacts,
  standalone: boolean,
): CalledCluster => {
  const version = versionOf(call, versions);
  const awsProvider = passedProvider(call, 'aws');
  const name = readName(module, attribute(call.block.body, 'cluster_name') ?? attribute(call.block.body, 'name'));
  return {
    kind: 'module',
    address: call.address,
    label: call.label,
    block: call.block,
    call,
    repetition: repetitionOf(call),
    version,
    mode:
      standalone && isInlineRelease({ version })
        ? { kind: 'by-cli' }
        : readMode(module, call.block.body, call.block.in),
    existing: entriesOfCall(module, call),
    creatorAdmin: readCreatorAdmin(module, call),
    standalone,
    ...(awsProvider === undefined || awsProvider === 'aws' ? {} : { awsProvider }),
    ...(name === undefined ? {} : { name }),
  };
};

/** The name where the source tells it. What EKS takes for no name is none. */
export const readName = (module: RootModule, given: Attribute | undefined): string | undefined => {
  const name = given && knownString(evaluate(given.value, module.scope));
  return name !== undefined && clusterNamePattern.test(name) ? name : undefined;
};

/** The cluster that an aws-auth call is of, when another root module makes it. */
export const clusterElsewhere = (
  module: RootModule,
  { address, label, block }: Addressed,
  name: string,
): ClusterElsewhere => ({
  kind: 'elsewhere',
  address,
  label,
  block,
  repetition: repetitionOf({ block }),
  ...notMadeHere(module, name, 'the cluster is made in another root module'),
});

/** The cluster that nothing of this directory makes and whose ConfigMap was given. */
export const clusterByHand = (module: RootModule, name: string): ClusterByHand => ({
  kind: 'by-hand',
  address: `cluster ${name}`,
  label: name,
  repetition: { kind: 'once' },
  ...notMadeHere(module, name, 'the cluster is not made here'),
});

/** Only its name is known. */
const notMadeHere = (
  module: RootModule,
  name: string,
  reason: string,
): Omit<ClusterFacts, 'repetition'> & { readonly name: string } => ({
  version: { kind: 'unknown', reason },
  mode: { kind: 'elsewhere' },
  existing: entriesOfClusterNamed(module, name),
  creatorAdmin: 'off',
  name,
  standalone: true,
});

/** Versions that `terraform init` installed, by the label of the call, and the one the config states for the eks module. */
export type VersionFacts = { readonly installed: ReadonlyMap<string, string>; readonly stated: string | undefined };

export const versionOf = (call: ModuleCall, { installed, stated }: VersionFacts): ModuleVersion =>
  settleVersion({
    source: call.source,
    constraint: call.constraint && stringValue(call.constraint.value),
    constraintIsExpression: call.constraint !== undefined && stringValue(call.constraint.value) === undefined,
    installed: installed.get(call.label),
    stated,
    fork: call.fork,
    takes: release => call.source.submodule !== undefined || takesNameOf(call, release),
  });

/** The name of the cluster is `cluster_name` before version 21, and `name` since. Source: UPGRADE-21.0 of terraform-aws-modules/eks. */
const takesNameOf = ({ block }: ModuleCall, release: string): boolean => {
  const unknown = compareVersions(release, '21.0.0') < 0 ? 'name' : 'cluster_name';
  return attribute(block.body, unknown) === undefined;
};

/** A local that is true is on; one that is false is not written over. */
const readCreatorAdmin = (module: RootModule, call: ModuleCall): Cluster['creatorAdmin'] => {
  const found = attribute(call.block.body, 'enable_cluster_creator_admin_permissions');
  if (!found || found.value.kind === 'null') return 'off';
  const value = writtenBool(found.value);
  if (value !== undefined) return value ? 'on' : 'off';
  return isTrueLocal(module, found.value) ? 'on' : 'expression';
};
