import type { Scalar } from 'yaml';
import { evaluate, type RootModule, knownString, spend, withinWork } from '../../../terraform/index.ts';
import { kindOfPlain, firstDocument } from '../live/yaml-value.ts';
import { textOf, partOf, type Piece } from '../../expressions/piece.ts';
import { wordPattern, type Hole, type TextRole } from './holed-text.ts';
import { resolve } from '../../expressions/resolve.ts';

type Yaml = typeof import('yaml');

/** Where a scalar stands: as a key, as the value of one, or as an item of a list that has a name or is the whole text. */
export type HoleField =
  | { readonly kind: 'key' }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'item'; readonly name?: string };

export type HoledScalar = {
  readonly node: Scalar;
  /** As it is written, quotes included. */
  readonly source: string;
  readonly holes: readonly Hole[];
  readonly field: HoleField;
  readonly isFlow: boolean;
};

type Fault = { readonly hole: Hole; readonly why: string };

/** Why an expression of a scalar cannot be taken for a part of one value. `why` follows its source. */
export const faultOf = (module: RootModule, yaml: Yaml, scalar: HoledScalar, role: TextRole): Fault | undefined => {
  const [hole] = scalar.holes;
  if (!hole) return undefined;
  const place = role === 'object' ? placeFaultInObject(scalar) : placeFault(scalar, role);
  if (place !== undefined) return { hole, why: place };
  if (role === 'object') return undefined;
  const heredoc = scalar.holes.find(({ piece }) => /<<-?\w/.test(textOf(piece)));
  if (heredoc) return { hole: heredoc, why: 'holds a heredoc' };
  const partOfJson = scalar.holes.find(({ as, word }) => as !== 'text' && scalar.source !== word);
  if (partOfJson) return { hole: partOfJson, why: 'is JSON in the middle of a text' };
  const open = isPrincipal(scalar.field, role)
    ? undefined
    : scalar.holes.find(candidate => candidate.as === 'text' && !isOneWord(module, candidate.piece));
  if (open) return { hole: open, why: 'may hold YAML syntax: a quote, a colon, a number sign, a line break' };
  return isOneScalar(module, yaml, scalar, role) ? undefined : { hole, why: 'holds YAML syntax, or is no text there' };
};

const placeFault = ({ field, source, node }: HoledScalar, role: TextRole): string | undefined => {
  if (field.kind === 'key') return 'is a key of the YAML';
  if (source.includes('\n') || node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
    return 'stands in a value of several lines';
  if (field.kind === 'item' && field.name === undefined)
    return role === 'accounts' ? undefined : 'stands for a whole row';
  if (field.kind === 'value' && field.name.toLowerCase() === 'groups') return 'stands for a whole list of groups';
  return undefined;
};

/** Of the object only its data is read, and that in blocks, whose lines are those of the text. */
const placeFaultInObject = ({ field, source, node }: HoledScalar): string | undefined => {
  if (field.kind === 'key') return 'is a key of the YAML';
  if (field.kind === 'value' && /^map(roles|users|accounts)$/i.test(field.name)) {
    return node.type === 'BLOCK_LITERAL' ? undefined : 'stands in a text that is no block (`|`)';
  }
  return source.includes('\n') ? 'stands in a value of several lines' : undefined;
};

/**
 * No entry can be made for an ARN with YAML in it: phase 2 fails there, and nobody has lost anything.
 * Source: IAM user guide, reference_identifiers; domain of CreateAccessEntry.
 */
const isPrincipal = (field: HoleField, role: TextRole): boolean =>
  role === 'accounts' || (field.kind === 'value' && /^(role|user)arn$/i.test(field.name));

/** With what is known filled in, the text is one scalar that says just that. An account may be a number. */
const isOneScalar = (
  module: RootModule,
  yaml: Yaml,
  { node, source, holes, isFlow }: HoledScalar,
  role: TextRole,
): boolean => {
  const samples = new Map(holes.map(hole => [hole.word, hole.as === 'text' ? sampleOf(module, hole) : hole.word]));
  const fill = (text: string): string => text.replaceAll(wordPattern(holes), word => samples.get(word) ?? word);
  const written = fill(source);
  const expected = fill(typeof node.value === 'string' ? node.value : '');
  if (role !== 'accounts' && node.type === 'PLAIN' && kindOfPlain(expected) !== 'text') return false;
  const document = firstDocument(yaml, isFlow ? `[${written}]` : `- ${written}`);
  const list = document.contents;
  if (document.errors.length > 0 || !yaml.isSeq(list) || list.items.length !== 1) return false;
  const [item] = list.items;
  return yaml.isScalar(item) && item.value === expected;
};

const sampleOf = (module: RootModule, { piece }: Hole): string => {
  const value = evaluate(piece.expression, module.scope);
  if (value.kind === 'string') return value.parts.map(part => part ?? 'x').join('');
  if (value.kind === 'number') return value.text;
  return value.kind === 'bool' ? String(value.value) : 'x';
};

/** Names of what AWS gives to an object: an ARN, a name, an id, without white space or quotes. */
const oneWordName = /(^|_)(arn|name|id|account|partition|region)$/;

/** Functions that give back one of their arguments. */
const choices = new Set(['try', 'coalesce', 'one', 'element', 'tostring', 'lower', 'upper', 'trimspace']);

const deepest = 20;

/**
 * Whether an expression is known, or is by its name one word without anything that means something to YAML: `x.arn`,
 * `local.account_id`. Source: IAM user guide, reference_iam-quotas (names), reference_identifiers (ARNs).
 */
const isOneWord = (module: RootModule, piece: Piece): boolean =>
  withinWork(module.scope, () => isWord(module, piece, 0)) ?? false;

const isWord = (module: RootModule, piece: Piece, depth: number): boolean => {
  spend(10);
  const value = evaluate(piece.expression, module.scope);
  if (knownString(value) !== undefined || value.kind === 'number' || value.kind === 'bool') return true;
  const found = resolve(module, piece);
  const { expression } = found;
  if (depth > deepest) return false;
  const all = (parts: readonly Piece[]): boolean => parts.every(part => isWord(module, part, depth + 1));
  switch (expression.kind) {
    case 'get':
      return oneWordName.test(expression.name);
    case 'index':
      return expression.of.kind === 'get' && oneWordName.test(expression.of.name.replace(/s$/, ''));
    case 'conditional':
      return all([partOf(found, expression.then), partOf(found, expression.else)]);
    case 'call':
      return choices.has(expression.name) && !expression.expand && all(expression.args.map(arg => partOf(found, arg)));
    case 'template':
      return (
        all(expression.parts.flatMap(part => (part.kind === 'interpolation' ? [partOf(found, part.value)] : []))) &&
        expression.parts.every(part => part.kind !== 'opaque')
      );
    default:
      return false;
  }
};
