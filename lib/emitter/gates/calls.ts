import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { attribute, attributesOf, sourceOf } from '../../hcl/index.ts';
import {
  awsAuthArguments,
  clusterOfData,
  isInForce,
  switchOf,
  isInline,
  jsonFilesWithEks,
  metaArguments,
  sameInstances,
  submoduleForm,
  isInSource,
  type Cluster,
  type Mapping,
  type Source,
} from '../../parser/index.ts';
import { blockAddress, evaluate, isOverride, type PlacedBlock } from '../../terraform/index.ts';
import { fileIn } from '../callers/calls.ts';
import { involvedClusters } from '../involved.ts';
import { isByValue } from '../per-environment/ways.ts';
import { splits, submoduleCalls } from '../splits.ts';
import type { SourceGate } from '../phase.ts';

/** The resources that write aws-auth beside a mapping, also those that are off. */
const secondBlocks = ({ writers, idle }: Source): readonly PlacedBlock[] => [
  ...writers.map(({ mapping }) => mapping.block),
  ...idle.map(({ block }) => block),
];

/** Calls that stand for several instances, whose cluster is not clear, or that stand where no edit goes. */
export const calls: SourceGate = state => {
  const { source } = state;
  const upgraded = splits(state).length > 0 ? submoduleCalls(state) : [];
  const blocks = new Set(
    [...involvedClusters(state).filter(isInSource), ...source.mappings, ...upgraded.map(({ call }) => call)].map(
      ({ block }) => block,
    ),
  );
  return [
    ...repetition(source),
    ...sharedProvider(source),
    ...uneditable([...blocks, ...(state.phased ? [state.phased.block] : [])], source),
    ...[...blocks, ...secondBlocks(source)].flatMap(block => declaredBefore(block, source)),
    ...source.mappings.filter(({ form }) => form.id === 'submodule').flatMap(unknownArguments),
    ...pairing(source),
    ...(state.handed?.callers ?? []).flatMap(caller => {
      const ofCaller = caller.calls.map(({ cluster }) => cluster.block);
      return [
        ...uneditable(ofCaller, caller.source, caller.label),
        ...overriddenInJson(ofCaller, caller.source, caller.label),
        ...ofCaller.flatMap(block => declaredBefore(block, caller.source)),
      ];
    }),
    ...(state.handed || !isByValue(state) ? [] : numbersElsewhere(state)),
  ];
};

/** The number of a call that hands over no rows: what an override file says of it is not read. */
const numbersElsewhere: SourceGate = ({ calls: found = [] }) =>
  found.flatMap(({ block, module, place: { label } }) =>
    block ? [...uneditable([block], { module }, label), ...overriddenInJson([block], { module }, label)] : [],
  );

/** Two calls with the same `for_each` have the same instances; otherwise which row belongs to which instance is not known. */
const repetition = ({ clusters, mappings, pairs }: Source): readonly Diagnostic[] => {
  const matched = new Set(
    pairs.flatMap(({ cluster, mapping }) =>
      sameInstances(cluster.repetition, mapping.repetition) ? [cluster.address, mapping.address] : [],
    ),
  );
  const paired = new Set(pairs.map(({ cluster }) => cluster));
  return [...clusters.filter(cluster => paired.has(cluster)), ...mappings].flatMap(
    ({ address, block, repetition: often }) => {
      if (often.kind !== 'many' || matched.has(address)) return [];
      const at = attribute(block.body, often.argument)?.nameRange;
      return [diagnose('TAE206', { call: address, argument: often.argument }, at)];
    },
  );
};

/**
 * Terraform gives all instances of a call the same provider, so that they write the ConfigMap of one cluster; OpenTofu can tell them
 * apart by a key of the instance. Sources: Terraform language, module providers; What's new in OpenTofu 1.9.
 */
const sharedProvider = ({ pairs, module }: Source): readonly Diagnostic[] =>
  pairs.flatMap(({ cluster, mapping }) => {
    const { address, block, repetition: often } = mapping;
    if (often.kind !== 'many' || !sameInstances(cluster.repetition, often) || isInForce(mapping) === false) return [];
    const each = attribute(block.body, often.argument);
    const value = each && evaluate(each.value, module.scope);
    const isOne =
      (value?.kind === 'list' && value.items.length < 2) || (value?.kind === 'object' && value.entries.size < 2);
    const given = attribute(block.body, mapping.call ? 'providers' : 'provider');
    const isOfInstance = given !== undefined && /\b(?:each|count)\./.test(sourceOf(block.in.text, given.value.range));
    return isOne || isOfInstance ? [] : [diagnose('TAE278', { call: address }, (given ?? each)?.nameRange)];
  });

