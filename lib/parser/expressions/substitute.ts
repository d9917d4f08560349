import {
  children,
  findExpression,
  stringValue,
  type Call,
  type Expression,
  type ForExpression,
  type Template,
  unwrapParentheses,
} from '../../hcl/index.ts';
import { evaluate, knownString, spend, type RootModule, withinWork } from '../../terraform/index.ts';
import { partOf, textOf, type Piece, placeOf, type Item } from './piece.ts';
import { namedMember, resolve } from './resolve.ts';
import { itemsOf } from './items.ts';

/** What the iterators of a `for` stand for. */
export type Bindings = ReadonlyMap<string, Piece>;

/**
 * The text of an expression with iterators replaced by what they stand for: `x.arn` by the attribute where `x` is a literal
 * object, `"${x}"` by the string. Undefined where the text cannot be put there: a heredoc has lines of its own.
 */
export const substitute = (module: RootModule, piece: Piece, bindings: Bindings): string | undefined => {
  const found: Replacement[] = [];
  visit({ module, piece, found }, piece.expression, bindings);
  if (found.some(({ text }) => text.includes('<<'))) return undefined;
  const { start, end } = piece.expression.range;
  let [text, at] = ['', start];
  for (const replacement of found) {
    text += piece.file.text.slice(at, replacement.start) + replacement.text;
    spend(1 + (replacement.text.length >> 4));
    at = replacement.end;
  }
  return text + piece.file.text.slice(at, end);
};

type Replacement = { readonly start: number; readonly end: number; readonly text: string };
type Work = { readonly module: RootModule; readonly piece: Piece; readonly found: Replacement[] };

const visit = (work: Work, expression: Expression, bindings: Bindings): void => {
  if (bindings.size === 0) return;
  const stand = standsFor(work, expression, bindings);
  if (stand) {
    const { start, end } = expression.range;
    work.found.push({ start, end, text: stand.expression.kind === 'opaque' ? '<<' : inParentheses(stand) });
  } else if (expression.kind === 'template') visitTemplate(work, expression, bindings);
  else if (expression.kind === 'for') visitFor(work, expression, bindings);
  else for (const child of children(expression)) visit(work, child, bindings);
};

/** What an expression made of an iterator and names behind it stands for. */
const standsFor = (work: Work, expression: Expression, bindings: Bindings): Piece | undefined => {
  const { module, piece } = work;
  switch (expression.kind) {
    case 'variable':
      return bindings.get(expression.name);
    case 'get': {
      const base = standsFor(work, expression.of, bindings);
      return base && namedMember(module, resolve(module, base), expression.name);
    }
    case 'index': {
      const base = standsFor(work, expression.of, bindings);
      const name = knownString(evaluate(expression.key, module.scope));
      return base && name !== undefined ? namedMember(module, resolve(module, base), name) : undefined;
    }
    case 'call': {
      const { of, name, otherwise } = choiceOf(module, expression) ?? {};
      const base = of && standsFor(work, of, bindings);
      const object = base && resolve(module, base);
      if (object?.expression.kind !== 'object' || name === undefined || !otherwise) return undefined;
      const member = namedMember(module, object, name);
      return member ?? (mentions(otherwise, bindings) ? undefined : partOf(piece, otherwise));
    }
    default:
      return undefined;
  }
};

type Choice = { readonly of: Expression; readonly name: string | undefined; readonly otherwise: Expression };

/** `lookup(x, "groups", [])` and `try(x.groups, [])`: whether the object has the attribute, the source tells. */
const choiceOf = (module: RootModule, { name, args, expand }: Call): Choice | undefined => {
  const [first, second, third] = args;
  if (!first || !second || expand) return undefined;
  if (name === 'lookup' && third) {
    return { of: first, name: knownString(evaluate(second, module.scope)), otherwise: third };
  }
  if (name !== 'try' || third || first.kind !== 'get') return undefined;
  return { of: first.of, name: first.name, otherwise: second };
};

export const mentions = (expression: Expression, bindings: Bindings): boolean =>
  findExpression(expression, inner => inner.kind === 'variable' && bindings.has(inner.name)) !== undefined;

