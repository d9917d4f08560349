import type { Range } from '../../diagnostics/index.ts';
import { attribute, sourceOf, unwrapParentheses, type Expression } from '../../hcl/index.ts';
import type { PlacedAttribute, RootModule } from '../../terraform/index.ts';
import { readEntryMap, type PlacedItem } from './entry-maps.ts';
import {
  heldPolicy,
  policyName,
  stringList,
  stringOfExpression,
  type ExistingEntry,
  type HeldPolicy,
} from './existing-entry.ts';
import { fieldOf } from '../expressions/field.ts';
import { identityOf } from '../expressions/identity.ts';
import type { ModuleCall } from '../clusters/module-call.ts';
import { standaloneEntries } from './standalone-entries.ts';
import { writtenInMap, type WrittenEntry } from './written-entries.ts';

export type ExistingEntries = {
  readonly entries: readonly ExistingEntry[];
  /** The same and those that the list above leaves out, as they are written. */
  readonly written: readonly WrittenEntry[];
  /** `access_entries` of the call. */
  readonly argument?: PlacedAttribute;
  /** Parts of `access_entries` that cannot be read: they may hold any principal. */
  readonly unread: readonly Range[];
};

export const readExistingEntries = (module: RootModule, call: ModuleCall): ExistingEntries => {
  const found = attribute(call.block.body, 'access_entries');
  const argument = found && { ...found, in: call.block.in };
  const map = argument && readEntryMap(module, { expression: argument.value, file: argument.in });
  const items = (map?.items ?? []).map(placed => ({ placed, entry: readItem(module, placed) }));
  const own = standaloneEntries(module, call);
  return {
    entries: [...items.flatMap(({ entry }) => entry ?? []), ...own.entries],
    written: [...(map ? writtenInMap(module, map) : []), ...own.written],
    unread: [...(map?.unread ?? []), ...items.flatMap(({ placed, entry }) => (entry ? [] : [placed.item.range]))],
    ...(argument ? { argument } : {}),
  };
};

/** An item that is no literal object with a principal cannot be read. */
const readItem = (module: RootModule, { item, piece, presence }: PlacedItem): ExistingEntry | undefined => {
  const value = unwrapParentheses(item.value);
  const principal = value.kind === 'object' ? value.items.find(({ name }) => name === 'principal_arn') : undefined;
  if (value.kind !== 'object' || !principal) return undefined;
  const groups = stringList(module, value.items.find(({ name }) => name === 'kubernetes_groups')?.value);
  const policies = heldPolicies(module, value.items.find(({ name }) => name === 'policy_associations')?.value);
  return {
    key: item.name ?? sourceOf(piece.file.text, item.key.range),
    form: 'argument',
    identity: identityOf(fieldOf(module, principal.value, piece.file), module),
    range: item.range,
    written: { ...(item.name === undefined ? {} : { name: item.name }), key: item.key, value, in: piece.file },
    policyKeys: keysOf(memberOf(value, 'policy_associations')),
    ...(groups ? { groups } : {}),
    ...(policies ? { policies } : {}),
    ...(presence ? { presence } : {}),
  };
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
