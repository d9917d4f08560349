import type { Document } from 'yaml';
import type { Comment } from '../../../hcl/index.ts';
import { evaluate, knownString, spend, withinWork, type RootModule } from '../../../terraform/index.ts';
import { partOf, textOf, type Piece } from '../../expressions/piece.ts';
import { resolve } from '../../expressions/resolve.ts';
import { groupBy } from '../../../terraform/group-by.ts';
import type { AwsAuth } from '../live/aws-auth.ts';
import { kindOfPlain } from '../../../terraform/yaml.ts';
import { wordPattern, type Hole, type HoledText, type Unread } from './holed-text.ts';

type Yaml = typeof import('yaml');

/** A text that was read of the YAML, with expressions in it. */
type Read = { readonly text: string; readonly in: 'arn' | 'account' | 'name' };

/** The first expression that is not for certain a part of one text that is read, whatever it turns out to be, and why. */
export const faultInRows = (
  module: RootModule,
  { text, holes }: HoledText,
  { rows, accounts }: AwsAuth,
  comments: readonly Comment[],
): Unread | undefined => {
  const words = wordPattern(holes);
  const texts = [
    ...accounts.map((account): Read => ({ text: account, in: 'account' })),
    ...rows.flatMap(({ arn, username, groups }): readonly Read[] => [
      { text: arn, in: 'arn' },
      ...[username, ...groups].map((name): Read => ({ text: name, in: 'name' })),
    ]),
  ];
  const named = texts.flatMap(read => (read.text.match(words) ?? []).map(word => ({ word, read })));
  const found = groupBy(named, ({ word }) => word);
  const inComments = new Set(comments.flatMap(comment => comment.text.match(words) ?? []));
  for (const hole of holes) {
    const read = found.get(hole.word)?.map(one => one.read);
    const why = read ? faultOf(module, hole, read, text) : inComments.has(hole.word) ? undefined : noValue;
    if (why !== undefined) return refuse(hole, why);
  }
  return undefined;
};

const noValue = 'stands where YAML has no text that is read';

/**
 * Where an ARN is to be, an expression may be anything: no entry can be made for an ARN with YAML in it, phase 2 fails there, and
 * nobody has lost anything. Source: IAM user guide, reference_identifiers; domain of CreateAccessEntry.
 */
const faultOf = (module: RootModule, hole: Hole, read: readonly Read[], text: string): string | undefined => {
  const { piece, word, as } = hole;
  if (/<<-?\w/.test(textOf(piece))) return 'holds a heredoc';
  if (as !== 'text') {
    const isWhole = read.every(one => one.text === word) && !new RegExp(`["']${word}|${word}["']`).test(text);
    return isWhole ? undefined : 'is JSON in the middle of a text';
  }
  const sample = sampleOf(module, piece);
  const isText = (one: Read): boolean =>
    one.in === 'account' || kindOfPlain(one.text.replaceAll(word, () => sample)) === 'text';
  if (!plain.test(sample) || !read.every(isText)) return 'holds YAML syntax, or is no text there';
  if (read.every(one => one.in !== 'name') || isOneWord(module, piece)) return undefined;
  return 'may hold YAML syntax: a quote, a colon, a number sign, a line break';
};

/** What means nothing to YAML, with quotes around it or without. */
const plain = /^[\w+=./](?:[\w+=.@/-]|:(?!$| )| (?=\w))*$/;

/** What is known of an expression as text, and a letter for the rest. */
const sampleOf = (module: RootModule, { expression }: Piece): string => {
  const value = evaluate(expression, module.scope);
  if (value.kind === 'string') return value.parts.map(part => part ?? 'x').join('');
  if (value.kind === 'number') return value.text;
  return value.kind === 'bool' ? String(value.value) : 'x';
};

/** The same of a Kubernetes object, of which only the data is read, and that in blocks, whose lines are those of the text. */
export const faultInObject = (
  yaml: Yaml,
  { text, holes }: HoledText,
  document: Document,
  comments: readonly Comment[],
): Unread | undefined => {
  const words = wordPattern(holes);
  const seen = new Set(comments.flatMap(comment => comment.text.match(words) ?? []));
  const faults = new Map<string, string>();
  yaml.visit(document, {
    Scalar: (key, node, path) => {
      const source = text.slice(...(node.range ?? [0, 0]).slice(0, 2));
      const parent = path.at(-1);
      const name = yaml.isPair(parent) && yaml.isScalar(parent.key) ? String(parent.key.value) : '';
      const why =
        key === 'key'
          ? 'is a key of the YAML'
          : /^map(roles|users|accounts)$/i.test(name)
            ? node.type !== 'BLOCK_LITERAL' && 'stands in a text that is no block (`|`)'
            : source.includes('\n') && 'stands in a value of several lines';
      for (const word of source.match(words) ?? []) {
        seen.add(word);
        if (why !== false) faults.set(word, why);
      }
    },
  });
  const hole = holes.find(({ word }) => faults.has(word) || !seen.has(word));
  return hole && refuse(hole, faults.get(hole.word) ?? noValue);
};

const refuse = (hole: Hole, why: string): Unread => ({
  kind: 'unread',
  place: hole.place,
  why: `${sourceOfHole(hole)} ${why}`,
});

/** What stands between the braces, in one line. */
export const sourceOfHole = ({ piece, as }: Hole): string => {
  const source = textOf(piece).replace(/\s+/g, ' ');
  return as === 'text' ? source : `jsonencode(${source})`;
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
