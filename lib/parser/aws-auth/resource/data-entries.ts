import { groupBy } from '../../../terraform/group-by.ts';
import { evaluate, knownString, spend, withinWork, type RootModule } from '../../../terraform/index.ts';
import { arms } from '../../expressions/read-list.ts';
import { partOf, type Piece } from '../../expressions/piece.ts';
import { keysOf, resolve } from '../../expressions/resolve.ts';
import { describe } from '../describe.ts';
import { readWritten } from './read-written.ts';
import { plainText, unread, type Unread, type Written } from './holed-text.ts';

/** A key of the ConfigMap's data, and what is written there, under conditions. */
export type DataEntry = {
  readonly key: string;
  readonly written: Written;
  readonly guards: readonly string[];
  /** Under a condition the key is not there. */
  readonly isOptional?: true;
};

const deepest = 50;

/** The keys of `data`, which is an object, `merge(...)` of some, or one under a condition. */
export const dataEntries = (
  module: RootModule,
  piece: Piece,
  guards: readonly string[],
): readonly DataEntry[] | Unread =>
  withinWork(module.scope, () => readEntries(module, piece, guards, 0)) ??
  unread(piece, 'it takes too much work to read');

const readEntries = (
  module: RootModule,
  piece: Piece,
  guards: readonly string[],
  depth: number,
): readonly DataEntry[] | Unread => {
  spend(10);
  const found = resolve(module, piece);
  const { expression } = found;
  if (depth > deepest) return unread(found, 'it leads back to itself');
  if (expression.kind === 'null') return [];
  if (expression.kind === 'object') {
    const keys = keysOf(module, expression);
    if (!keys) return unread(found, 'one of its keys is known only at plan time');
    const last = new Map(expression.items.map((item, index) => [keys[index] ?? '', partOf(found, item.value)]));
    return [...last].flatMap(([key, value]) => textEntries(module, key, value, guards, depth));
  }
  if (expression.kind === 'conditional') {
    const parts = allRead(arms(found).map(([arm, guard]) => readEntries(module, arm, [...guards, guard], depth + 1)));
    return 'why' in parts ? parts : parts.flat().map(entry => ({ ...entry, isOptional: true }));
  }
  if (expression.kind === 'call' && !expression.expand && ['merge', 'tomap'].includes(expression.name)) {
    const parts = allRead(expression.args.map(arg => readEntries(module, partOf(found, arg), guards, depth + 1)));
    return 'why' in parts ? parts : merged(parts, found);
  }
  return valueEntries(module, found, guards);
};

const allRead = (parts: readonly (readonly DataEntry[] | Unread)[]): readonly (readonly DataEntry[])[] | Unread => {
  const failed = parts.find((part): part is Unread => 'why' in part);
  return failed ?? parts.flatMap(part => ('why' in part ? [] : [part]));
};

/** Of several objects the last one that has a key counts. Under a condition it is not known which one has. */
const merged = (parts: readonly (readonly DataEntry[])[], piece: Piece): readonly DataEntry[] | Unread => {
  const groups = parts.map(entries => groupBy(entries, ({ key }) => key));
  const isUncertain = groups.some(group =>
    [...group].some(
      ([key, list]) => list.some(({ isOptional }) => isOptional) && groups.filter(other => other.has(key)).length > 1,
    ),
  );
  if (isUncertain) return unread(piece, 'its keys come from objects under conditions');
  const last = new Map(groups.flatMap(group => [...group]));
  return [...last.values()].flat();
};

/** A text under a condition is one or the other. */
const textEntries = (
  module: RootModule,
  key: string,
  value: Piece,
  guards: readonly string[],
  depth: number,
): readonly DataEntry[] => {
  spend(10);
  const found = resolve(module, value);
  if (found.expression.kind !== 'conditional' || depth > deepest)
    return [{ key, written: readWritten(module, value), guards }];
  return arms(found).flatMap(([arm, guard]) => textEntries(module, key, arm, [...guards, guard], depth + 1));
};

/** An object that is computed, whose every text the source tells. */
const valueEntries = (module: RootModule, piece: Piece, guards: readonly string[]): readonly DataEntry[] | Unread => {
  const value = evaluate(piece.expression, module.scope);
  if (value.kind !== 'object') return unread(piece, `it is ${describe(piece.expression)}`);
  return [...value.entries].map(([key, member]) => {
    const text = knownString(member);
    const written = text === undefined ? unread(piece, 'it is known only at plan time') : plainText(piece, text);
    return { key, written, guards };
  });
};
