import type { Range } from '../../diagnostics/index.ts';
import { attribute, sourceOf, unwrapParentheses, type Attribute } from '../../hcl/index.ts';
import type { ModuleVersion, RootModule } from '../../terraform/index.ts';
import type { AwsAuthForm, FlagArgument } from './aws-auth-forms.ts';
import { commentedOutRows } from '../expressions/comments.ts';
import { anyOf } from '../expressions/guards.ts';
import type { Addressed, ModuleCall } from '../clusters/module-call.ts';
import type { AddedRows } from './call/node-rows.ts';
import type { RawResource } from './resource/index.ts';
import { nameOfInstance, repetitionOf, type Repetition } from '../clusters/repetition.ts';
import { joinRows, readAddedRows, readRows, type UnreadList } from './rows.ts';
import type { Row, RowList } from './row.ts';

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
  const manageConfigMap = readFlag(call, form.manageConfigMap);
  const createConfigMap = form.createConfigMap && readFlag(call, form.createConfigMap);
  const create = readFlag(call, form.create);
  const repetition = repetitionOf(call);
  const condition = repetition.kind === 'when' && repetition.condition !== undefined ? [repetition.condition] : [];
  const guards = [...condition, ...inForceGuards(create, createConfigMap, manageConfigMap)];
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

const readFlag = (call: ModuleCall, { name, fallback }: FlagArgument): Flag => {
  const found = attribute(call.block.body, name);
  if (!found) return { name, value: fallback };
  const value = unwrapParentheses(found.value);
  if (value.kind === 'bool') return { name, value: value.value, attribute: found };
  if (value.kind === 'null') return { name, value: fallback, attribute: found };
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
export const manages = ({ create, manageConfigMap, resource }: Mapping, list: RowList): boolean =>
  create.value !== false && manageConfigMap.value !== false && (resource?.lists.includes(list) ?? true);

/** The conditions under which the rows are in force, as HCL; empty when none is needed. */
const inForceGuards = (create: Flag, createConfigMap: Flag | undefined, manageConfigMap: Flag): readonly string[] => {
  const writes = [...(createConfigMap ? [createConfigMap] : []), manageConfigMap];
  const either = writes.some(({ value }) => value === true) ? [] : writes.flatMap(({ source }) => source ?? []);
  return [...(create.source === undefined ? [] : [create.source]), ...(either.length === 0 ? [] : [anyOf(either)])];
};
