import { entryFlag as name, karpenterNodes, selfManagedGroups } from '../eks/node-group-forms.ts';
import {
  appendItem,
  attribute,
  removeAttribute,
  removeItem,
  unwrapParentheses,
  type Attribute,
  type Edit,
  type Expression,
} from '../hcl/index.ts';
import { groupsInCall, isPinned, pinComment, type ModuleCall } from '../parser/index.ts';
import type { NodeGroup, Source } from '../parser/index.ts';
import { evaluatesToFalse, type RootModule } from '../terraform/index.ts';

/**
 * Version 20 makes the entries of self-managed groups and of Karpenter's nodes, which EKS refuses until the mode has the API. Phase 0
 * writes `create_access_entry = false` with a comment, phase 2 takes it out again.
 * Source: terraform-aws-modules/eks 20, modules/self-managed-node-group and modules/karpenter, variables.tf.
 */
const pin = `${name} = false # ${pinComment}`;

const { argument, defaults } = selfManagedGroups;
const makers: readonly (string | undefined)[] = [selfManagedGroups.submodule, karpenterNodes.submodule];

/**
 * What a call is to have: a line for its body, or an edit of the defaults of its groups. Undefined where that cannot be written.
 * `isShared`: the entry of the role is that of others, so the call makes none in later phases either.
 */
export const pinEntries = (
  module: RootModule,
  call: ModuleCall,
  isShared: boolean,
): { readonly lines: readonly string[]; readonly edits: readonly Edit[] } | undefined => {
  const { block, source } = call;
  const { submodule } = source;
  const none = { lines: [], edits: [] };
  if (submodule !== undefined) {
    if (!makers.includes(submodule) || attribute(block.body, name)) return none;
    return { ...none, lines: [isShared ? `${name} = false` : pin] };
  }
  const groups = attribute(block.body, argument)?.value;
  if (!groups || groups.kind === 'null' || (groups.kind === 'object' && groups.items.length === 0)) return none;
  // A group's own flag beats the defaults'.
  if (groupsInCall(module, call, selfManagedGroups)?.some(group => hasFlag(module, group)) === true) return undefined;
  const given = attribute(block.body, defaults);
  if (!given || given.value.kind === 'null') {
    const lines = [`${defaults} = {\n  ${pin}\n}`];
    return given ? { lines, edits: [removeAttribute(block.in, given)] } : { ...none, lines };
  }
  const object = unwrapParentheses(given.value);
  if (object.kind !== 'object') return undefined;
  const flag = object.items.find(item => item.name === name)?.value;
  if (flag) return flag.kind === 'bool' && !flag.value ? none : undefined;
  return { ...none, edits: appendItem(block.in, object, pin) };
};

/** The pins that are in the source. */
export const pinnedCalls = ({ calls }: Source): readonly ModuleCall[] => calls.filter(call => liftPin(call).length > 0);

/** Where the pin of a call stands: as its argument, or in the defaults of its groups. */
const placeOfPin = ({ block }: ModuleCall): PlaceOfPin | undefined => {
  const flag = attribute(block.body, name);
  if (flag && isPinned(block.in, flag.value)) return { argument: flag, value: flag.value };
  const given = attribute(block.body, defaults);
  const object = given && unwrapParentheses(given.value);
  if (!given || object?.kind !== 'object') return undefined;
  const index = object.items.findIndex(item => item.name === name && isPinned(block.in, item.value));
  const item = object.items[index];
  return item && { argument: given, value: item.value, object, index };
};

type PlaceOfPin = {
  readonly argument: Attribute;
  readonly value: Expression;
  readonly object?: Extract<Expression, { kind: 'object' }>;
  readonly index?: number;
};

/** The value of the pin of a call, `false`, and the argument that it stands in. */
export const pinOf = (call: ModuleCall): Pick<PlaceOfPin, 'argument' | 'value'> | undefined => placeOfPin(call);

/** Takes the pin of a call out again. */
export const liftPin = (call: ModuleCall): readonly Edit[] => {
  const { in: file } = call.block;
  const found = placeOfPin(call);
  if (!found) return [];
  const { argument: whole, object, index = 0 } = found;
  return object && object.items.length > 1 ? removeItem(file, object, index) : [removeAttribute(file, whole)];
};

/** `create_access_entry` of its own that is not false, which version 19 does not read. */
const hasFlag = (module: RootModule, { written }: NodeGroup): boolean => {
  const flag = written.fields.fields.get(name);
  return flag !== undefined && !evaluatesToFalse(flag.piece.expression, module);
};
