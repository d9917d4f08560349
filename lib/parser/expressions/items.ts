import { quote, printKey, type ObjectExpression, type Tuple } from '../../hcl/index.ts';
import {
  evaluate,
  knownString,
  spend,
  withinWork,
  type RootModule,
  type Value,
  type Scope,
} from '../../terraform/index.ts';
import { commentsOf } from './comments.ts';
import { groupItems } from './group-rows.ts';
import { partOf, placeOf, textOf, type Item, type Piece } from './piece.ts';
import { keysOf, resolve } from './resolve.ts';

/**
 * The items of a collection in the order in which Terraform goes through them; undefined where only a plan knows them.
 * Source: developer.hashicorp.com/terraform/language/expressions/for.
 */
export const itemsOf = (module: RootModule, piece: Piece): readonly Item[] | undefined =>
  withinWork(module.scope, () => readItems(module, piece));

const readItems = (module: RootModule, piece: Piece): readonly Item[] | undefined => {
  spend(10);
  const found = resolve(module, piece);
  const { expression } = found;
  if (expression.kind === 'tuple') return tupleItems(found, expression);
  if (expression.kind === 'object') return objectItems(module, found, expression);
  if (expression.kind === 'call' && !expression.expand) {
    const { args, name } = expression;
    const parts = args.map(arg => partOf(found, arg));
    const read = readers[name]?.(module, parts);
    if (read) return read;
  }
  const value = evaluate(expression, module.scope);
  return groupItems(module, found) ?? valueItems(module, value, found);
};

type Reader = (module: RootModule, args: readonly Piece[]) => readonly Item[] | undefined;

const readers: Readonly<Record<string, Reader>> = {
  concat: (module, args) => {
    const lists = args.map(arg => itemsOf(module, arg));
    if (!lists.every(list => list !== undefined)) return undefined;
    spend(lists.flat().length);
    return numbered(lists.flat());
  },
  tolist: (module, [list]) => list && itemsOf(module, list),
  toset: (module, [list]) => {
    const items = list && itemsOf(module, list);
    const named = items?.map(item => [textValue(module, item.value), item] as const);
    if (!named?.every(([name]) => name !== undefined)) return undefined;
    const unique = new Map(named.map(([name, item]) => [name ?? '', item]));
    return [...unique].toSorted(byName).map(([name, item]) => ({ ...item, key: quote(name) }));
  },
  values: (module, [map]) => {
    const items = map && itemsOf(module, map);
    return items && numbered(items);
  },
};

const textValue = (module: RootModule, { expression }: Piece): string | undefined =>
  knownString(evaluate(expression, module.scope));

const numbered = (items: readonly Item[]): readonly Item[] =>
  items.map((item, index) => ({ ...item, key: String(index) }));

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** The comments that go with each item between brackets. */
const commentsOfItems = ({ file }: Piece, { items, range }: Tuple | ObjectExpression): readonly (readonly string[])[] =>
  items.map((item, index) => {
    const before = items[index - 1];
    const previous = { end: before?.range.end ?? range.start + 1, isItem: before !== undefined };
    return commentsOf(file, item.range, previous, items[index + 1]?.range.start ?? file.text.length);
  });

const tupleItems = (piece: Piece, list: Tuple): readonly Item[] => {
  const comments = commentsOfItems(piece, list);
  return list.items.map((item, index) => ({
    key: String(index),
    value: partOf(piece, item),
    comments: comments[index] ?? [],
  }));
};

/** Terraform goes through a map in the order of its keys. Of equal keys the last one counts. */
const objectItems = (module: RootModule, piece: Piece, object: ObjectExpression): readonly Item[] | undefined => {
  const comments = commentsOfItems(piece, object);
  const items = keysOf(module, object)?.map((name, index): readonly [string, Item] => {
    const value = partOf(piece, object.items[index]!.value);
    return [name, { key: quote(name), value, comments: comments[index] ?? [] }];
  });
  return items && [...new Map(items)].toSorted(byName).map(([, item]) => item);
};

/** A collection that is computed, such as `keys(local.teams)`, whose every value the source tells. */
const valueItems = (module: RootModule, value: Value, piece: Piece): readonly Item[] | undefined => {
  if (value.kind !== 'list' && value.kind !== 'object') return undefined;
  const text = printValue(value, module.scope);
  if (text === undefined) return undefined;
  const items = itemsOf(module, { ...module.parseExpression(text), at: placeOf(piece) });
  const isSet = value.kind === 'list' && value.type?.kind === 'set';
  // In a set each item is its own key.
  return isSet ? items?.map(item => ({ ...item, key: textOf(item.value) })) : items;
};

/** HCL of a value; undefined when a part of it is not known, or it is more text than anybody reads. */
export const printValue = (value: Value, scope: Scope): string | undefined => withinWork(scope, () => print(value));

const print = (value: Value): string | undefined => {
  spend(1);
  switch (value.kind) {
    case 'string': {
      const text = knownString(value);
      if (text !== undefined) spend(text.length >> 4);
      return text === undefined ? undefined : quote(text);
    }
    case 'number':
      return value.text;
    case 'bool':
      return String(value.value);
    case 'null':
      return 'null';
    case 'list': {
      const items = value.items.map(print);
      return items.every(item => item !== undefined) ? `[${items.join(', ')}]` : undefined;
    }
    case 'object': {
      const items = [...value.entries].map(([name, member]) => [printKey(name), print(member)] as const);
      if (!items.every(([, member]) => member !== undefined)) return undefined;
      return `{ ${items.map(([name, member]) => `${name} = ${member}`).join(', ')} }`;
    }
    default:
      return undefined;
  }
};
