import type { Range } from '../../diagnostics/index.ts';
import { attribute, indentationAt, type Expression, type ObjectExpression } from '../../hcl/index.ts';
import { referencesOf, type Reference, type RootModule, type Value } from '../../terraform/index.ts';
import { fieldOf, withMeaning } from '../expressions/field.ts';
import { partOf, placeOf, textOf, type Piece } from '../expressions/piece.ts';
import { rowOfGroups } from '../expressions/group-rows.ts';
import { readList, type Part } from '../expressions/read-list.ts';
import { printValue } from '../expressions/items.ts';
import { resolve } from '../expressions/resolve.ts';
import { describe, wrongList } from './describe.ts';
import type { AwsAuthForm } from './aws-auth-forms.ts';
import type { ModuleCall } from '../clusters/module-call.ts';
import { textOfAdded, type AddedRows } from './call/node-rows.ts';
import type { Field, Row, RowList } from './row.ts';

/** A list, or a part of one, whose items only a plan knows. `what` completes "<list> is ...". */
export type UnreadList = {
  readonly list: RowList;
  readonly argument: string;
  readonly what: string;
  /** Set where it is an item of a list: one row, and what is in it only a plan knows. */
  readonly isOneRow: boolean;
  readonly range: Range;
  /** HCL of the list, and of the conditions under which it is there. */
  readonly source: string;
  readonly guards: readonly string[];
  readonly references: readonly Reference[];
  /** What the list is, where it is a local's name. */
  readonly definition: { readonly expression: Expression; readonly text: string };
  /** White space before the line on which the source begins. */
  readonly indentation: string;
};

export type ReadRows = { readonly rows: readonly Row[]; readonly unread: readonly UnreadList[] };

/** The rows of the arguments of a call that hold some. */
export const readRows = (
  module: RootModule,
  call: ModuleCall,
  form: Pick<AwsAuthForm, 'rows'>,
  guards: readonly string[],
): ReadRows =>
  joinRows(
    form.rows.map(([argument, list]) => {
      const found = attribute(call.block.body, argument);
      if (!found) return { rows: [], unread: [] };
      return readRowList(module, { expression: found.value, file: call.block.in }, { argument, list }, guards);
    }),
  );

export const joinRows = (reads: readonly ReadRows[]): ReadRows => ({
  rows: reads.flatMap(({ rows }) => rows),
  unread: reads.flatMap(({ unread }) => unread),
});

/** The rows of one list. `argument` is what messages call it. */
export const readRowList = (
  module: RootModule,
  piece: Piece,
  { argument, list }: Pick<Row, 'argument' | 'list'>,
  guards: readonly string[],
): ReadRows => {
  const read = readList(module, piece, guards);
  const parts = list === 'accounts' ? read : read.map(part => asRow(module, asList(module, part)));
  const isUnread = (part: Part): boolean =>
    part.kind === 'list' && (list === 'accounts' || wrongList(module, part.piece) === undefined);
  return {
    rows: parts
      .filter(part => !isUnread(part))
      .map((part, index) => {
        const place = { argument, list, index };
        const opaque = part.kind === 'list' ? wrongList(module, part.piece) : undefined;
        return opaque === undefined ? readRow(module, part, place) : { ...partFields(part, place), opaque };
      }),
    unread: parts.filter(isUnread).map(part => unreadOf(module, part, argument, list)),
  };
};

/** The rows of all groups that EKS makes entries for are one row. */
const asRow = (module: RootModule, part: Part): Part & { readonly many?: true } => {
  const piece = part.kind === 'list' ? rowOfGroups(module, resolve(module, part.piece)) : undefined;
  return piece ? { ...part, kind: 'item', piece, many: true } : part;
};

/** A row that comes from elsewhere as a whole, `module.team.row`, is a list of one row that only a plan knows. */
const asList = (module: RootModule, part: Part): Part => {
  if (part.kind === 'list') return part;
  const { kind } = resolve(module, part.piece).expression;
  if (!['get', 'index', 'call', 'conditional'].includes(kind)) return part;
  const piece = { ...module.parseExpression(`[${textOf(part.piece)}]`), at: placeOf(part.piece) };
  return { ...part, kind: 'list', piece };
};

const unreadOf = (module: RootModule, { piece, guards }: Part, argument: string, list: RowList): UnreadList => {
  const found = resolve(module, piece);
  return {
    list,
    argument,
    what: describe(onlyRow(found) ?? found.expression),
    isOneRow: onlyRow(found) !== undefined,
    range: placeOf(piece),
    source: textOf(piece),
    guards,
    references: referencesOf(piece.expression),
    definition: { expression: found.expression, text: textOf(found) },
    indentation: indentationAt(piece.file.text, piece.expression.range.start),
  };
};

/** Rows that a release before version 20 adds by itself, read as if they were written out. */
export const readAddedRows = (module: RootModule, added: readonly AddedRows[], guards: readonly string[]): ReadRows =>
  joinRows(
    added.map(one => {
      const { kind, at, argument, index, position, comments, guards: inner, unclear } = one;
      const read: Part = {
        kind: kind === 'row' ? 'item' : 'list',
        piece: { ...module.parseExpression(textOfAdded(one, one.principal)), at },
        guards: [...guards, ...inner],
        comments,
      };
      const part = asRow(module, read);
      if (part.kind === 'list') return { rows: [], unread: [unreadOf(module, part, argument, 'node-role-arns')] };
      const row = readRow(module, part, { argument, list: 'node-role-arns', index });
      const more = { ...(position === undefined ? {} : { position }), ...(unclear === undefined ? {} : { unclear }) };
      return { rows: [{ ...row, ...more }], unread: [] };
    }),
  );

