import type { Range } from '../../diagnostics/index.ts';
import { attribute, sourceOf, type Attribute, blocks, stringValue } from '../../hcl/index.ts';
import type { ModuleVersion, RootModule, PlacedBlock, Reference } from '../../terraform/index.ts';
import { type AwsAuthForm, eksAuthForm, type FlagArgument, resourceForm } from './aws-auth-forms.ts';
import { rowsFromOutput, type EksAuthCall } from './call/eks-auth.ts';
import { commentedOutRows } from '../expressions/comments.ts';
import { anyOf } from '../expressions/piece.ts';
import { isFalse, isNull, writtenBool } from '../expressions/written-bool.ts';
import { type Addressed, type ModuleCall, addressedResource } from '../clusters/module-call.ts';
import type { AddedRows } from './call/node-rows.ts';
import type { RawResource } from './resource/raw-resource.ts';
import { nameOfInstance, repetitionOf, type Repetition, conditionsOf } from '../clusters/repetition.ts';
import { joinRows, readAddedRows, readRows, type UnreadList } from './rows.ts';
import type { Row, RowList } from './row.ts';
import type { Cluster, WrapperFacts } from '../clusters/cluster.ts';

/** A boolean argument with its default applied. `value` is undefined where it is an expression. */
export type Flag = {
  readonly name: string;
  readonly value?: boolean;
  readonly source?: string;
  readonly attribute?: Attribute;
};

/** What writes aws-auth: a call of the submodule, one of the eks module itself before version 20, or a resource. */
export type Mapping = Addressed & {
  readonly form: AwsAuthForm;
  readonly repetition: Repetition;
  readonly version: ModuleVersion;
  readonly create: Flag;
  /** Absent where no argument creates the object alone. */
  readonly createConfigMap?: Flag;
  readonly manageConfigMap: Flag;
  /** The rows that the module adds by itself, before those of its arguments. */
  readonly added: readonly AddedRows[];
  /** All rows, in the order in which they are written into the ConfigMap. */
  readonly rows: readonly Row[];
  readonly unread: readonly UnreadList[];
  readonly commentedOut: { readonly count: number; readonly range: Range };
  /** Where a module is called. */
  readonly call?: ModuleCall;
  /** Where a resource writes it. */
  readonly resource?: RawResource;
};

export const readMapping = (
  module: RootModule,
  call: ModuleCall,
  form: AwsAuthForm,
  version: ModuleVersion,
): Mapping => {
  const manageConfigMap = readFlag(module, call, form.manageConfigMap);
  const createConfigMap = form.createConfigMap && readFlag(module, call, form.createConfigMap);
  // Of the eks module itself no instances are no cluster.
  const off = form.id === 'submodule' ? noInstances(call.block) : undefined;
  const create = off ? { name: off.name, value: false, attribute: off } : readFlag(module, call, form.create);
  const repetition = off ? repetitionWhenOff(off) : repetitionOf(call);
  const guards = [...conditionsOf(repetition), ...inForceGuards(create, createConfigMap, manageConfigMap)];
  const added = form.added?.(module, call, nameOfInstance(call, repetition), version) ?? [];
  const { rows, unread } = joinRows([readAddedRows(module, added, guards), readRows(module, call, form, guards)]);
  return {
    form,
    address: call.address,
    label: call.label,
    block: call.block,
    call,
    repetition,
    version,
    create,
    ...(createConfigMap ? { createConfigMap } : {}),
    manageConfigMap,
    added,
    rows,
    unread,
    commentedOut: { count: commentedOutRows(call.block.in, call.block.range), range: call.block.headerRange },
  };
};

/** A call of eks-auth. It is off when there are no instances of it. */
export const eksAuthMapping = (module: RootModule, found: EksAuthCall): Mapping => {
  const { call, eks } = found;
  const off = noInstances(call.block);
  const repetition = off ? repetitionWhenOff(off) : repetitionOf(call);
  const guards = conditionsOf(repetition);
  const added = rowsFromOutput(module, found, nameOfInstance(eks, repetitionOf(eks)));
  const { rows, unread } = joinRows([
    readAddedRows(module, added, guards),
    readRows(module, call, eksAuthForm, guards),
  ]);
  return {
    form: eksAuthForm,
    address: call.address,
    label: call.label,
    block: call.block,
    call,
    repetition,
    version: { kind: 'unknown', reason: 'it is another module' },
    create: off ? { name: off.name, value: false, attribute: off } : on('count'),
    manageConfigMap: on('count'),
    added,
    rows,
    unread,
    commentedOut: { count: commentedOutRows(call.block.in, call.block.range), range: call.block.headerRange },
  };
};

/** What is false by locals is off as well. Where it is true by them, it stays an expression, and its rows have it as a condition. */
const readFlag = (module: RootModule, call: ModuleCall, { name, fallback }: FlagArgument): Flag => {
  const found = attribute(call.block.body, name);
  if (!found) return { name, value: fallback };
  const value = writtenBool(found.value);
  if (value !== undefined) return { name, value, attribute: found };
  if (isNull(found.value)) return { name, value: fallback, attribute: found };
  if (isFalse(module, found.value)) return { name, value: false, attribute: found };
  return { name, source: sourceOf(call.block.in.text, found.value.range), attribute: found };
};

