import { evaluate, spend, withinWork, type RootModule } from '../../terraform/index.ts';
import { expandFor } from './substitute.ts';
import { negate, partOf, textOf, type Piece } from './piece.ts';
import { itemsOf, printValue } from './items.ts';
import { resolve } from './resolve.ts';

/** A part of a list, with the conditions under which it is there: one item, or a list that only a plan knows. */
export type Part = {
  readonly kind: 'item' | 'list';
  readonly piece: Piece;
  readonly guards: readonly string[];
  readonly comments: readonly string[];
};

/**
 * Takes a list apart by its own shape: literal lists, `concat`, `flatten`, `distinct`, conditionals, `for` over what the source
 * tells, and locals that hold one of these. What cannot be taken apart stays as one part.
 */
export const readList = (module: RootModule, piece: Piece, guards: readonly string[] = []): readonly Part[] => {
  const parts = withinWork(module.scope, () => listParts({ module, nested: false, seen: 0 }, piece, guards));
  return parts && parts.length <= mostParts ? parts : [{ kind: 'list', piece, guards, comments: [] }];
};

/** Many times as many as a cluster may have entries. */
const mostParts = 25_000;

/** `nested`: inside `flatten`, where an item that is a list stands for its items. `seen` ends what leads back to itself. */
type Reading = { readonly module: RootModule; readonly nested: boolean; readonly seen: number };

const maxDepth = 100;

const listParts = (reading: Reading, piece: Piece, guards: readonly string[]): readonly Part[] => {
  const { module, nested } = reading;
  spend(10);
  const found = resolve(module, piece);
  const { expression } = found;
  const deeper = { ...reading, seen: reading.seen + 1 };
  const asItIs: readonly Part[] = [
    { kind: 'list', piece: nested ? flattened(reading, found) : piece, guards, comments: [] },
  ];
  if (reading.seen > maxDepth) return asItIs;
  switch (expression.kind) {
    case 'null':
      return [];
    case 'tuple':
      return (itemsOf(module, found) ?? []).flatMap(({ value, comments }) =>
        itemParts(deeper, value, guards, comments),
      );
    case 'conditional':
      return arms(found).flatMap(([arm, guard]) => listParts(deeper, arm, [...guards, guard]));
    case 'for': {
      const rounds = expandFor(module, found);
      if (!rounds) return asItIs;
      return rounds.flatMap(({ value, guards: inner, comments }) =>
        itemParts(deeper, value, [...guards, ...inner], comments),
      );
    }
    case 'call':
      return callParts(deeper, found, guards) ?? asItIs;
    default:
      return asItIs;
  }
};

const callParts = (reading: Reading, piece: Piece, guards: readonly string[]): readonly Part[] | undefined => {
  const { expression } = piece;
  if (expression.kind !== 'call' || expression.expand) return undefined;
  const args = expression.args.map(arg => partOf(piece, arg));
  const [first] = args;
  switch (expression.name) {
    case 'concat':
      return args.flatMap(arg => listParts(reading, arg, guards));
    case 'flatten':
      return first && listParts({ ...reading, nested: true }, first, guards);
    case 'distinct':
      return first && firstOfEqual(reading.module, listParts(reading, first, guards));
    case 'tolist':
    case 'toset':
    case 'compact':
      return first && listParts(reading, first, guards);
    case 'values': {
      const items = first && itemsOf(reading.module, first);
      return items?.flatMap(({ value, comments }) => itemParts(reading, value, guards, comments));
    }
    default:
      return undefined;
  }
};

/**
 * `distinct` keeps the first of equal items, so what follows it counts more than it would with the last one.
 * Source: developer.hashicorp.com/terraform/language/functions/distinct.
 */
const firstOfEqual = (module: RootModule, parts: readonly Part[]): readonly Part[] => {
  const seen = new Set<string>();
  return parts.filter(({ kind, piece, guards }) => {
    if (kind === 'list') return true;
    const found = resolve(module, piece);
    const value =
      printValue(evaluate(found.expression, module.scope), module.scope) ?? textOf(found).replace(/\s+/g, ' ');
    const identity = JSON.stringify([value, guards]);
    const isFirst = !seen.has(identity);
    seen.add(identity);
    return isFirst;
  });
};

const itemParts = (
  reading: Reading,
  piece: Piece,
  guards: readonly string[],
  comments: readonly string[],
): readonly Part[] => {
  spend(10);
  const item: Part = { kind: 'item', piece, guards, comments };
  const found = resolve(reading.module, piece);
  const { kind } = found.expression;
  if (kind === 'conditional' && arms(found).every(([arm]) => isObject(reading.module, arm))) {
    return arms(found).map(([arm, guard]) => ({ ...item, piece: arm, guards: [...guards, guard] }));
  }
  if (!reading.nested || kind === 'object' || kind === 'template') return [item];
  return listParts(reading, piece, guards);
};

const isObject = (module: RootModule, piece: Piece): boolean => resolve(module, piece).expression.kind === 'object';

/** The two sides of a conditional, each with the condition under which it counts. */
export const arms = (piece: Piece): readonly (readonly [Piece, string])[] => {
  const { expression } = piece;
  if (expression.kind !== 'conditional') return [];
  const condition = partOf(piece, expression.condition);
  return [
    [partOf(piece, expression.then), textOf(condition)],
    [partOf(piece, expression.else), negate(condition)],
  ];
};

/** What stands inside `flatten` is known to be a list only behind it. */
const flattened = ({ module }: Reading, piece: Piece): Piece => ({
  ...module.parseExpression(`flatten([${textOf(piece)}])`),
  at: piece.at ?? piece.expression.range,
});
