import type { Expression, ObjectExpression } from '../../hcl/index.ts';
import { spend, withinWork, type RootModule } from '../../terraform/index.ts';
import type { Row } from '../aws-auth/row.ts';
import { readRowList } from '../aws-auth/rows.ts';
import { arms } from '../expressions/read-list.ts';
import { itemsOf } from '../expressions/items.ts';
import { partOf, textOf, type Piece } from '../expressions/piece.ts';
import { resolve } from '../expressions/resolve.ts';
import { expandFor } from '../expressions/substitute.ts';

/** Rows, and as they are written what may be more of them. */
export type PlainRows = { readonly rows: readonly Row[]; readonly unread: readonly { readonly source: string }[] };

/** It has `rolearn` or `userarn`. */
export const isMapping = ({ list, principal }: Row): boolean => list !== 'accounts' && principal !== undefined;

/**
 * Rows that can be nothing else: items with a principal and what it gets, at any depth of lists and maps. What else is in a list with
 * such items is unread: whether it is a row, the module knows. `place` is what messages call the value.
 */
export const readPlainRows = (module: RootModule, piece: Piece, place: string): PlainRows =>
  withinWork(module.scope, () => readRows(module, piece, place)) ?? inList(module, piece, place);

const none: PlainRows = { rows: [], unread: [] };

const readRows = (module: RootModule, piece: Piece, place: string, depth = 0): PlainRows => {
  spend(10);
  const found = resolve(module, piece);
  const { expression } = found;
  if (depth > deepest) return none;
  if (expression.kind === 'object' && isRow(expression)) {
    const alone = partOf(found, { kind: 'tuple', range: expression.range, items: [expression] });
    return { rows: inList(module, alone, place).rows.map(row => ({ ...row, position: place })), unread: [] };
  }
  if (expression.kind !== 'object') {
    const list = inList(module, piece, place);
    if (list.rows.length > 0) return list;
  }
  const parts = partsOf(module, found, place);
  if (!parts) return { rows: [], unread: ofFor(found) };
  const read = parts.map(([part, name]) => readRows(module, part, name, depth + 1));
  return { rows: read.flatMap(({ rows }) => rows), unread: read.flatMap(({ unread }) => unread) };
};

/** More than anybody writes out. What leads back to itself ends there. */
const deepest = 12;

const inList = (module: RootModule, piece: Piece, argument: string): PlainRows => {
  const [roles, users] = (['roles', 'users'] as const).map(list => readRowList(module, piece, { argument, list }, []));
  const rows = [...(roles?.rows ?? []), ...(users?.rows ?? [])].filter(
    row => isMapping(row) && (row.username ?? row.groups) !== undefined,
  );
  return { rows, unread: rows.length > 0 ? (roles?.unread ?? []) : [] };
};

const isRow = ({ items }: ObjectExpression): boolean => {
  const names = new Set(items.map(({ name }) => name?.toLowerCase()));
  return (names.has('rolearn') || names.has('userarn')) && (names.has('username') || names.has('groups'));
};

/** The body of a `for` is a row, and how many there are only a plan knows. */
const ofFor = (piece: Piece): PlainRows['unread'] => {
  const { expression } = piece;
  const isOfRows = expression.kind === 'for' && expression.value.kind === 'object' && isRow(expression.value);
  return isOfRows ? [{ source: textOf(piece) }] : [];
};

type Named = readonly [piece: Piece, place: string];

/** Of what a value is put together; undefined where only a plan knows the items of a `for`. */
const partsOf = (module: RootModule, piece: Piece, place: string): readonly Named[] | undefined => {
  const { expression } = piece;
  if (expression.kind === 'object')
    return expression.items.map(({ name = '...', value }): Named => [partOf(piece, value), `${place}.${name}`]);
  if (expression.kind === 'tuple')
    return expression.items.map((item, index): Named => [partOf(piece, item), `${place}[${index}]`]);
  if (expression.kind === 'conditional') return arms(piece).map(([arm]): Named => [arm, place]);
  if (expression.kind === 'call' && handedOn.has(expression.name))
    return expression.args.map((arg: Expression): Named => [partOf(piece, arg), place]);
  if (expression.kind !== 'for') return [];
  const items = expression.object ? itemsOf(module, piece) : expandFor(module, piece);
  return items?.map(({ value }, index): Named => [value, `${place}[${index}]`]);
};

/** Functions whose result has what they are given. */
const handedOn: ReadonlySet<string> = new Set(
  'coalesce coalescelist compact concat distinct flatten jsonencode merge setunion tolist tomap toset try values yamlencode'.split(
    ' ',
  ),
);
