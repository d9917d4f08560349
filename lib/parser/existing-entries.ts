import type { Range } from '../diagnostics/index.ts';
import {
  attribute,
  blocks,
  sourceOf,
  unwrapParentheses,
  type Expression,
  type HclFile,
  type ObjectExpression,
} from '../hcl/index.ts';
import {
  blocksOf,
  evaluate,
  knownString,
  referencesOf,
  type PlacedAttribute,
  type RootModule,
} from '../terraform/index.ts';
import { identityOf, type Identity } from './identity.ts';
import type { ModuleCall } from './module-call.ts';
import { fieldOf } from './field.ts';
import { isPlannedEntries } from './planned-names.ts';

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
  if (inner.kind === 'conditional')
    return joinReads([readMap(module, inner.then, file), readMap(module, inner.else, file)]);
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
      policyKeys: keysOf(memberOf(value, 'policy_associations')),
      ...(groups ? { groups } : {}),
      ...(policies ? { policies } : {}),
    };
    return { entries: [entry], unread: [] };
  });
  return joinReads(reads);
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

/** `aws_eks_access_entry` resources whose cluster is this call's. */
const standaloneEntries = (module: RootModule, call: ModuleCall): readonly ExistingEntry[] =>
  standaloneWhere(module, cluster => isClusterName(module, cluster, call));

/** Those whose cluster has this name. */
export const standaloneEntriesOf = (module: RootModule, name: string): readonly ExistingEntry[] =>
  standaloneWhere(module, cluster => knownString(evaluate(cluster, module.scope)) === name);

const standaloneWhere = (module: RootModule, isOwn: (cluster: Expression) => boolean): readonly ExistingEntry[] =>
  blocksOf(module, 'resource', 'aws_eks_access_entry').flatMap(block => {
    const principal = attribute(block.body, 'principal_arn');
    const cluster = attribute(block.body, 'cluster_name');
    if (!principal || !cluster || !isOwn(cluster.value)) return [];
    const label = block.labels[1] ?? '';
    const groups = stringList(module, attribute(block.body, 'kubernetes_groups')?.value);
    return [
      {
        key: label,
        form: 'resource' as const,
        identity: identityOf(fieldOf(module, principal.value, block.in), module),
        range: block.headerRange,
        policyKeys: [],
        ...(groups ? { groups } : {}),
        policies: associatedPolicies(module, label),
      },
    ];
  });

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
