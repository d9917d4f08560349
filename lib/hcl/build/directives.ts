import { iteratorsOf } from './collection.ts';
import type { Expression, Opaque, Template, TemplatePart } from '../tree.ts';
import type { RawNode } from '../raw-node.ts';
import { checkDepth, rangeOf, type Extent, type Source } from './source.ts';
import { buildPart, joinLiterals, type Piece } from './template-parts.ts';

const marks = new Set([
  'template_interpolation',
  'template_if_intro',
  'template_else_intro',
  'template_if_end',
  'template_for_start',
  'template_for_end',
]);

/** Interpolations and the marks of directives, in source order, whatever they are nested in. */
export const directiveMarks = (nodes: readonly RawNode[]): readonly RawNode[] => {
  const found: RawNode[] = [];
  const pending = nodes.toReversed();
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (marks.has(node.type)) found.push(node);
    else for (const child of node.children.toReversed()) pending.push(child);
  }
  return found;
};

/** What a template with directives means. Source: templateParser in github.com/hashicorp/hcl, hclsyntax/parser_template.go. */
export const withReading = (source: Source, opaque: Opaque, pieces: readonly Piece[], depth: number): Opaque => {
  const reader: Reader = { source, pieces, at: 0 };
  const reading = readParts(reader, depth);
  return reader.at < pieces.length || pieces.length === 0 ? opaque : { ...opaque, reading };
};

type Reader = { readonly source: Source; readonly pieces: readonly Piece[]; at: number };

const markOf = (piece: Piece | undefined): string => (piece?.kind === 'interpolation' ? piece.node.type : '');

/** Up to a mark that ends or divides what is being read. */
const readParts = (reader: Reader, depth: number): TemplatePart[] => {
  const parts: TemplatePart[] = [];
  while (reader.at < reader.pieces.length) {
    const piece = reader.pieces[reader.at]!;
    const type = markOf(piece);
    if (type === 'template_else_intro' || type.endsWith('_end')) break;
    reader.at++;
    if (piece.kind === 'interpolation' && type === 'template_if_intro') parts.push(readIf(reader, piece.node, depth));
    else if (piece.kind === 'interpolation' && type === 'template_for_start')
      parts.push(readFor(reader, piece.node, depth));
    else parts.push(buildPart(reader.source, piece, depth));
  }
  return joinLiterals(parts);
};

/** Never unwrapped, other than a string that is one interpolation. */
const innerTemplate = (reader: Reader, extent: Extent, depth: number): Template => ({
  kind: 'template',
  range: rangeOf(reader.source, extent),
  heredoc: true,
  parts: readParts(reader, depth),
});

const readIf = (reader: Reader, intro: RawNode, depth: number): TemplatePart => {
  const { source } = reader;
  checkDepth(source, intro, depth);
  const condition = expressionIn(source, intro, depth);
  const then = innerTemplate(reader, intro, depth + 1);
  const divided = markOf(reader.pieces[reader.at]) === 'template_else_intro';
  if (divided) reader.at++;
  const otherwise: Template = divided ? innerTemplate(reader, intro, depth + 1) : { ...then, parts: [] };
  reader.at++;
  const range = rangeOf(source, intro);
  return { kind: 'interpolation', range, value: { kind: 'conditional', range, condition, then, else: otherwise } };
};

const readFor = (reader: Reader, start: RawNode, depth: number): TemplatePart => {
  const { source } = reader;
  checkDepth(source, start, depth);
  const range = rangeOf(source, start);
  const of = expressionIn(source, start, depth);
  const value = innerTemplate(reader, start, depth + 1);
  reader.at++;
  const items: Expression = {
    kind: 'for',
    range,
    ...iteratorsOf(source, start),
    of,
    value,
    grouped: false,
    object: false,
  };
  const empty: Template = { kind: 'template', range, heredoc: false, parts: [] };
  return {
    kind: 'interpolation',
    range,
    value: { kind: 'call', range, name: 'join', args: [empty, items], expand: false },
  };
};

const expressionIn = (source: Source, node: RawNode, depth: number): Expression => {
  const found = node.children.find(({ type }) => type === 'expression');
  if (!found) throw new Error(`${node.type} has no expression`);
  return source.expression(found, depth + 1);
};
