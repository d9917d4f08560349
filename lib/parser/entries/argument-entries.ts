import { defined, type Range } from '../../diagnostics/index.ts';
import { sourceOf, type Expression } from '../../hcl/index.ts';
import {
  evaluate,
  knownString,
  referencesOf,
  type PlacedAttribute,
  type RootModule,
  knownText,
} from '../../terraform/index.ts';
import { expandFor } from '../expressions/substitute.ts';
import { objectOf, type WrittenObject } from '../expressions/field.ts';
import { partOf, placeOf, type Piece } from '../expressions/piece.ts';
import { resolve } from '../expressions/resolve.ts';
import { writtenAssociation, writtenEntry } from './entry-fields.ts';
import type { Presence, WrittenAssociation, WrittenEntry } from './entry.ts';
import { readEntryMap, type EntryMap, type PlacedFor, type PlacedItem } from './entry-maps.ts';
import { absent, known, unreadable, type Readable } from './readable.ts';

/** The entries of `access_entries`, those that are converted at plan time, and the parts of it that may hold any principal. */
export type ArgumentEntries = { readonly entries: readonly WrittenEntry[] } & Pick<EntryMap, 'planned' | 'unread'>;

export const readArgument = (module: RootModule, { value, in: file }: PlacedAttribute): ArgumentEntries => {
  const map = readEntryMap(module, { expression: value, file });
  const parts = map.parts.map(part => ('loop' in part ? readFor(module, part) : readOne(module, part)));
  return {
    entries: lastOfEachKey(parts.flatMap(({ entries }) => entries)),
    planned: map.planned,
    unread: [...map.unread, ...parts.flatMap(({ isWhole, range }) => (isWhole ? [] : [range]))],
  };
};

/**
 * Of a key that is written twice, in one map or in several that are merged, the last value counts.
 * Source: developer.hashicorp.com/terraform/language/functions/merge.
 */
export const lastOfEachKey = <Keyed extends { readonly key?: string; readonly presence?: Presence }>(
  written: readonly Keyed[],
): readonly Keyed[] => {
  const last = new Map(
    written.flatMap(({ key, presence = 'certain' }, index) =>
      key !== undefined && presence === 'certain' ? [[key, index] as const] : [],
    ),
  );
  return written.filter(({ key }, index) => key === undefined || index >= (last.get(key) ?? 0));
};

/** What a part of the map holds; `isWhole` where the principal of each entry is known. */
type ReadPart = { readonly entries: readonly WrittenEntry[]; readonly isWhole: boolean; readonly range: Range };

const readOne = (module: RootModule, { item, piece, presence, conditions }: PlacedItem): ReadPart => {
  const key = item.name ?? knownText(evaluate(item.key, module.scope));
  const keySource = item.name ?? sourceOf(piece.file.text, item.key.range);
  const { range } = item;
  const entry = entryOf(module, { key, keySource, range, piece, presence, conditions });
  return { entries: entry ? [entry] : [], isWhole: entry?.identity !== undefined, range };
};

/** The rounds of a `for` over what the source tells, else its body, once, with names that stand for nothing. */
const readFor = (module: RootModule, { loop, piece, presence, conditions }: PlacedFor): ReadPart => {
  const range = placeOf(piece);
  const body = entryOf(module, { range: loop.value.range, piece: partOf(piece, loop.value), presence: 'many' });
  const asBody = { entries: body ? [body] : [], isWhole: false, range };
  if (!loop.key) return asBody;
  const asList = { ...loop, object: false };
  const values = expandFor(module, partOf(piece, asList));
  const keys = expandFor(module, partOf(piece, { ...asList, value: loop.key }));
  if (!values || keys?.length !== values.length || loop.grouped) return asBody;
  const entries = values.map(({ value, guards }, index) => {
    const key = keys[index] && knownString(evaluate(keys[index].value.expression, module.scope));
    const entry = entryOf(module, {
      key,
      range: placeOf(value),
      piece: value,
      presence: presence === 'certain' && guards.length > 0 ? 'maybe' : presence,
      conditions: [...conditions, ...guards],
    });
    return entry && body ? { ...entry, object: placedLike(body.object, entry.object, loop) } : entry;
  });
  const read = entries.filter(entry => entry !== undefined);
  return { entries: read, isWhole: entries.every(entry => entry?.identity !== undefined), range };
};

/** Fields of a round that no iterator is in stand where the body of the `for` has them. */
const placedLike = (
  body: WrittenObject,
  { fields, whole }: WrittenObject,
  { keyName, valueName }: PlacedFor['loop'],
): WrittenObject => ({
  whole,
  fields: new Map(
    [...fields].map(([name, field]) => {
      const written = body.fields.get(name);
      if (!written) return [name, field];
      const iterated = referencesOf(written.piece.expression).some(({ path: [root] }) =>
        [keyName, valueName].includes(root),
      );
      const piece = iterated ? field.piece : written.piece;
      return [name, { ...field, nameRange: written.nameRange, piece }];
    }),
  ),
});

type Given = {
  readonly key?: string | undefined;
  readonly keySource?: string;
  readonly range: Range;
  readonly piece: Piece;
  readonly presence: Presence;
  readonly conditions?: readonly string[];
};

/** Undefined where the value is no object that the source tells. */
const entryOf = (
  module: RootModule,
  { key, keySource, range, piece, presence, conditions = [] }: Given,
): WrittenEntry | undefined => {
  const object = objectOf(module, piece);
  const place = { form: 'argument', presence, conditions, range, ...defined({ key, keySource }) } as const;
  return object && writtenEntry(module, { ...place, object }, readAssociations(module, object));
};

const readAssociations = (
  module: RootModule,
  { fields, whole }: WrittenObject,
): Readable<readonly WrittenAssociation[]> => {
  const field = fields.get('policy_associations');
  if (!field) return whole ? absent : unreadable;
  const found = resolve(module, field.piece);
  if (found.expression.kind === 'null') return absent;
  const items = itemsIn(module, found.expression);
  if (!items) return unreadable;
  const read = items.map(({ key, value, range }): WrittenAssociation | undefined => {
    const object = objectOf(module, partOf(found, value));
    if (key === undefined || !object) return undefined;
    const scope = object.fields.get('access_scope');
    const place = { key, range: found.at ?? range, object };
    return writtenAssociation(module, place, scope && objectOf(module, scope.piece));
  });
  if (read.every(association => association !== undefined)) return known(lastOfEachKey(read));
  return { kind: 'unreadable', part: read.filter(association => association !== undefined) };
};

type AssociationItem = { readonly key: string | undefined; readonly value: Expression; readonly range: Range };

/** Version 20 goes through a list, too, whose keys are the indexes. Source: terraform-aws-modules/eks, main.tf (flattened_access_entries). */
const itemsIn = (module: RootModule, expression: Expression): readonly AssociationItem[] | undefined => {
  if (expression.kind === 'tuple')
    return expression.items.map((value, index) => ({ key: String(index), value, range: value.range }));
  if (expression.kind !== 'object') return undefined;
  return expression.items.map(({ name, key, value, range }) => ({
    key: name ?? knownString(evaluate(key, module.scope)),
    value,
    range,
  }));
};
