import type { Range } from '../diagnostics/index.ts';
import { unwrapParentheses, type ForExpression, type ObjectItem } from '../hcl/index.ts';
import { referencesOf, type RootModule } from '../terraform/index.ts';
import { placeOf, partOf, type Piece } from './lists/piece.ts';
import { isPlannedEntries } from './planned-names.ts';

/** An item of a map of entries, where it stands. `maybe`: in one arm of a conditional, so that it may not be there. */
export type PlacedItem = { readonly item: ObjectItem; readonly piece: Piece; readonly maybe: boolean };

/** A `for` that makes entries. */
export type PlacedFor = { readonly loop: ForExpression; readonly piece: Piece; readonly maybe: boolean };

/** What a map of entries is made of. `unread` are the parts that cannot be read, a `for` among them. */
export type EntryMap = {
  readonly items: readonly PlacedItem[];
  readonly loops: readonly PlacedFor[];
  readonly unread: readonly Range[];
};

const nothing: EntryMap = { items: [], loops: [], unread: [] };

/** Reads a literal map, the arguments of `merge(...)`, both arms of a conditional and locals, each by its own shape. */
export const readEntryMap = (
  module: RootModule,
  piece: Piece,
  maybe = false,
  seen: ReadonlySet<string> = new Set(),
): EntryMap => {
  const inner = unwrapParentheses(piece.expression);
  const here = partOf(piece, inner);
  if (inner.kind === 'null') return nothing;
  if (inner.kind === 'object') {
    return { ...nothing, items: inner.items.map(item => ({ item, piece: partOf(here, item.value), maybe })) };
  }
  if (inner.kind === 'for' && inner.object) {
    return { ...nothing, loops: [{ loop: inner, piece: here, maybe }], unread: [placeOf(here)] };
  }
  if (inner.kind === 'call' && inner.name === 'merge' && !inner.expand)
    return joined(inner.args.map(arg => readEntryMap(module, partOf(piece, arg), maybe, seen)));
  if (inner.kind === 'conditional')
    return joined([inner.then, inner.else].map(arm => readEntryMap(module, partOf(piece, arm), true, seen)));
  const path = inner.kind === 'get' ? referencesOf(inner)[0]?.path : undefined;
  const local = path?.length === 2 && path[0] === 'local' ? module.locals.get(path[1] ?? '') : undefined;
  // What is converted at plan time has the principals of its rows, which are nobody else's.
  if (local && isPlannedEntries(module, local.name)) return nothing;
  // A local that leads back to itself is refused by Terraform; here it must only not loop.
  if (local && !seen.has(local.name)) {
    return readEntryMap(module, { expression: local.value, file: local.in }, maybe, new Set([...seen, local.name]));
  }
  return { ...nothing, unread: [placeOf(here)] };
};

const joined = (maps: readonly EntryMap[]): EntryMap => ({
  items: maps.flatMap(({ items }) => items),
  loops: maps.flatMap(({ loops }) => loops),
  unread: maps.flatMap(({ unread }) => unread),
});
