import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { attribute, attributesOf } from '../../hcl/index.ts';
import {
  awsAuthArguments,
  metaArguments,
  sameInstances,
  submoduleForm,
  type ModuleCall,
  type Source,
} from '../../parser/index.ts';
import { isOverride } from '../../terraform/index.ts';
import { involvedClusters } from '../involved.ts';
import { splits, submoduleCalls } from '../splits.ts';
import type { SourceGate } from './gate.ts';

/** Calls that stand for several instances, whose cluster is not clear, or that stand where no edit goes. */
export const calls: SourceGate = state => {
  const { source } = state;
  const upgraded = splits(state).length > 0 ? submoduleCalls(state) : [];
  const own = new Set([...involvedClusters(state), ...source.mappings, ...upgraded].map(({ call }) => call));
  return [
    ...repetition(source),
    ...[...own].flatMap(call => uneditable(call, source)),
    ...source.mappings.filter(({ form }) => form.id === 'submodule').flatMap(({ call }) => unknownArguments(call)),
    ...pairing(source),
  ];
};

/** Two calls with the same `for_each` have the same instances; otherwise which row belongs to which instance is not known. */
const repetition = ({ clusters, mappings, pairs }: Source): readonly Diagnostic[] => {
  const matched = new Set(
    pairs.flatMap(({ cluster, mapping }) =>
      sameInstances(cluster.repetition, mapping.repetition) ? [cluster.call, mapping.call] : [],
    ),
  );
  const paired = new Set(pairs.map(({ cluster }) => cluster));
  return [...clusters.filter(cluster => paired.has(cluster)), ...mappings].flatMap(({ call, repetition: own }) => {
    if (own.kind !== 'many' || matched.has(call)) return [];
    const at = attribute(call.block.body, own.argument)?.nameRange;
    return [diagnose('TAE206', { call: call.address, argument: own.argument }, at)];
  });
};

/** Terraform merges an override file into the call, so what is written in the call may not be what counts. */
const uneditable = (call: ModuleCall, { module }: Source): readonly Diagnostic[] =>
  module.blocks
    .filter(
      ({ type, labels, in: file }) =>
        type === call.block.type && labels.join() === call.block.labels.join() && isOverride(file.file),
    )
    .map(({ in: file, headerRange }) => diagnose('TAE009', { path: file.file }, headerRange));

const pairing = ({ clusters, mappings, pairs, unpaired }: Source): readonly Diagnostic[] => {
  const names = clusters.map(({ call }) => call.address).join(', ');
  const second = mappings.filter((mapping, index) => {
    const cluster = clusterOf(mapping, pairs);
    return cluster !== undefined && mappings.slice(0, index).some(other => clusterOf(other, pairs) === cluster);
  });
  return [
    ...unpaired.map(({ call }) =>
      clusters.length === 0
        ? diagnose('TAE205', { call: call.address }, call.block.headerRange)
        : diagnose('TAE204', { call: call.address, clusters: names }, call.block.headerRange),
    ),
    ...second.map(({ call }) => diagnose('TAE220', { call: call.address }, call.block.headerRange)),
  ];
};

const clusterOf = (
  mapping: Source['mappings'][number],
  pairs: Source['pairs'],
): Source['clusters'][number] | undefined => pairs.find(pair => pair.mapping === mapping)?.cluster;

/** The inputs of modules/aws-auth at every version 20, and the arguments every module call may have. */
const knownArguments = new Set([...metaArguments, submoduleForm.create.name, ...awsAuthArguments(submoduleForm)]);

const unknownArguments = (call: ModuleCall): readonly Diagnostic[] =>
  attributesOf(call.block.body)
    .filter(({ name }) => !knownArguments.has(name))
    .map(({ name, nameRange }) => diagnose('TAE222', { call: call.address, argument: name }, nameRange));
