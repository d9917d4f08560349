import type { Range } from '../diagnostics/index.ts';
import { attribute, sourceOf, unwrapParentheses, type Attribute } from '../hcl/index.ts';
import type { ModuleVersion, RootModule } from '../terraform/index.ts';
import { versionOf, type VersionFacts } from './cluster.ts';
import { commentedOutRows } from './comments.ts';
import { anyOf } from './lists/guards.ts';
import type { ModuleCall } from './module-call.ts';
import { repetitionOf, type Repetition } from './repetition.ts';
import { readRows, type UnreadList } from './rows.ts';
import type { Row } from './row.ts';

/** A boolean argument with its default applied. `value` is undefined where it is an expression. */
export type Flag = { readonly value?: boolean; readonly source?: string; readonly attribute?: Attribute };

/** A call of the aws-auth submodule: all aws-auth data it writes. */
export type Mapping = {
  readonly call: ModuleCall;
  readonly repetition: Repetition;
  readonly version: ModuleVersion;
  readonly create: Flag;
  readonly createConfigMap: Flag;
  readonly manageConfigMap: Flag;
  readonly rows: readonly Row[];
  readonly unread: readonly UnreadList[];
  readonly commentedOut: { readonly count: number; readonly range: Range };
};

/** Defaults of the submodule at every version 20: create, create_aws_auth_configmap, manage_aws_auth_configmap. */
export const readMapping = (module: RootModule, call: ModuleCall, versions: VersionFacts): Mapping => {
  const flag = (name: string, fallback: boolean): Flag => readFlag(call, name, fallback);
  const manageConfigMap = flag('manage_aws_auth_configmap', true);
  const createConfigMap = flag('create_aws_auth_configmap', false);
  const create = flag('create', true);
  const repetition = repetitionOf(call);
  const own = repetition.kind === 'when' && repetition.condition !== undefined ? [repetition.condition] : [];
  const guards = [...own, ...inForceGuards(create, createConfigMap, manageConfigMap)];
  const { rows, unread } = readRows(module, call, guards);
  return {
    call,
    repetition,
    version: versionOf(call, versions),
    create,
    createConfigMap,
    manageConfigMap,
    rows,
    unread,
    commentedOut: { count: commentedOutRows(call.block.in, call.block.range), range: call.block.headerRange },
  };
};

const readFlag = (call: ModuleCall, name: string, fallback: boolean): Flag => {
  const found = attribute(call.block.body, name);
  if (!found) return { value: fallback };
  const value = unwrapParentheses(found.value);
  if (value.kind === 'bool') return { value: value.value, attribute: found };
  if (value.kind === 'null') return { value: fallback, attribute: found };
  return { source: sourceOf(call.block.in.text, found.value.range), attribute: found };
};

/** Whether the call writes the ConfigMap at all; undefined where an expression decides. */
export const isInForce = ({ create, createConfigMap, manageConfigMap }: Mapping): boolean | undefined => {
  if (create.value === false) return false;
  if (createConfigMap.value === false && manageConfigMap.value === false) return false;
  if (create.value === undefined) return undefined;
  return createConfigMap.value === true || manageConfigMap.value === true ? true : undefined;
};

/** The conditions under which the rows are in force, as HCL; empty when none is needed. */
const inForceGuards = (create: Flag, createConfigMap: Flag, manageConfigMap: Flag): readonly string[] => {
  const writes = [createConfigMap, manageConfigMap];
  const either = writes.some(({ value }) => value === true) ? [] : writes.flatMap(({ source }) => source ?? []);
  return [...(create.source === undefined ? [] : [create.source]), ...(either.length === 0 ? [] : [anyOf(either)])];
};
