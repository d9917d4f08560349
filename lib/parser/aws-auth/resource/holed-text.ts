import type { Range } from '../../../diagnostics/index.ts';
import { pathInside } from '../../../terraform/path-inside.ts';
import { type Piece, placeOf } from '../../expressions/piece.ts';

/** An expression in a text. */
export type Hole = {
  /** What stands for it in the text: a word that is nowhere else in it. */
  readonly word: string;
  readonly piece: Piece;
  /** Where it stands in the source. */
  readonly place: Range;
  /** What is in the text: the piece as text, its JSON, or its JSON where a list is to be. */
  readonly as: 'text' | 'json' | 'json-list';
};

/** A text as far as the source tells it, with a word for each expression in it. */
export type HoledText = {
  readonly text: string;
  readonly holes: readonly Hole[];
  /** Where the text stands as a whole. */
  readonly place: Range;
  /** Where each of its lines stands; absent where its lines are not lines of a file. */
  readonly lines?: readonly Range[];
};

/** Words for holes: none is in a text that is given, none is the beginning of another. */
export const wordsFor = (texts: readonly string[]): ((index: number) => string) => {
  let stem = 'Hole';
  while (texts.some(text => text.includes(stem))) stem += 'x';
  return index => `${stem}${index}e`;
};

/** Finds the words of holes in a text. */
export const wordPattern = ([first]: readonly Hole[]): RegExp =>
  new RegExp(`${first ? first.word.replace(/\d+e$/, '') : '(?!)'}\\d+e`, 'g');

/** The lines of a text that is a file of its own. */
export const linesOf = (file: string, text: string): readonly Range[] => {
  let at = 0;
  return text.split('\n').map(line => {
    const start = at;
    at += line.length + 1;
    return { file, start, end: start + line.length };
  });
};

/** The stretch from one line of a text to another, without white space at its edges. */
export const placeOfLines = ({ lines, place }: HoledText, sources: Sources, first: number, last: number): Range => {
  const [from, to] = [lines?.[first], lines?.[last]];
  if (!from || !to) return place;
  const text = (sources(from.file) ?? '').slice(from.start, to.end);
  const start = from.start + (text.length - text.trimStart().length);
  return { file: from.file, start, end: Math.max(start, from.start + text.trimEnd().length) };
};

/** The text of a file of the module. */
export type Sources = (file: string) => string | undefined;

/** What makes up a text with YAML or JSON in it. */
export type Written =
  /** What a function encodes. */
  { readonly kind: 'value'; readonly piece: Piece } | { readonly kind: 'text'; readonly text: HoledText } | Unread;

/** What is not read here. `why` completes "... cannot be read: ...". */
export type Unread = { readonly kind: 'unread'; readonly place: Range; readonly why: string };

export const unread = (piece: Piece, why: string): Unread => ({ kind: 'unread', place: placeOf(piece), why });

export const notGiven = (path: string | undefined): string => {
  if (path === undefined) return 'it comes from a file whose name is known only at plan time';
  const why = pathInside(path) === undefined ? 'is outside of the root module' : 'is not there, or is no text';
  return `it comes from the file ${path}, which ${why}`;
};

/** A text of which the source tells everything. */
export const plainText = (piece: Piece, text: string): Written => ({
  kind: 'text',
  text: { text, holes: [], place: placeOf(piece) },
});
