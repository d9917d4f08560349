import type { Template } from '../tree.ts';
import type { RawNode } from '../raw-node.ts';
import { decodeQuoted } from './escapes.ts';
import { rangeOf, type Source } from './source.ts';
import { directiveMarks, withReading } from './directives.ts';
import {
  buildOpaque,
  buildPart,
  cutPieces,
  directive,
  joinLiterals,
  trimEnd,
  trimStart,
  type Piece,
} from './template-parts.ts';

export const buildQuoted = (source: Source, node: RawNode, depth: number): Template => {
  const extent = { start: node.start + 1, end: node.end - 1 };
  const pieces = cutPieces(source, node.children, extent);
  const template = { kind: 'template', range: rangeOf(source, node), heredoc: false } as const;
  if (typeof pieces !== 'string') {
    const parts = textsOf(pieces).map(piece => buildPart(source, piece, depth));
    return { ...template, parts: joinLiterals(parts) };
  }
  const opaque = buildOpaque(source, node.children, extent, pieces, depth);
  if (pieces !== directive) return { ...template, parts: [opaque] };
  const marked = cutPieces(source, directiveMarks(node.children), extent);
  return {
    ...template,
    parts: [withReading(source, opaque, typeof marked === 'string' ? [] : textsOf(marked), depth)],
  };
};

/** The same pieces with their texts decoded, and trimmed where a neighbour asks for it. */
const textsOf = (pieces: readonly Piece[]): Piece[] =>
  pieces.map((piece, index) => {
    if (piece.kind === 'interpolation') return piece;
    const [before, after] = [pieces[index - 1], pieces[index + 1]];
    let text = decodeQuoted(piece.text);
    if (before?.kind === 'interpolation' && before.trimAfter) text = trimStart(text);
    if (after?.kind === 'interpolation' && after.trimBefore) text = trimEnd(text);
    return { kind: 'text', text };
  });