/** A plain string goes into a quoted template without `${}` around it. */
const visitTemplate = (work: Work, template: Template, bindings: Bindings): void => {
  for (const part of template.parts) {
    if (part.kind === 'literal') continue;
    if (part.kind === 'opaque') {
      // What an iterator would be in there cannot be said.
      if (part.inside.some(inner => mentions(inner, bindings))) {
        work.found.push({ start: part.range.start, end: part.range.end, text: '<<' });
      }
      continue;
    }
    const stand = standsFor(work, part.value, bindings);
    const { start, end } = part.range;
    const whole = work.piece.file.text.slice(start, end);
    const marked = whole[2] === '~' || whole.at(-2) === '~';
    const plain = stand && isQuoted(stand) && !template.heredoc && !marked;
    if (stand && plain) work.found.push({ start, end, text: textOf(stand).slice(1, -1) });
    else visit(work, part.value, bindings);
  }
};

const isQuoted = ({ expression }: Piece): boolean =>
  expression.kind === 'template' && !expression.heredoc && stringValue(expression) !== undefined;

/** The iterators of an inner `for` hide those of the outer one. */
const visitFor = (work: Work, { of, key, value, condition, ...names }: ForExpression, bindings: Bindings): void => {
  const inner = new Map([...bindings].filter(([name]) => name !== names.keyName && name !== names.valueName));
  visit(work, of, bindings);
  for (const part of [key, value, condition]) if (part) visit(work, part, inner);
};

const inParentheses = (piece: Piece): string =>
  ['conditional', 'binary', 'unary'].includes(piece.expression.kind) ? `(${textOf(piece)})` : textOf(piece);

/** One round of a `for`: its value with the iterators filled in, and the conditions that only a plan knows. */
export type Round = {
  readonly value: Piece;
  readonly guards: readonly string[];
  readonly comments: readonly string[];
};

/** More rounds than a cluster may have entries are nobody's list of rows. */
const maxRounds = 20_000;

/** The rounds of `[for ...]` over something that the source tells; undefined where it does not. */
export const expandFor = (module: RootModule, piece: Piece): readonly Round[] | undefined =>
  withinWork(module.scope, () => readRounds(module, piece));

const readRounds = (module: RootModule, piece: Piece): readonly Round[] | undefined => {
  const { expression } = piece;
  if (expression.kind !== 'for' || expression.object) return undefined;
  const items = itemsOf(module, partOf(piece, expression.of));
  if (!items || items.length > maxRounds) return undefined;
  const rounds: Round[] = [];
  for (const item of items) {
    const round = roundOf(module, piece, expression, item);
    if (round === undefined) return undefined;
    if (round !== 'skipped') rounds.push(round);
  }
  return rounds;
};

const roundOf = (
  module: RootModule,
  piece: Piece,
  { keyName, valueName, condition, value }: ForExpression,
  item: Item,
): Round | 'skipped' | undefined => {
  const key = { ...module.parseExpression(item.key), at: placeOf(item.value) };
  const bindings = new Map([...(keyName === undefined ? [] : [[keyName, key] as const]), [valueName, item.value]]);
  const guards: string[] = [];
  for (const part of condition ? conjunctsOf(condition) : []) {
    const guard = substitute(module, partOf(piece, part), bindings);
    if (guard === undefined) return undefined;
    const held = evaluate(module.parseExpression(guard).expression, module.scope);
    if (held.kind === 'bool' && !held.value) return 'skipped';
    if (held.kind !== 'bool') guards.push(guard);
  }
  const text = substitute(module, partOf(piece, value), bindings);
  if (text === undefined) return undefined;
  const filled = { ...module.parseExpression(text), at: placeOf(item.value) };
  return { value: filled, guards, comments: item.comments };
};

const conjunctsOf = (condition: Expression): readonly Expression[] => {
  const inner = unwrapParentheses(condition);
  if (inner.kind !== 'binary' || inner.operator !== '&&') return [condition];
  return [...conjunctsOf(inner.left), ...conjunctsOf(inner.right)];
};
