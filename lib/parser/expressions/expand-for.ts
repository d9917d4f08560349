import { unwrapParentheses, type Expression, type ForExpression } from '../../hcl/index.ts';
import { evaluate, withinWork, type RootModule } from '../../terraform/index.ts';
import { itemsOf } from './items.ts';
import { partOf, placeOf, type Item, type Piece } from './piece.ts';
import { substitute } from './substitute.ts';

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
