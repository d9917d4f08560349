import type { Range } from '../../diagnostics/index.ts';
import { attribute } from '../../hcl/index.ts';
import { evaluate, knownString, type PlacedBlock, type RootModule } from '../../terraform/index.ts';
import { textOf, type Piece } from '../expressions/piece.ts';
import { readList } from '../expressions/read-list.ts';
import { keysOf, resolve } from '../expressions/resolve.ts';
import { positionOf, type Row } from '../aws-auth/row.ts';
import { readRowList } from '../aws-auth/rows.ts';
import { isMapping, readPlainRows, type PlainRows } from './plain-rows.ts';
import { isRowsArgument, type Route } from './routes.ts';

/** Rows of aws-auth in a place that no phase rewrites. */
export type RowsElsewhere = {
  /** Where what is written is looked up: the root module, or a file of Terragrunt alone. */
  readonly module: RootModule;
  readonly route: Route;
  /** How messages call the route. */
  readonly name: string;
  /** What works today: that of the route, or of the module that is behind it. */
  readonly way: string;
  /** How messages call the place: `module.eks_cluster`. */
  readonly address: string;
  readonly range: Range;
  /** The arguments that have rows; none where the place has nothing else. */
  readonly arguments: readonly string[];
  readonly rows: readonly Row[];
  /** Whom rows let in, those of teams included. */
  readonly principals: readonly string[];
  /** What only a plan knows, as it is written. */
  readonly unread: readonly string[];
  /** They are handed to a module of the repository, with which `convert` moves them. */
  readonly moves?: true;
  /** The module that they are handed to makes a cluster, whose rows they are. */
  readonly ofItsCluster?: true;
};

/** The value of an argument, and where its name stands. */
export type Given = { readonly piece: Piece; readonly range: Range };

/** The arguments of a call, by name. */
export const givenIn =
  (block: PlacedBlock) =>
  (argument: string): Given | undefined => {
    const found = attribute(block.body, argument);
    return found && { piece: { expression: found.value, file: block.in }, range: found.nameRange };
  };

/** `isPlain`: they can be nothing but rows. */
type Read = Pick<RowsElsewhere, 'rows' | 'principals' | 'unread'> & { readonly isPlain?: true };

/** What arguments hold: `range` is where the first of them stands. */
export type Found = Omit<Read, 'isPlain'> & Pick<RowsElsewhere, 'range' | 'arguments'>;

/**
 * Undefined where the arguments of a route hold no rows. With `isKnown` whatever they hold is rows. `others` are arguments of any name,
 * of which rows are taken that can be nothing else.
 */
export const rowsOfArguments = (
  module: RootModule,
  { rows, teams = [], nodeRoles = [], flags = [] }: Pick<Route, 'rows' | 'teams' | 'nodeRoles' | 'flags'>,
  given: (argument: string) => Given | undefined,
  isKnown: boolean,
  others: readonly string[] = [],
): Found | undefined => {
  const listed = new Set(rows.map(([argument]) => argument));
  const read = [
    ...rows.map(([argument, list]) => ({
      argument,
      given: given(argument),
      read: (piece: Piece) => ofNamed(module, piece, { argument, list }),
    })),
    ...teams.map(argument => ({ argument, given: given(argument), read: (piece: Piece) => ofTeams(module, piece) })),
    ...nodeRoles.map(argument => ({
      argument,
      given: given(argument),
      read: (piece: Piece) => ofNodeRoles(module, piece),
    })),
    ...flags.map(([argument, principal]) => ({
      argument,
      given: given(argument),
      read: (piece: Piece) => ofFlag(module, piece, principal),
    })),
    ...others
      .filter(argument => !listed.has(argument))
      .map(argument => ({
        argument,
        given: given(argument),
        read: (piece: Piece) => ofPlainRows(module, piece, argument),
      })),
  ].flatMap(one => (one.given ? [{ ...one.given, ...one.read(one.given.piece), argument: one.argument }] : []));
  const found = read.filter(one => one.principals.length + one.unread.length > 0);
  const [first] = found.toSorted((a, b) => a.range.start - b.range.start);
  const isCertain =
    isKnown || found.some(one => one.isPlain || isRowsArgument(one.argument) || one.rows.some(isMapping));
  if (!first || !isCertain) return undefined;
  return {
    range: first.range,
    arguments: found.map(({ argument }) => argument),
    rows: found.flatMap(one => one.rows),
    principals: found.flatMap(one => one.principals),
    unread: found.flatMap(one => one.unread),
  };
};

/** In place of a list there may be a map of rows, or one of lists. */
const ofNamed = (module: RootModule, piece: Piece, place: Pick<Row, 'argument' | 'list'>): Read => {
  const found = ofList(readRowList(module, piece, place, []));
  const isList = place.list === 'accounts' || found.rows.some(isMapping);
  const plain = isList ? found : ofPlainRows(module, piece, place.argument);
  return plain.rows.length > 0 ? plain : found;
};

const ofPlainRows = (module: RootModule, piece: Piece, argument: string): Read => ({
  ...ofList(readPlainRows(module, piece, argument)),
  isPlain: true,
});

const ofList = ({ rows, unread }: PlainRows): Read => ({
  rows,
  principals: principalsOf(rows),
  unread: unread.map(({ source }) => source.replace(/\s+/g, ' ')),
});

/** As messages name them. */
export const principalsOf = (rows: readonly Row[]): readonly string[] => rows.map(nameOf);

const nameOf = (row: Row): string => {
  const text = row.principal && (knownString(row.principal.value) ?? row.principal.source);
  return text || positionOf(row);
};

/** The module makes a role for each team, and a row for the role. */
const ofTeams = (module: RootModule, piece: Piece): Read => {
  const { expression } = resolve(module, piece);
  const names = expression.kind === 'object' ? keysOf(module, expression) : undefined;
  if (expression.kind === 'null') return { rows: [], principals: [], unread: [] };
  return names
    ? { rows: [], principals: names.map(name => `the role of team ${name}`), unread: [] }
    : { rows: [], principals: [], unread: [textOf(piece).replace(/\s+/g, ' ')] };
};

/** The module makes a row of nodes for each role. */
const ofNodeRoles = (module: RootModule, piece: Piece): Read => {
  const parts = readList(module, piece, []);
  const texts = (kind: 'item' | 'list'): readonly string[] =>
    parts
      .filter(part => part.kind === kind)
      .map(
        part => knownString(evaluate(part.piece.expression, module.scope)) ?? textOf(part.piece).replace(/\s+/g, ' '),
      );
  return { rows: [], principals: texts('item').map(role => `the node role ${role}`), unread: texts('list') };
};

/** The module makes a row for the principal where the flag is set. */
const ofFlag = (module: RootModule, piece: Piece, principal: string): Read => {
  const value = evaluate(piece.expression, module.scope);
  if (value.kind === 'bool') return { rows: [], principals: value.value ? [principal] : [], unread: [] };
  return { rows: [], principals: [], unread: value.kind === 'null' ? [] : [textOf(piece).replace(/\s+/g, ' ')] };
};