/** The rows of a list that a value stands for; undefined where a part of it is not known, or is no list. */
export const readGivenRows = (
  module: RootModule,
  { list, argument, range }: Pick<UnreadList, 'list' | 'argument' | 'range'>,
  value: Value,
): readonly Row[] | undefined => {
  const text = value.kind === 'list' ? printValue(value, module.scope) : undefined;
  if (text === undefined) return undefined;
  const parts = readList(module, { ...module.parseExpression(text), at: range });
  return parts.map((part, index) => readRow(module, { ...part, comments: [] }, { argument, list, index }));
};

type Place = Pick<Row, 'argument' | 'list' | 'index'>;

const partFields = (
  { piece, guards, comments, many }: Part & { readonly many?: true },
  place: Place,
): Pick<Row, keyof Place | 'origin' | 'comments' | 'guards' | 'many'> => ({
  ...place,
  origin: placeOf(piece),
  comments,
  guards,
  ...(many ? { many } : {}),
});

const readRow = (module: RootModule, part: Part & { readonly many?: true }, place: Place): Row => {
  const { piece } = part;
  const { list } = place;
  const base = partFields(part, place);
  if (list === 'accounts') return { ...base, principal: fieldIn(module, piece, piece.expression) };
  const found = resolve(module, piece);
  const { expression } = found;
  if (expression.kind !== 'object') return { ...base, opaque: describe(expression) };
  const object = { ...expression, items: expression.items.filter(item => !isUnset(item)) };
  const keys = object.items.flatMap(({ name }) => name ?? []);
  return { ...base, keys, ...readKeys(module, object, found, list === 'users' ? 'userarn' : 'rolearn') };
};

/** What came out of a `for` without a reference left in it is a value that somebody wrote out, so it is written out again. */
const fieldIn = (module: RootModule, piece: Piece, expression: Expression): Field => {
  const field = fieldOf(module, expression, piece.file, placeOf(partOf(piece, expression)));
  if (piece.at === undefined || referencesOf(expression).length > 0) return field;
  const text = printValue(field.value, module.scope);
  if (text === undefined || text === field.source) return field;
  const plain = module.parseExpression(text);
  return { ...field, source: text, expression: plain.expression };
};

/**
 * The keys of a row as EKS reads them: without regard to case, unknown ones ignored.
 * Source: kubernetes-sigs/aws-iam-authenticator, pkg/config/mapper.go and pkg/mapper/configmap (JSON decoding).
 */
const readKeys = (module: RootModule, row: ObjectExpression, piece: Piece, principalKey: string): Partial<Row> => {
  const find = (key: string): Expression | undefined =>
    row.items.findLast(({ name }) => name?.toLowerCase() === key)?.value;
  const fields = Object.entries({
    principal: find(principalKey),
    username: find('username'),
    groups: find('groups'),
  }).flatMap(([name, value]) => {
    const field = value && fieldIn(module, piece, value);
    if (!value || !field || field.value.kind === 'null') return [];
    return [[name, name === 'principal' ? withMeaning(module, field, partOf(piece, value)) : field]];
  });
  const problem = keyProblem(
    row,
    principalKey,
    fields.some(([name]) => name === 'principal'),
  );
  return { ...Object.fromEntries(fields), ...(problem === undefined ? {} : { problem }) };
};

const keyProblem = (row: ObjectExpression, principalKey: string, hasPrincipal: boolean): string | undefined => {
  const known = [principalKey, 'username', 'groups'];
  const names = row.items.map(({ name }) => name);
  if (names.includes(undefined)) return 'has a key that is an expression';
  const strange = names
    .filter(name => name !== undefined && !known.includes(name.toLowerCase()))
    .map(name => `"${name}"`);
  const missing = hasPrincipal ? undefined : `no ${principalKey}`;
  // Beside all keys that a row has, another one stands for none of them. The authenticator knows sso, which is none of EKS.
  const isWhole = hasPrincipal && known.every(key => names.some(name => name?.toLowerCase() === key));
  const permissionSet = names.find(name => name?.toLowerCase() === 'sso');
  if (isWhole && permissionSet === undefined) return undefined;
  const unknown = strange.filter(name => name !== `"${permissionSet}"`);
  const parts = [
    ...(permissionSet === undefined ? [] : [`the key "${permissionSet}"`]),
    ...(unknown.length === 0 ? [] : [`the unknown ${unknown.length === 1 ? 'key' : 'keys'} ${unknown.join(', ')}`]),
    ...(missing === undefined ? [] : [missing]),
  ];
  return parts.length === 0 ? undefined : `has ${parts.join(' and ')}`;
};

/** Null is no permission set. */
const isUnset = ({ name, value }: ObjectExpression['items'][number]): boolean =>
  name?.toLowerCase() === 'sso' && value.kind === 'null';

/** What `asList` has put into brackets. */
const onlyRow = ({ expression, at }: Piece): Expression | undefined =>
  at !== undefined && expression.kind === 'tuple' ? expression.items[0] : undefined;
