import type { Template } from '../tree.ts';
import type { RawNode } from '../raw-node.ts';
import { decodeHeredoc } from './escapes.ts';
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

export const buildHeredoc = (source: Source, node: RawNode, depth: number): Template => {
  const opening = child(node, 1);
  const closing = child(node, -1);
  const marker = textOf(source, opening);
  const range = rangeOf(source, node);
  if (textOf(source, closing) !== marker) refuse(`a heredoc that starts with ${marker} and ends otherwise`, range);
  const extent = {
    start: source.text.indexOf('\n', opening.end) + 1,
    end: source.text.lastIndexOf('\n', closing.start) + 1,
  };
  const template = { kind: 'template', range, heredoc: true } as const;
  const nodes = node.children.slice(2, -1);
  const flush = textOf(source, child(node, 0)) === '<<-';
  const pieces = certainPieces(source, nodes, extent, marker);
  if (typeof pieces !== 'string') {
    const parts = tokensOf(pieces, flush).map(token => buildPart(source, token, depth));
    return { ...template, parts: joinLiterals(parts) };
  }
  const opaque = buildOpaque(source, nodes, extent, pieces, depth);
  if (pieces !== directive) return { ...template, parts: [opaque] };
  const marked = certainPieces(source, directiveMarks(nodes), extent, marker);
  const tokens = typeof marked === 'string' ? [] : tokensOf(marked, flush);
  return { ...template, parts: [withReading(source, opaque, tokens, depth)] };
};

const tokensOf = (pieces: readonly Piece[], flush: boolean): readonly Piece[] => {
  const tokens = trimAtMarkers(pieces.flatMap(toTokens));
  return flush ? stripIndentation(tokens) : tokens;
};

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

const trimAtMarkers = (tokens: readonly Piece[]): Piece[] =>
  tokens.map((token, index) => {
    if (token.kind === 'interpolation') return token;
    const [before, after] = [tokens[index - 1], tokens[index + 1]];
    let { text } = token;
    if (before?.kind === 'interpolation' && before.trimAfter) text = trimStart(text);
    if (after?.kind === 'interpolation' && after.trimBefore) text = trimEnd(text);
    return { kind: 'text', text };
  });

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
