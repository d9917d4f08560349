import type { Range } from '../../../diagnostics/index.ts';
import { placeOf, type Piece } from '../../expressions/piece.ts';
import type { HoledText } from './holed-text.ts';

/** What makes up a text with YAML or JSON in it. */
export type Written =
  /** What a function encodes. */
  { readonly kind: 'value'; readonly piece: Piece } | { readonly kind: 'text'; readonly text: HoledText } | Unread;

/** What is not read here. `why` completes "... cannot be read: ...". */
export type Unread = { readonly kind: 'unread'; readonly place: Range; readonly why: string };

export const unread = (piece: Piece, why: string): Unread => ({ kind: 'unread', place: placeOf(piece), why });

export const notGiven = (path: string | undefined): string =>
  path === undefined
    ? 'it comes from a file whose name is known only at plan time'
    : `it comes from the file ${path}, which is not read here`;

/** A text of which the source tells everything. */
export const plainText = (piece: Piece, text: string): Written => ({
  kind: 'text',
  text: { text, holes: [], place: placeOf(piece) },
});
