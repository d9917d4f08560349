import type { Template } from '../tree.ts';
import type { RawNode } from '../raw-node.ts';
import { decodeHeredoc, decodeQuoted } from './escapes.ts';
import { child, rangeOf, refuse, textOf, type Extent, type Source } from './source.ts';
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
  return buildTemplate(source, node, node.children, depth, {
    heredoc: false,
    extent,
    cut: nodes => cutPieces(source, nodes, extent),
    decode: pieces => trimAtMarkers(pieces.map(piece => withText(piece, decodeQuoted))),
  });
};

export const buildHeredoc = (source: Source, node: RawNode, depth: number): Template => {
  const opening = child(node, 1);
  const closing = child(node, -1);
  const marker = textOf(source, opening);
  if (textOf(source, closing) !== marker)
    refuse(`a heredoc that starts with ${marker} and ends otherwise`, rangeOf(source, node));
  const extent = {
    start: source.text.indexOf('\n', opening.end) + 1,
    end: source.text.lastIndexOf('\n', closing.start) + 1,
  };
  const flush = textOf(source, child(node, 0)) === '<<-';
  return buildTemplate(source, node, node.children.slice(2, -1), depth, {
    heredoc: true,
    extent,
    cut: nodes => certainPieces(source, nodes, extent, marker),
    decode: pieces => {
      const tokens = trimAtMarkers(pieces.flatMap(toTokens));
      return flush ? stripIndentation(tokens) : tokens;
    },
  });
};

/** How the content of a template is cut into pieces, or why it is not, and what their texts mean. */
type Reader = {
  readonly heredoc: boolean;
  readonly extent: Extent;
  readonly cut: (nodes: readonly RawNode[]) => readonly Piece[] | string;
  readonly decode: (pieces: readonly Piece[]) => readonly Piece[];
};

const buildTemplate = (
  source: Source,
  node: RawNode,
  nodes: readonly RawNode[],
  depth: number,
  { heredoc, extent, cut, decode }: Reader,
): Template => {
  const template = { kind: 'template', range: rangeOf(source, node), heredoc } as const;
  const pieces = cut(nodes);
  if (typeof pieces !== 'string')
    return { ...template, parts: joinLiterals(decode(pieces).map(piece => buildPart(source, piece, depth))) };
  const opaque = buildOpaque(source, nodes, extent, pieces, depth);
  if (pieces !== directive) return { ...template, parts: [opaque] };
  const marked = cut(directiveMarks(nodes));
  return { ...template, parts: [withReading(source, opaque, typeof marked === 'string' ? [] : decode(marked), depth)] };
};

const withText = (piece: Piece, change: (text: string) => string): Piece =>
  piece.kind === 'text' ? { kind: 'text', text: change(piece.text) } : piece;

/** Trims texts where a neighbour asks for it. */
const trimAtMarkers = (pieces: readonly Piece[]): readonly Piece[] =>
  pieces.map((piece, index) => {
    const [before, after] = [pieces[index - 1], pieces[index + 1]];
    const start = before?.kind === 'interpolation' && before.trimAfter;
    const end = after?.kind === 'interpolation' && after.trimBefore;
    return withText(piece, text => {
      const rest = start ? trimStart(text) : text;
      return end ? trimEnd(rest) : rest;
    });
  });

const certainPieces = (source: Source, nodes: readonly RawNode[], extent: Extent, marker: string): Piece[] | string => {
  const content = textOf(source, extent);
  // The grammar skips the character after the marker, which may start an interpolation.
  if (content.split('\n').some(line => startsWith(line.trimStart(), marker)))
    return 'a heredoc line that starts with its own marker';
  const pieces = cutPieces(source, nodes, extent);
  if (typeof pieces === 'string') return pieces;
  const trims = pieces.some(piece => piece.kind === 'interpolation' && (piece.trimBefore || piece.trimAfter));
  // HashiCorp's scanner cuts a line at a lone `$` or `%`, and then less is trimmed than to the line's end.
  const cut = pieces.some(piece => piece.kind === 'text' && /[$%]/.test(piece.text));
  return trims && cut ? 'a heredoc with a strip marker and a dollar or percent sign' : pieces;
};

const startsWith = (line: string, marker: string): boolean =>
  line.startsWith(marker) && !/^[\w-]/.test(line.slice(marker.length));

/** HashiCorp's scanner makes a token of every line of text; trimming and stripping go by tokens. */
const toTokens = (piece: Piece): Piece[] =>
  piece.kind === 'text'
    ? (piece.text.match(/[^\n]*\n|[^\n]+/g) ?? []).map(line => ({ kind: 'text', text: decodeHeredoc(line) }))
    : [piece];

/**
 * `<<-`: every line loses the indentation of the least indented one. Blank lines do not count and keep theirs; a line that
 * starts with an interpolation has none. Source: flushHeredocTemplateParts in github.com/hashicorp/hcl,
 * hclsyntax/parser_template.go.
 */
const stripIndentation = (tokens: readonly Piece[]): Piece[] => {
  let fewest = Number.POSITIVE_INFINITY;
  let atLineStart = true;
  const indented = new Set<Piece>();
  for (const token of tokens) {
    const text = token.kind === 'text' ? token.text : '';
    const rest = trimStart(text);
    const blank = rest === '' && text.endsWith('\n');
    if (atLineStart && !blank) {
      fewest = Math.min(fewest, text.length - rest.length);
      indented.add(token);
    }
    atLineStart = text.endsWith('\n');
  }
  return tokens.map(token =>
    token.kind === 'text' && indented.has(token) ? { kind: 'text', text: token.text.slice(fewest) } : token,
  );
};
