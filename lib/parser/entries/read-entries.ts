import type { Range } from '../../diagnostics/index.ts';
import { attribute } from '../../hcl/index.ts';
import {
  plainBlocksOf,
  knownString,
  referencesOf,
  type PlacedAttribute,
  type RootModule,
} from '../../terraform/index.ts';
import { meaningOf, type Field } from '../aws-auth/row.ts';
import type { ModuleCall } from '../clusters/module-call.ts';
import { conditionsOf, repetitionOf } from '../clusters/repetition.ts';
import { fieldAt } from '../expressions/field.ts';
import { normalizeSource } from '../expressions/identity.ts';
import { readArgument } from './argument-entries.ts';
import type { EntryMap } from './entry-maps.ts';
import { withAssociations, type IsOfCluster } from './associations.ts';
import { writtenEntry } from './entry-fields.ts';
import type { WrittenEntry } from './entry.ts';
import { absent } from './readable.ts';
import { instancesOf, type ReadInstance } from './resource-instances.ts';

/** The entries that the source has for a cluster. */
export type WrittenEntries = {
  readonly entries: readonly WrittenEntry[];
  /** `access_entries` of the call. */
  readonly argument?: PlacedAttribute;
  /** What is converted at plan time, in `access_entries` or by resources of their own. */
  readonly planned: EntryMap['planned'];
  /** Parts of `access_entries` that cannot be read: they may hold any principal. */
  readonly unread: readonly Range[];
  /** Those that come to the cluster by another way than this argument: their keys are taken, and who has one gets no second one. */
  readonly beside?: Pick<WrittenEntries, 'entries' | 'unread'>;
};

/** The arguments of a call that take the entries and the name of the cluster: of the eks module, or of one that calls it. */
export type CallArguments = { readonly entries: string; readonly names: readonly string[] };

const ofEksModule: CallArguments = { entries: 'access_entries', names: ['cluster_name', 'name'] };

/** Those of a module call: in its argument, and the resources whose cluster is the call's. */
export const entriesOfCall = (
  module: RootModule,
  call: ModuleCall,
  { entries, names }: CallArguments = ofEksModule,
): WrittenEntries => {
  const found = attribute(call.block.body, entries);
  const argument = found && { ...found, in: call.block.in };
  const read = argument ? readArgument(module, argument) : { entries: [], planned: [], unread: [] };
  const [name] = names.flatMap(one => attribute(call.block.body, one) ?? []);
  const clusterName = name && fieldAt(module, { expression: name.value, file: call.block.in });
  return {
    ...withResources(module, read.entries, cluster =>
      referencesOf(meaningOf(cluster).expression).some(({ path }) => path[0] === 'module' && path[1] === call.label)
        ? 'yes'
        : clusterName
          ? sameName(cluster, clusterName)
          : 'maybe',
    ),
    planned: read.planned,
    unread: read.unread,
    ...(argument ? { argument } : {}),
  };
};

const sameName = (a: Field, b: Field): 'yes' | 'no' | 'maybe' => {
  const [left, right] = [knownString(a.value), knownString(b.value)];
  if (left !== undefined && right !== undefined) return left === right ? 'yes' : 'no';
  if (left !== undefined || right !== undefined) return 'maybe';
  const [first, second] = [a, b].map(({ expression }) => referencesOf(expression)[0]?.path.join('.'));
  return first !== undefined && first === second ? 'yes' : 'maybe';
};

/** Those whose cluster has this name, or whose `cluster_name` is this expression. */
export const entriesOfClusterNamed = (
  module: RootModule,
  cluster: string | { readonly source: string },
): WrittenEntries =>
  entriesOfCluster(module, ({ value, source }) => {
    const name = knownString(value);
    const isSame = typeof cluster === 'string' ? name === cluster : normalizeSource(source) === cluster.source;
    return isSame ? 'yes' : name === undefined ? 'maybe' : 'no';
  });

/** The resources of a cluster that no call makes. */
export const entriesOfCluster = (module: RootModule, isOfCluster: IsOfCluster): WrittenEntries => ({
  ...withResources(module, [], isOfCluster),
  planned: [],
  unread: [],
});

const withResources = (
  module: RootModule,
  inArgument: readonly WrittenEntry[],
  isOfCluster: IsOfCluster,
): Pick<WrittenEntries, 'entries'> => {
  const resources = plainBlocksOf(module, 'resource', 'aws_eks_access_entry')
    .flatMap(block => instancesOf(module, block))
    .filter(({ object }) => {
      const name = object.fields.get('cluster_name');
      return name !== undefined && isOfCluster(fieldAt(module, name.piece)) === 'yes';
    })
    .map(instance => resourceEntry(module, instance));
  return { entries: withAssociations(module, [...inArgument, ...resources], isOfCluster) };
};

const resourceEntry = (module: RootModule, resource: ReadInstance): WrittenEntry => {
  const { block, presence, object } = resource;
  const conditions = conditionsOf(repetitionOf(resource));
  const key = block.labels[1] ?? '';
  return writtenEntry(
    module,
    { form: 'resource', key, presence, conditions, range: block.headerRange, object, resource },
    absent,
  );
};
