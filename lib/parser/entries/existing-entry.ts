import type { Range } from '../../diagnostics/index.ts';
import type { Expression, HclFile } from '../../hcl/index.ts';
import { evaluate, knownString, type PlacedBlock, type RootModule } from '../../terraform/index.ts';
import type { Presence } from './entry-maps.ts';
import type { Identity } from '../expressions/identity.ts';

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
  readonly presence?: Presence;
  /** The item of `access_entries`, or the resource. */
  readonly written: EntryItem | PlacedBlock;
};

export type EntryItem = {
  readonly name?: string;
  readonly key: Expression;
  readonly value: Expression;
  readonly in: HclFile;
};

/** A policy an entry holds. What cannot be read of its scope is taken for a namespace: it may grant less. */
export type HeldPolicy = { readonly name: string; readonly scope: 'cluster' | 'namespace' };

/** Undefined where one of the items is unknown; an absent list is empty. */
export const stringList = (module: RootModule, expression: Expression | undefined): readonly string[] | undefined => {
  if (!expression) return [];
  const value = evaluate(expression, module.scope);
  if (value.kind !== 'list') return undefined;
  const items = value.items.map(knownString);
  return items.every(item => item !== undefined) ? items : undefined;
};

export const heldPolicy = (name: string, scope: string | undefined): HeldPolicy => ({
  name,
  scope: scope === 'cluster' ? 'cluster' : 'namespace',
});

export const stringOfExpression = (module: RootModule, expression: Expression | undefined): string | undefined =>
  expression && knownString(evaluate(expression, module.scope));

export const policyName = (module: RootModule, expression: Expression | undefined): string | undefined => {
  if (!expression) return undefined;
  const value = evaluate(expression, module.scope);
  const tail = value.kind === 'string' ? value.parts.at(-1) : undefined;
  return /\/(\w+)$/.exec(tail ?? '')?.[1];
};
