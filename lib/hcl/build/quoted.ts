import type { Template } from '../tree.ts';
import type { RawNode } from '../raw-node.ts';
import { decodeQuoted } from './escapes.ts';
import { rangeOf, type Source } from './source.ts';
import { buildInterpolation, buildOpaque, cutPieces, joinLiterals, trimEnd, trimStart } from './template-parts.ts';

export const buildQuoted = (source: Source, node: RawNode, depth: number): Template => {
  const extent = { start: node.start + 1, end: node.end - 1 };
  const pieces = cutPieces(source, node.children, extent);
  const template = { kind: 'template', range: rangeOf(source, node), heredoc: false } as const;
  if (typeof pieces === 'string')
    return { ...template, parts: [buildOpaque(source, node.children, extent, pieces, depth)] };
  const parts = pieces.map((piece, index) => {
    if (piece.kind === 'interpolation') return buildInterpolation(source, piece.node, depth);
    const [before, after] = [pieces[index - 1], pieces[index + 1]];
    let text = decodeQuoted(piece.text);
    if (before?.kind === 'interpolation' && before.trimAfter) text = trimStart(text);
    if (after?.kind === 'interpolation' && after.trimBefore) text = trimEnd(text);
    return { kind: 'literal', text } as const;
  });
  return { ...template, parts: joinLiterals(parts) };
};
