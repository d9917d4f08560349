import type { Expression, Opaque, TemplatePart } from '../tree.ts';
import type { RawNode } from '../raw-node.ts';
import { hasAmbiguousMarker } from './escapes.ts';
import { rangeOf, refuse, textOf, type Extent, type Source } from './source.ts';

/**
 * Raw text between interpolations, or an interpolation; `~` in it asks to trim the text before or after it. Where directives are
 * read, their marks are pieces like interpolations.
 */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'interpolation';
      readonly node: RawNode;
      readonly trimBefore: boolean;
      readonly trimAfter: boolean;
    };

/** Why the content of a template is not cut into pieces that stand in the source. */
export const directive = 'a template directive';

/**
 * Cuts a template's content out of the source: the grammar's own literal nodes lose white space at their edges. Returns why,
 * if the content cannot be read with certainty.
 */
export const cutPieces = (source: Source, nodes: readonly RawNode[], extent: Extent): Piece[] | string => {
  const pieces: Piece[] = [];
  let at = extent.start;
  for (const node of nodes) {
    if (node.type === 'template_directive') return directive;
    if (node.type === 'template_literal' || node.type.startsWith('quoted_template_')) continue;
    if (at < node.start) pieces.push({ kind: 'text', text: source.text.slice(at, node.start) });
    const text = textOf(source, node);
    pieces.push({ kind: 'interpolation', node, trimBefore: /^[$%]\{~/.test(text), trimAfter: text.endsWith('~}') });
    at = node.end;
  }
  if (at < extent.end) pieces.push({ kind: 'text', text: source.text.slice(at, extent.end) });
  const last = pieces.length - 1;
  const ambiguous = pieces.some(
    (piece, index) => piece.kind === 'text' && hasAmbiguousMarker(piece.text, index < last),
  );
  return ambiguous ? 'an ambiguous escape of a template marker' : pieces;
};

/** `trimBefore` and `trimAfter` trim what Go calls space: github.com/hashicorp/hcl, hclsyntax/parser_template.go. */
export const trimEnd = (text: string): string => text.replace(/[\s\u0085]+$/, '');
export const trimStart = (text: string): string => text.replace(/^[\s\u0085]+/, '');

const buildInterpolation = (source: Source, node: RawNode, depth: number): TemplatePart => {
  const range = rangeOf(source, node);
  const expression = node.children.find(({ type }) => type === 'expression');
  if (!expression) return refuse('an interpolation without an expression', range);
  return { kind: 'interpolation', range, value: source.expression(expression, depth + 1) };
};

export const buildPart = (source: Source, piece: Piece, depth: number): TemplatePart =>
  piece.kind === 'text' ? { kind: 'literal', text: piece.text } : buildInterpolation(source, piece.node, depth);

/**
 * Joins neighbours; strings are compared in normalization form C (github.com/zclconf/go-cty). A literal trimmed to nothing
 * stays: `"${x ~} "` is a string, whatever `x` is, and `"${x}"` is `x`.
 */
export const joinLiterals = (parts: readonly TemplatePart[]): TemplatePart[] => {
  const joined: TemplatePart[] = [];
  let texts: string[] = [];
  const flush = (): void => {
    if (texts.length > 0) joined.push({ kind: 'literal', text: texts.join('').normalize('NFC') });
    texts = [];
  };
  for (const part of parts) {
    if (part.kind === 'literal') texts.push(part.text);
    else {
      flush();
      joined.push(part);
    }
  }
  flush();
  return joined;
};

export const buildOpaque = (
  source: Source,
  nodes: readonly RawNode[],
  extent: Extent,
  why: string,
  depth: number,
): Opaque => {
  const inside: Expression[] = [];
  const pending = nodes.toReversed();
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type === 'expression') inside.push(source.expression(node, depth + 1));
    else for (const child of node.children.toReversed()) pending.push(child);
  }
  return { kind: 'opaque', range: rangeOf(source, extent), why, inside };
};
