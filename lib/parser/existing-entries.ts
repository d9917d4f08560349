import type { Range } from '../diagnostics/index.ts';
import {
  attribute,
  sourceOf,
  unwrapParentheses,
  type Conditional,
  type Expression,
  type HclFile,
  type ObjectExpression,
} from '../hcl/index.ts';
import { evaluate, referencesOf, type PlacedAttribute, type RootModule } from '../terraform/index.ts';
import {
  heldPolicy,
  policyName,
  stringList,
  stringOfExpression,
  type ExistingEntry,
  type HeldPolicy,
} from './existing-entry.ts';
import { identityOf } from './identity.ts';
import type { ModuleCall } from './module-call.ts';
import { fieldOf } from './field.ts';
import { isPlannedEntries } from './planned-names.ts';
import { standaloneEntries } from './standalone-entries.ts';

export type ExistingEntries = {
  readonly entries: readonly ExistingEntry[];
  /** `access_entries` of the call. */
  readonly argument?: PlacedAttribute;
  /** Parts of `access_entries` that cannot be read: they may hold any principal. */
  readonly unread: readonly Range[];
};

export const readExistingEntries = (module: RootModule, call: ModuleCall): ExistingEntries => {
  const found = attribute(call.block.body, 'access_entries');
  const argument = found && { ...found, in: call.block.in };
  const read = argument ? readMap(module, argument.value, argument.in) : { entries: [], unread: [] };
  return {
    entries: [...read.entries, ...standaloneEntries(module, call)],
    unread: read.unread,
    ...(argument ? { argument } : {}),
  };
};

type Read = Pick<ExistingEntries, 'entries' | 'unread'>;

/** Reads a literal map, the arguments of `merge(...)`, both arms of a conditional and locals, each by its own shape. */
const readMap = (module: RootModule, expression: Expression, file: HclFile): Read => {
  const inner = unwrapParentheses(expression);
  if (inner.kind === 'null') return { entries: [], unread: [] };
  if (inner.kind === 'object') return readObject(module, inner, file);
  if (inner.kind === 'call' && inner.name === 'merge' && !inner.expand)
    return joinReads(inner.args.map(arg => readMap(module, arg, file)));
  if (inner.kind === 'conditional') return joinReads(readArms(module, inner, file));
  const path = inner.kind === 'get' ? referencesOf(inner)[0]?.path : undefined;
  const local = path?.length === 2 && path[0] === 'local' ? module.locals.get(path[1] ?? '') : undefined;
  // What is converted at plan time has the principals of its rows, which are nobody else's.
  if (local && isPlannedEntries(module, local.name)) return { entries: [], unread: [] };
  // A local that leads back to itself is refused by Terraform; here it must only not loop.
  if (local && !referencesOf(local.value).some(({ path: [root, name] }) => root === 'local' && name === path?.[1])) {
    return readMap(module, local.value, local.in);
  }
  return { entries: [], unread: [inner.range] };
};

/** An arm that is not taken is read all the same: with other values of variables it may be. */
const readArms = (module: RootModule, { condition, then, else: otherwise }: Conditional, file: HclFile): Read[] => {
  const value = evaluate(condition, module.scope);
  const taken = value.kind === 'bool' ? value.value : undefined;
  return [then, otherwise].map((arm, index) => {
    const { entries, unread } = readMap(module, arm, file);
    if (taken === (index === 0)) return { entries, unread };
    const presence = taken === undefined ? ('maybe' as const) : ('never' as const);
    return {
      entries: entries.map(entry => ({ ...entry, presence: entry.presence === 'never' ? 'never' : presence })),
      unread,
    };
  });
};

const joinReads = (reads: readonly Read[]): Read => ({
  entries: reads.flatMap(({ entries }) => entries),
  unread: reads.flatMap(({ unread }) => unread),
});

const readObject = (module: RootModule, object: ObjectExpression, file: HclFile): Read => {
  const reads = object.items.map(item => {
    const value = unwrapParentheses(item.value);
    const principal = value.kind === 'object' ? value.items.find(({ name }) => name === 'principal_arn') : undefined;
    if (value.kind !== 'object' || !principal) return { entries: [], unread: [item.range] };
    const groups = stringList(module, value.items.find(({ name }) => name === 'kubernetes_groups')?.value);
    const policies = heldPolicies(module, value.items.find(({ name }) => name === 'policy_associations')?.value);
    const entry: ExistingEntry = {
      key: item.name ?? sourceOf(file.text, item.key.range),
      form: 'argument',
      identity: identityOf(fieldOf(module, principal.value, file), module),
      range: item.range,
      written: { ...(item.name === undefined ? {} : { name: item.name }), key: item.key, value, in: file },
      policyKeys: keysOf(memberOf(value, 'policy_associations')),
      ...(groups ? { groups } : {}),
      ...(policies ? { policies } : {}),
    };
    return { entries: [entry], unread: [] };
  });
  return joinReads(reads);
};

/** The associated policies, by the last part of each `policy_arn`. */
const heldPolicies = (module: RootModule, expression: Expression | undefined): readonly HeldPolicy[] | undefined => {
  if (!expression) return [];
  const object = unwrapParentheses(expression);
  if (object.kind !== 'object') return undefined;
  const held = object.items.map(({ value }) => {
    const name = policyName(module, memberOf(value, 'policy_arn'));
    const scope = stringOfExpression(module, memberOf(memberOf(value, 'access_scope'), 'type'));
    return name === undefined ? undefined : heldPolicy(name, scope);
  });
  return held.every(policy => policy !== undefined) ? held : undefined;
};

const memberOf = (expression: Expression | undefined, name: string): Expression | undefined => {
  const object = expression && unwrapParentheses(expression);
  return object?.kind === 'object' ? object.items.find(item => item.name === name)?.value : undefined;
};

const keysOf = (expression: Expression | undefined): readonly string[] => {
  const object = expression && unwrapParentheses(expression);
  return object?.kind === 'object' ? object.items.flatMap(({ name }) => name ?? []) : [];
};