/**
 * Terraform merges an override file into the call, so what is written in the call may not be what counts. An entry that it changes
 * may be for another principal than the one that is read.
 */
const uneditable = (
  blocks: readonly PlacedBlock[],
  { module }: Pick<Source, 'module'>,
  caller?: string,
): readonly Diagnostic[] =>
  module.blocks
    .filter(({ in: { file } }) => isOverride(file))
    .filter(other => other.labels[0]?.startsWith('aws_eks_access_') || blocks.some(block => isSameBlock(other, block)))
    .map(({ in: { file }, headerRange }) => diagnose('TAE009', { path: fileIn(caller, file) }, headerRange));

/** Also in JSON, which is refused of other root modules before anything is read of them. */
const overriddenInJson = (
  blocks: readonly PlacedBlock[],
  { module }: Pick<Source, 'module'>,
  caller: string,
): readonly Diagnostic[] =>
  jsonFilesWithEks(module, new Set(blocks.flatMap(({ labels: [label] }) => label ?? [])))
    .filter(isOverride)
    .map(file => diagnose('TAE009', { path: fileIn(caller, file) }));

/** Source: hashicorp/terraform, internal/configs/module.go ("Duplicate module call", "Duplicate resource configuration"). */
const declaredBefore = (block: PlacedBlock, { module }: Source): readonly Diagnostic[] => {
  const alike = module.blocks.filter(other => isSameBlock(other, block) && !isOverride(other.in.file));
  const isSecond = alike[0] !== undefined && alike[0].headerRange !== block.headerRange;
  return isSecond
    ? [diagnose('TAE244', { call: blockAddress(block.type, block.labels) ?? block.type }, block.headerRange)]
    : [];
};

const isSameBlock = (one: PlacedBlock, other: PlacedBlock): boolean =>
  one.type === other.type && one.labels.join() === other.labels.join();

const pairing = ({ module, graph, clusters, pairs, unpaired }: Source): readonly Diagnostic[] => {
  const names = clusters.map(({ address }) => address).join(', ');
  // Of several that of the cluster is the first that is not off.
  const first = (cluster: Cluster): Mapping | undefined => {
    const all = pairs.flatMap(pair => (pair.cluster === cluster ? [pair.mapping] : []));
    return all.find(mapping => isInForce(mapping) !== false) ?? all[0];
  };
  // One that is declared twice is named so.
  const second = pairs.filter(({ cluster, mapping: { address } }) => first(cluster)?.address !== address);
  return [
    ...unpaired.map(mapping => {
      const { address: call, block } = mapping;
      if (clusters.length === 0) return diagnose('TAE205', { call }, block.headerRange);
      const other = clusterOfData(module, graph, mapping, clusters);
      return diagnose('TAE204', { call, clusters: names, other }, block.headerRange);
    }),
    ...second.map(pair => {
      const { cluster, mapping } = pair;
      const off = switchOf(mapping);
      const own = isInline(pair) ? writtenIn(mapping) : undefined;
      const besideEks = pairs.some(other => other.cluster === cluster && isInline(other));
      return diagnose('TAE220', { call: mapping.address, off, own, besideEks }, mapping.block.headerRange);
    }),
  ];
};

/** The arguments of aws-auth in a call that makes the cluster, but for a flag that is on where it is not written. */
const writtenIn = ({ block, form }: Mapping): readonly string[] =>
  awsAuthArguments(form).filter(
    name =>
      attribute(block.body, name) !== undefined &&
      !(name === form.manageConfigMap.name && form.manageConfigMap.fallback),
  );

/** The inputs of modules/aws-auth at every version 20, and the arguments every module call may have. */
const knownArguments = new Set([...metaArguments, submoduleForm.create.name, ...awsAuthArguments(submoduleForm)]);

const unknownArguments = ({ address, block }: Mapping): readonly Diagnostic[] =>
  attributesOf(block.body)
    .filter(({ name }) => !knownArguments.has(name))
    .map(({ name, nameRange }) => diagnose('TAE222', { call: address, argument: name }, nameRange));