/** Whether the call writes the ConfigMap at all; undefined where an expression decides. */
export const isInForce = ({ create, createConfigMap, manageConfigMap }: Mapping): boolean | undefined => {
  if (create.value === false) return false;
  const writes = [...(createConfigMap ? [createConfigMap] : []), manageConfigMap];
  if (writes.every(({ value }) => value === false)) return false;
  if (create.value === undefined) return undefined;
  return writes.some(({ value }) => value === true) ? true : undefined;
};

/** Whether the next apply makes a list what the source says. */
export const manages = (mapping: Mapping, list: RowList): boolean => {
  const { create, manageConfigMap, resource } = mapping;
  if (create.value === false || manageConfigMap.value === false) return false;
  return (resource?.lists.includes(list) ?? true) && !ignores(mapping, list);
};

/** Whether changes of a list are left alone once the object is there. */
export const ignores = ({ resource }: Pick<Mapping, 'resource'>, list: RowList): boolean =>
  resource?.ignoredLists.includes(list) ?? false;

/** The conditions under which the rows are in force, as HCL; empty when none is needed. */
const inForceGuards = (create: Flag, createConfigMap: Flag | undefined, manageConfigMap: Flag): readonly string[] => {
  const writes = [...(createConfigMap ? [createConfigMap] : []), manageConfigMap];
  const either = writes.some(({ value }) => value === true) ? [] : writes.flatMap(({ source }) => source ?? []);
  return [...(create.source === undefined ? [] : [create.source]), ...(either.length === 0 ? [] : [anyOf(either)])];
};

/** A resource that writes aws-auth, as all that writes it is looked at. It is off when there are no instances of it. */
export const rawMapping = (resource: RawResource): Mapping => {
  const { block, kind, rows, unread, commentedOut, lists, ignoredLists } = resource;
  const ignoresData = ignoredLists.length > 0;
  const off = noInstances(block);
  return {
    form: resourceForm,
    added: [],
    ...addressedResource(block),
    repetition: off ? repetitionWhenOff(off) : resource.repetition,
    version: { kind: 'unknown', reason: 'it is a resource' },
    create: off ? { name: off.name, value: false, attribute: off } : on('count'),
    ...(kind === 'object' || ignoresData ? { createConfigMap: on('data') } : {}),
    manageConfigMap: on('data', !ignoresData || lists.some(list => !ignoredLists.includes(list))),
    rows,
    unread,
    commentedOut,
    resource,
  };
};

const on = (name: string, value = true): Flag => ({ name, value });

/** `count = 0` or `for_each = {}`, as phase 3 writes it. */
const noInstances = (block: PlacedBlock): Attribute | undefined =>
  ['count', 'for_each']
    .flatMap(name => attribute(block.body, name) ?? [])
    .find(({ value }) => {
      const source = sourceOf(block.in.text, value.range).replace(/\s/g, '');
      return ['0', '{}', '[]', 'toset([])'].includes(source);
    });

const repetitionWhenOff = ({ name }: Attribute): Repetition => (name === 'count' ? { kind: 'when' } : { kind: 'once' });

/** The argument that switches off what writes nothing. */
export const switchOf = (mapping: Mapping): string | undefined => {
  if (isInForce(mapping) !== false) return undefined;
  return mapping.create.value === false ? mapping.create.name : mapping.manageConfigMap.name;
};

/** A resource that writes the aws-auth ConfigMap, and what has rows of it, too. Its rows are not converted. */
export type SecondWriter = {
  readonly mapping: Mapping;
  readonly beside: string;
  /** What switches off the other one. */
  readonly off: string | undefined;
};

export type Paired = { readonly mapping: Mapping; readonly cluster: Cluster | undefined };

/**
 * The resources that write the ConfigMap of a cluster which something before them writes: a call, or another resource. Without a
 * cluster in the root module all write one.
 */
export const secondWriters = (paired: readonly Paired[], clusters: number): readonly SecondWriter[] =>
  paired.flatMap(({ mapping, cluster }, index) => {
    if (!mapping.resource || (cluster === undefined && clusters > 0)) return [];
    const first = paired.slice(0, index).find(other => other.cluster === cluster && !isEmpty(other.mapping));
    return first ? [{ mapping, beside: first.mapping.address, off: switchOf(first.mapping) }] : [];
  });

/** The condition under which it is there. What the whole cluster has is no switch of aws-auth. */
export const whenOf = ({ repetition, block }: Mapping, cluster: Pick<Cluster, 'repetition'>): WrapperFacts['when'] => {
  const [condition] = conditionsOf(repetition);
  const isOfCluster = condition !== undefined && conditionsOf(cluster.repetition).includes(condition);
  return condition === undefined || isOfCluster ? undefined : { condition, range: block.headerRange };
};

/** A call that is off and has no rows says nothing of the ConfigMap. */
export const isEmpty = (mapping: Mapping): boolean =>
  isInForce(mapping) === false && mapping.rows.length === 0 && mapping.unread.length === 0;

const configMapTypes = ['kubernetes_config_map', 'kubernetes_config_map_v1', 'kubernetes_config_map_v1_data'];

/** Whether a reference is to a data source that reads the live ConfigMap. */
export const readsAwsAuth = (module: RootModule, { path }: Reference): boolean =>
  path[0] === 'data' &&
  configMapTypes.includes(path[1] ?? '') &&
  module.blocks.some(
    block =>
      block.type === 'data' &&
      block.labels.join('.') === path.slice(1, 3).join('.') &&
      blocks(block.body, 'metadata').some(({ body }) => {
        const name = attribute(body, 'name');
        return name !== undefined && stringValue(name.value) === 'aws-auth';
      }),
  );
