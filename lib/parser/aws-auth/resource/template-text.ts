import type { Range } from '../../../diagnostics/index.ts';
import { unwrapParentheses, type Expression, type Template } from '../../../hcl/index.ts';
import { evaluate, knownString, moduleFile, type RootModule } from '../../../terraform/index.ts';
import { partOf, placeOf, type Piece } from '../../expressions/piece.ts';
import { namedMember, resolve } from '../../expressions/resolve.ts';
import {
  linesOf,
  wordsFor,
  type Hole,
  type HoledText,
  notGiven,
  plainText,
  unread,
  type Written,
} from './holed-text.ts';

/** The text of a heredoc or a quoted string, with a word for each of its interpolations. */
export const templateText = (module: RootModule, piece: Piece): Written => {
  const { expression } = piece;
  if (expression.kind !== 'template') return unread(piece, 'it is no text');
  const opaque = expression.parts.find(part => part.kind === 'opaque');
  if (opaque) return withDirectives(module, piece, opaque.range, `it has ${opaque.why}`);
  const lines = expression.heredoc && piece.at === undefined ? heredocLines(piece, expression) : undefined;
  const hole = (value: Expression, place: Range): Omit<Hole, 'word'> => ({ ...given(partOf(piece, value)), place });
  return { kind: 'text', text: assemble(expression, placeOf(piece), lines, hole) };
};

/** The text of a template's file, whose names stand for members of the second argument. */
export const fileTemplateText = (module: RootModule, piece: Piece, name: Piece, names: Piece): Written => {
  const { path, text } = moduleFile(name.expression, module.scope);
  if (path === undefined || text === undefined) return unread(piece, notGiven(path));
  const template = module.scope.parseTemplate?.(text);
  const isWhole = template?.parts.every(part => part.kind !== 'opaque');
  if (!template || !isWhole) return withDirectives(module, piece, placeOf(piece), `${path} has a template directive`);
  const members = resolve(module, names);
  const rows = encodedWhole(template);
  const whole = rows && member(module, members, rows);
  if (whole) return { kind: 'value', piece: whole.piece };
  const values = new Map<Expression, Given>();
  for (const part of template.parts) {
    if (part.kind !== 'interpolation') continue;
    const given = member(module, members, part.value);
    if (!given) return withDirectives(module, piece, placeOf(piece), `${path} computes with what it is given`);
    values.set(part.value, given);
  }
  const place = placeOf(piece);
  const hole = (value: Expression): Omit<Hole, 'word'> => ({ ...(values.get(value) ?? given(piece)), place });
  return { kind: 'text', text: assemble(template, place, linesOf(path, text), hole) };
};

/** What a file encodes that has nothing in it but `${jsonencode(rows)}` or `${yamlencode(rows)}`. */
const encodedWhole = ({ parts }: Template): Expression | undefined => {
  const filled = parts.filter(part => part.kind !== 'literal' || part.text.trim() !== '');
  const [only] = filled;
  if (only?.kind !== 'interpolation' || filled.length > 1) return undefined;
  const call = unwrapParentheses(only.value);
  const [first, second] = call.kind === 'call' && !call.expand ? call.args : [];
  return call.kind === 'call' && first && !second && encoders.has(call.name) ? first : undefined;
};

/** What they write is read back as what they were given. */
export const encoders = new Set(['yamlencode', 'jsonencode']);

type Given = Pick<Hole, 'piece' | 'as'>;

/** `jsonencode(x)` in a text is what x is. */
const given = (piece: Piece): Given => {
  const expression = unwrapParentheses(piece.expression);
  const [first, second] = expression.kind === 'call' ? expression.args : [];
  const json = expression.kind === 'call' && expression.name === 'jsonencode' && first && !second && !expression.expand;
  return json ? { piece: partOf(piece, first), as: 'json' } : { piece: partOf(piece, expression), as: 'text' };
};

const member = (module: RootModule, members: Piece, value: Expression): Given | undefined => {
  const { piece, as } = given({ ...members, expression: value });
  const found = piece.expression.kind === 'variable' ? namedMember(module, members, piece.expression.name) : undefined;
  return found && { piece: found, as };
};

/** With directives a text is read where the source tells all of it. */
const withDirectives = (module: RootModule, piece: Piece, place: Range, why: string): Written => {
  const text = knownString(evaluate(piece.expression, module.scope));
  if (text === undefined) return { kind: 'unread', place, why };
  return plainText(piece, text);
};

const assemble = (
  { parts }: Template,
  place: Range,
  lines: readonly Range[] | undefined,
  holeOf: (value: Expression, place: Range) => Omit<Hole, 'word'>,
): HoledText => {
  const word = wordsFor(parts.flatMap(part => (part.kind === 'literal' ? [part.text] : [])));
  const holes: Hole[] = [];
  let text = '';
  for (const part of parts) {
    if (part.kind === 'literal') text += part.text;
    if (part.kind !== 'interpolation') continue;
    const hole = { ...holeOf(part.value, part.range), word: word(holes.length) };
    holes.push(hole);
    text += hole.word;
  }
  const fits = lines?.length === text.split('\n').length;
  return { ...withLists(text, holes), place, ...(lines && fits ? { lines } : {}) };
};

/** `groups: ${jsonencode(...)}` is a list, as far as the authenticator goes: of one word, in brackets. */
const withLists = (text: string, holes: readonly Hole[]): Pick<HoledText, 'text' | 'holes'> => {
  const json = new Set(holes.filter(({ as }) => as === 'json').map(({ word }) => word));
  if (json.size === 0) return { text, holes };
  const lists = new Set<string>();
  const bracketed = text.replaceAll(groupsLine, (whole: string, head: string, _quote: string, word: string) => {
    if (!json.has(word)) return whole;
    lists.add(word);
    return `${head}[${word}]`;
  });
  return {
    text: bracketed,
    holes: holes.map(hole => (lists.has(hole.word) ? { ...hole, as: 'json-list' as const } : hole)),
  };
};

const groupsLine = /^([ \t]*(?:-[ \t]+)?(["']?)groups\2[ \t]*:[ \t]+)(\w+)(?=[ \t]*\r?$)/gim;

/** Each line of the content, and the empty one behind the last. What is inside of an interpolation breaks no line. */
const heredocLines = ({ file }: Piece, { range, parts }: Template): readonly Range[] => {
  const { text } = file;
  const holes = parts.flatMap(part => (part.kind === 'interpolation' ? [part.range] : []));
  const end = text.lastIndexOf('\n', range.start + text.slice(range.start, range.end).trimEnd().length - 1) + 1;
  const lines: Range[] = [];
  let start = text.indexOf('\n', range.start) + 1;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    if (holes.some(hole => hole.start <= at && at < hole.end)) continue;
    lines.push({ file: file.file, start, end: at });
    start = at + 1;
  }
  return [...lines, { file: file.file, start: end, end }];
};
