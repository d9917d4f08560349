import type { Range } from '../../diagnostics/index.ts';
import {
  unwrapParentheses,
  type Call,
  type Conditional,
  type Expression,
  type ForExpression,
  type ObjectItem,
} from '../../hcl/index.ts';
import { evaluate, referencesOf, spend, withinWork, type RootModule } from '../../terraform/index.ts';
import { negate, placeOf, partOf, textOf, type Piece } from '../expressions/piece.ts';
import { isPlannedEntries } from './entries-module.ts';
import type { Presence } from './entry.ts';

/** Whether something is there, and the conditions, as HCL, that decide it where it may be. */
export type Under = { readonly presence: Presence; readonly conditions: readonly string[] };

const always: Under = { presence: 'certain', conditions: [] };

/** An item of a map of entries, where it stands. */
export type PlacedItem = { readonly item: ObjectItem; readonly piece: Piece } & Under;

/** A `for` that makes entries. */
export type PlacedFor = { readonly loop: ForExpression; readonly piece: Piece } & Under;

/** Entries that are converted at plan time, by the address of what makes them. */
export type PlacedPlanned = { readonly address: string } & Under;

/** What a map of entries is made of, in the order in which it is merged. `unread` are the parts that cannot be read. */
export type EntryMap = {
  readonly parts: readonly (PlacedItem | PlacedFor)[];
  readonly planned: readonly PlacedPlanned[];
  readonly unread: readonly Range[];
};

const nothing: EntryMap = { parts: [], planned: [], unread: [] };

/** Reads a literal map, the arguments of `merge(...)`, both arms of a conditional and locals, each by its own shape. */
export const readEntryMap = (module: RootModule, piece: Piece, under = always): EntryMap => {
  const inner = unwrapParentheses(piece.expression);
  // What one argument takes to be read is not the others' affair: ours is one of them.
  if (isMerge(inner)) return joined(inner.args.map(arg => readEntryMap(module, partOf(piece, arg), under)));
  const read = withinWork(module.scope, () => readMap(module, piece, under, new Set()));
  return read ?? { ...nothing, unread: [placeOf(piece)] };
};

const isMerge = (expression: Expression): expression is Call =>
  expression.kind === 'call' && expression.name === 'merge' && !expression.expand;

const readMap = (module: RootModule, piece: Piece, under: Under, seen: ReadonlySet<string>): EntryMap => {
  spend(10);
  const inner = unwrapParentheses(piece.expression);
  const here = partOf(piece, inner);
  if (inner.kind === 'null') return nothing;
  if (inner.kind === 'object') {
    return { ...nothing, parts: inner.items.map(item => ({ item, piece: partOf(here, item.value), ...under })) };
  }
  if (inner.kind === 'for' && inner.object) return { ...nothing, parts: [{ loop: inner, piece: here, ...under }] };
  if (isMerge(inner)) return joined(inner.args.map(arg => readMap(module, partOf(piece, arg), under, seen)));
  if (inner.kind === 'conditional')
    return joined(
      armsOf(module, inner, here, under).map(([arm, its]) => readMap(module, partOf(piece, arm), its, seen)),
    );
  const path = inner.kind === 'get' ? referencesOf(inner)[0]?.path : undefined;
  const local = path?.length === 2 && path[0] === 'local' ? module.locals.get(path[1] ?? '') : undefined;
  // What is converted at plan time has the principals of its rows, which are nobody else's.
  if (path && isPlannedEntries(module, path))
    return { ...nothing, planned: [{ address: path.slice(0, 2).join('.'), ...under }] };
  // A local that leads back to itself is refused by Terraform; here it must only not loop.
  if (local && !seen.has(local.name)) {
    return readMap(module, { expression: local.value, file: local.in }, under, new Set([...seen, local.name]));
  }
  return { ...nothing, unread: [placeOf(here)] };
};

/** An arm that is not taken is read all the same: with other values of variables it may be. */
const armsOf = (
  module: RootModule,
  { condition, then, else: otherwise }: Conditional,
  piece: Piece,
  { presence, conditions }: Under,
): readonly (readonly [Expression, Under])[] => {
  const value = evaluate(condition, module.scope);
  const taken = value.kind === 'bool' ? value.value : undefined;
  const decides = partOf(piece, condition);
  return [then, otherwise].map((arm, index) => {
    if (taken === (index === 0)) return [arm, { presence, conditions }];
    const its = presence === 'never' || taken !== undefined ? 'never' : 'maybe';
    return [arm, { presence: its, conditions: [...conditions, index === 0 ? textOf(decides) : negate(decides)] }];
  });
};

const joined = (maps: readonly EntryMap[]): EntryMap => ({
  parts: maps.flatMap(({ parts }) => parts),
  planned: maps.flatMap(({ planned }) => planned),
  unread: maps.flatMap(({ unread }) => unread),
});
