import type { Range } from '../diagnostics/index.ts';
import { attribute, blocks, sourceOf, unwrapParentheses, type Expression } from '../hcl/index.ts';
import {
  blocksOf,
  evaluate,
  knownString,
  referencesOf,
  type PlacedAttribute,
  type PlacedBlock,
  type RootModule,
} from '../terraform/index.ts';
import { identityOf, type Identity } from './identity.ts';
import { readEntryMap, type PlacedItem } from './entry-maps.ts';
import type { ModuleCall } from './module-call.ts';
import { fieldOf } from './field.ts';
import { writtenInMap, writtenResource, type WrittenEntry } from './written-entries.ts';

/** An access entry the source already holds. `policies` and `groups` are undefined where they cannot be read. */
export type ExistingEntry = {
  /** The map key, or the resource's label. */
  readonly key: string;
  readonly form: 'argument' | 'resource';
  readonly identity: Identity;
  readonly range: Range;
  readonly groups?: readonly string[];
  readonly policies?: readonly HeldPolicy[];
  /** The keys of `policy_associations`. */
  readonly policyKeys: readonly string[];
};

/** A policy an entry holds. What cannot be read of its scope is taken for a namespace: it may grant less. */
export type HeldPolicy = { readonly name: string; readonly scope: 'cluster' | 'namespace' };

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
  const own = standaloneWhere(module, cluster => isClusterName(module, cluster, call));
  return {
    entries: [...items.flatMap(({ entry }) => entry ?? []), ...own.entries],
    written: [...(map ? writtenInMap(module, map) : []), ...own.written],
    unread: [...(map?.unread ?? []), ...items.flatMap(({ placed, entry }) => (entry ? [] : [placed.item.range]))],
    ...(argument ? { argument } : {}),
  };
};

/** An item that is no literal object with a principal cannot be read. */
const readItem = (module: RootModule, { item, piece }: PlacedItem): ExistingEntry | undefined => {
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
    policyKeys: keysOf(memberOf(value, 'policy_associations')),
    ...(groups ? { groups } : {}),
    ...(policies ? { policies } : {}),
  };
};

/** Undefined where one of the items is unknown; an absent list is empty. */
const stringList = (module: RootModule, expression: Expression | undefined): readonly string[] | undefined => {
  if (!expression) return [];
  const value = evaluate(expression, module.scope);
  if (value.kind !== 'list') return undefined;
  const items = value.items.map(knownString);
  return items.every(item => item !== undefined) ? items : undefined;
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

const heldPolicy = (name: string, scope: string | undefined): HeldPolicy => ({
  name,
  scope: scope === 'cluster' ? 'cluster' : 'namespace',
});

const memberOf = (expression: Expression | undefined, name: string): Expression | undefined => {
  const object = expression && unwrapParentheses(expression);
  return object?.kind === 'object' ? object.items.find(item => item.name === name)?.value : undefined;
};

const keysOf = (expression: Expression | undefined): readonly string[] => {
  const object = expression && unwrapParentheses(expression);
  return object?.kind === 'object' ? object.items.flatMap(({ name }) => name ?? []) : [];
};

const stringOfExpression = (module: RootModule, expression: Expression | undefined): string | undefined =>
  expression && knownString(evaluate(expression, module.scope));

const policyName = (module: RootModule, expression: Expression | undefined): string | undefined => {
  if (!expression) return undefined;
  const value = evaluate(expression, module.scope);
  const tail = value.kind === 'string' ? value.parts.at(-1) : undefined;
  return /\/(\w+)$/.exec(tail ?? '')?.[1];
};

/** `aws_eks_access_entry` resources whose cluster has this name. */
export const standaloneEntriesOf = (module: RootModule, name: string): Standalone =>
  standaloneWhere(module, cluster => knownString(evaluate(cluster, module.scope)) === name);

type Standalone = Pick<ExistingEntries, 'entries' | 'written'>;

const standaloneWhere = (module: RootModule, isOwn: (cluster: Expression) => boolean): Standalone => {
  const own = blocksOf(module, 'resource', 'aws_eks_access_entry').filter(({ body }) => {
    const cluster = attribute(body, 'cluster_name');
    return cluster !== undefined && isOwn(cluster.value);
  });
  return {
    entries: own.flatMap(block => resourceEntry(module, block) ?? []),
    written: own.map(block => writtenResource(module, block)),
  };
};

const resourceEntry = (module: RootModule, block: PlacedBlock): ExistingEntry | undefined => {
  const principal = attribute(block.body, 'principal_arn');
  if (!principal) return undefined;
  const label = block.labels[1] ?? '';
  const groups = stringList(module, attribute(block.body, 'kubernetes_groups')?.value);
  return {
    key: label,
    form: 'resource',
    identity: identityOf(fieldOf(module, principal.value, block.in), module),
    range: block.headerRange,
    policyKeys: [],
    ...(groups ? { groups } : {}),
    policies: associatedPolicies(module, label),
  };
};

const isClusterName = (module: RootModule, expression: Expression, call: ModuleCall): boolean => {
  if (referencesOf(expression).some(({ path }) => path[0] === 'module' && path[1] === call.label)) return true;
  const own = attribute(call.block.body, 'cluster_name') ?? attribute(call.block.body, 'name');
  if (!own) return false;
  const [a, b] = [knownString(evaluate(expression, module.scope)), knownString(evaluate(own.value, module.scope))];
  if (a !== undefined || b !== undefined) return a === b;
  return referencesOf(expression)[0]?.path.join('.') === referencesOf(own.value)[0]?.path.join('.');
};

const associatedPolicies = (module: RootModule, label: string): readonly HeldPolicy[] =>
  blocksOf(module, 'resource', 'aws_eks_access_policy_association').flatMap(block => {
    const principal = attribute(block.body, 'principal_arn');
    const reads =
      principal &&
      referencesOf(principal.value).some(({ path }) => path[0] === 'aws_eks_access_entry' && path[1] === label);
    const name = reads ? policyName(module, attribute(block.body, 'policy_arn')?.value) : undefined;
    const scope = blocks(block.body, 'access_scope')[0];
    const type = scope && attribute(scope.body, 'type')?.value;
    return name === undefined ? [] : [heldPolicy(name, stringOfExpression(module, type))];
  });
