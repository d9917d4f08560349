import { readExistingEntries, type ExistingEntries } from '../entries/existing-entries.ts';
import { attribute, quote, sourceOf, stringValue, type Attribute, type Body, type HclFile } from '../../hcl/index.ts';
import {
  evaluate,
  isBefore,
  knownString,
  settleVersion,
  type ModuleVersion,
  type RootModule,
} from '../../terraform/index.ts';
import { passedProvider, type ModuleCall } from './module-call.ts';
import { instanceOf, repetitionOf, type Repetition } from './repetition.ts';
import { standaloneEntriesOf } from '../entries/standalone-entries.ts';

/** `authentication_mode` of a cluster. Absent means API_AND_CONFIG_MAP from version 20 on. */
export type Mode =
  | { readonly kind: 'absent' }
  /** In another root module. */
  | { readonly kind: 'elsewhere' }
  /** The release has no argument for it, and is to stay: the AWS CLI sets it. */
  | { readonly kind: 'by-cli' }
  | { readonly kind: 'literal'; readonly value: string; readonly attribute: Attribute }
  | { readonly kind: 'expression'; readonly source: string; readonly attribute: Attribute };

/** A call of terraform-aws-modules/eks, or an `aws_eks_cluster` resource. */
export type Cluster = {
  readonly call: ModuleCall;
  readonly repetition: Repetition;
  readonly version: ModuleVersion;
  readonly mode: Mode;
  readonly existing: ExistingEntries;
  /** `enable_cluster_creator_admin_permissions`; an expression may be either. */
  readonly creatorAdmin: 'on' | 'off' | 'expression';
  /** `aws.eu` when the call passes an aliased aws provider. */
  readonly awsProvider?: string;
  /** The name, when the source tells it. */
  readonly name?: string;
  /** Its entries are to stand beside the call, whatever could go into it. */
  readonly standalone: boolean;
  /** It is a resource: `call` is that, and calls no module. */
  readonly resource?: true;
  /** The cluster is made in another root module: nothing of it can be written here, and `call` is its aws-auth call. */
  readonly elsewhere: boolean;
};

/** In mode API aws-auth is ignored. Source: EKS user guide, setting-up-access-entries. */
export const modeIsApi = ({ mode }: Cluster): boolean => mode.kind === 'literal' && mode.value === 'API';

/** HCL of the cluster's name, for resources beside the call. */
export const clusterNameSource = ({ call, repetition, elsewhere, resource, name, version }: Cluster): string => {
  if (elsewhere) return quote(name ?? '');
  if (resource) return `${instanceOf(call, repetition)}.name`;
  return `${instanceOf(call, repetition)}.${isBefore(version, '19.0.0') ? 'cluster_id' : 'cluster_name'}`;
};

/** Before version 20 the module knows no access entries. */
export const isInlineRelease = ({ version }: Pick<Cluster, 'version'>): boolean => isBefore(version, '20.0.0');

/** A release without access entries that is not to be upgraded: its entries stand beside it. */
export const staysPut = ({ standalone, elsewhere, version }: Cluster): boolean =>
  standalone && !elsewhere && isInlineRelease({ version });

export const readCluster = (
  module: RootModule,
  call: ModuleCall,
  versions: VersionFacts,
  standalone: boolean,
): Cluster => {
  const version = versionOf(call, versions);
  const awsProvider = passedProvider(call, 'aws');
  const nameAttribute = attribute(call.block.body, 'cluster_name') ?? attribute(call.block.body, 'name');
  const name = nameAttribute && knownString(evaluate(nameAttribute.value, module.scope));
  return {
    call,
    repetition: repetitionOf(call),
    version,
    mode: standalone && isInlineRelease({ version }) ? { kind: 'by-cli' } : readMode(call.block.body, call.block.in),
    existing: readExistingEntries(module, call),
    creatorAdmin: readCreatorAdmin(call),
    standalone,
    elsewhere: false,
    ...(awsProvider === undefined || awsProvider === 'aws' ? {} : { awsProvider }),
    ...(name === undefined ? {} : { name }),
  };
};

/** The cluster that an aws-auth call is of, when another root module makes it: only its name is known. */
export const clusterElsewhere = (
  module: RootModule,
  mapping: { readonly call: ModuleCall },
  name: string,
): Cluster => ({
  call: mapping.call,
  repetition: repetitionOf(mapping.call),
  version: { kind: 'unknown', reason: 'the cluster is made in another root module' },
  mode: { kind: 'elsewhere' },
  existing: { ...standaloneEntriesOf(module, name), unread: [] },
  creatorAdmin: 'off',
  name,
  standalone: true,
  elsewhere: true,
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
  });

/** `authentication_mode` of the body that has it, if it is there. */
export const readMode = (body: Body | undefined, file: HclFile): Mode => {
  const found = body && attribute(body, 'authentication_mode');
  if (!found) return { kind: 'absent' };
  const value = stringValue(found.value);
  if (value !== undefined) return { kind: 'literal', value, attribute: found };
  return { kind: 'expression', source: sourceOf(file.text, found.value.range), attribute: found };
};

const readCreatorAdmin = (call: ModuleCall): Cluster['creatorAdmin'] => {
  const found = attribute(call.block.body, 'enable_cluster_creator_admin_permissions');
  if (!found) return 'off';
  if (found.value.kind === 'bool') return found.value.value ? 'on' : 'off';
  return 'expression';
};
