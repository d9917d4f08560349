import { groupBy } from '../group-by.ts';
import { findExpression, type Expression } from '../../hcl/index.ts';
import { errorOf, knownString, stringOf, unknown, type ErrorValue, type Value } from '../value.ts';
import { keyOf, worstOf } from './constructors.ts';
import { toBool } from './convert.ts';
import { integerOf } from './numbers.ts';
import { sortedEntries } from './order.ts';
import { bind, type Context } from './scope.ts';
import { giveUp, spend } from './work.ts';

type For = Extract<Expression, { kind: 'for' }>;

/**
 * A `for` over something unknown is unknown, and so is one with an unknown condition or key: what its items are is not known.
 * Source: ForExpr in github.com/hashicorp/hcl, hclsyntax/expression.go.
 */
export const forExpression = (expression: For, context: Context): Value => {
  const of = context.evaluate(expression.of, context);
  if (of.kind === 'error') return of;
  if (of.kind === 'unknown') return unknown;
  const rounds = roundsOf(of);
  if (!rounds)
    return errorOf(of.kind === 'null' ? 'a null cannot be iterated over' : 'this value cannot be iterated over');
  const refused = rounds.length > 0 ? undefined : checkCondition(expression, context);
  if (refused) return refused;
  const included = includedRounds(expression, rounds, context);
  return expression.object ? buildObject(expression, included) : buildTuple(expression, included);
};

type Round = readonly [key: Value, value: Value];

/** In Terraform's order; the key of a set's item is the item. Undefined for what has no items. */
const roundsOf = (of: Value): readonly Round[] | undefined => {
  if (of.kind === 'object') return sortedEntries(of.entries).map(([name, value]) => [stringOf(name), value]);
  if (of.kind !== 'list') return undefined;
  return of.items.map((item, index) => [of.type?.kind === 'set' ? item : integerOf(index), item]);
};

const bindRound = ({ keyName, valueName }: For, [key, value]: Round, context: Context): Context =>
  bind(context, [...(keyName === undefined ? [] : [[keyName, key] as const]), [valueName, value]]);

/** The rounds whose condition is true; `known` tells that all conditions are. */
type Included = { readonly inner: readonly Context[]; readonly errors: readonly ErrorValue[]; readonly known: boolean };

const includedRounds = (expression: For, rounds: readonly Round[], context: Context): Included => {
  spend(20 * rounds.length);
  const all = rounds.map(round => bindRound(expression, round, context));
  const included = all.map(inner => isIncluded(expression, inner));
  return {
    inner: all.filter((_, index) => included[index] === true),
    errors: included.filter(value => typeof value === 'object'),
    known: !included.includes(undefined),
  };
};

/** Where there is nothing to go through Terraform tries the condition all the same, with unknown names. */
const checkCondition = (expression: For, context: Context): ErrorValue | undefined => {
  if (!expression.condition) return undefined;
  const value = isIncluded(expression, bindRound(expression, [unknown, unknown], context));
  if (value === undefined && !mayBeBool(expression.condition)) return giveUp();
  return typeof value === 'object' ? value : undefined;
};

const conditions = new Set([
  'alltrue',
  'anytrue',
  'can',
  'contains',
  'endswith',
  'lookup',
  'startswith',
  'strcontains',
  'tobool',
  'try',
]);

/** Whether a condition may be true at all: Terraform knows the types of most calls, and refuses those that return a number. */
const mayBeBool = (condition: Expression): boolean => !findExpression(condition, inner => !isPlain(inner));

/** What holds nothing whose type would have to be known. */
const isPlain = (expression: Expression): boolean => {
  if (expression.kind === 'call') return conditions.has(expression.name);
  if (expression.kind === 'binary') return !'+-*/%'.includes(expression.operator);
  return expression.kind === 'unary' ? expression.operator === '!' : !openKinds.has(expression.kind);
};

const openKinds = new Set(['conditional', 'for', 'opaque', 'splat']);

/** Undefined where it is not known. */
const isIncluded = ({ condition }: For, inner: Context): boolean | ErrorValue | undefined => {
  if (!condition) return true;
  const value = inner.evaluate(condition, inner);
  if (value.kind === 'null') return errorOf('the condition of a for expression is null');
  const decided = toBool(value);
  if (decided.kind === 'error') return decided;
  return decided.kind === 'bool' ? decided.value : undefined;
};

const buildTuple = ({ value }: For, { inner, errors, known }: Included): Value => {
  const items = inner.map(context => context.evaluate(value, context));
  return worstOf([...errors, ...items]) ?? (known ? { kind: 'list', items } : unknown);
};

const buildObject = ({ key, value, grouped }: For, { inner, errors, known }: Included): Value => {
  const pairs = inner.map(
    context => [key ? keyOf(context.evaluate(key, context)) : unknown, context.evaluate(value, context)] as const,
  );
  const groups = groupBy(pairs, ([name]) => knownString(name));
  const failed = worstOf([...errors, ...pairs.flat()]) ?? (grouped ? undefined : duplicateKey(groups));
  if (failed) return failed;
  if (!known || groups.has(undefined)) return unknown;
  const entries = [...groups].map(([name = '', group]): [string, Value] => {
    const items = group.map(([, item]) => item);
    return [name, grouped ? { kind: 'list', items } : items[0]!];
  });
  return { kind: 'object', entries: new Map(entries) };
};

const duplicateKey = (groups: ReadonlyMap<string | undefined, readonly unknown[]>): ErrorValue | undefined => {
  const [name] = [...groups].find(([key, items]) => key !== undefined && items.length > 1) ?? [];
  return name === undefined ? undefined : errorOf(`two items have the key "${name}"`);
};
