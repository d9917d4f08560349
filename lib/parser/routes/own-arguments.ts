import type { Range } from '../../diagnostics/index.ts';
import { evaluate, knownString, type ModuleSource, type RootModule } from '../../terraform/index.ts';
import { isOfEksFamily } from '../clusters/module-call.ts';
import { textOf, type Piece } from '../expressions/piece.ts';
import { readList } from '../expressions/read-list.ts';
import { resolve } from '../expressions/resolve.ts';
import type { Found, Given } from './rows-elsewhere.ts';
import { authName, type Route } from './routes.ts';

/**
 * Whether a module that is not local has aws-auth in its name, so that it is there to write it, whatever its arguments are called. Of the
 * eks module they are known. Vault has an auth method of that name. What an owner is called says nothing of the modules it has.
 */
export const isNamedForAwsAuth = (source: ModuleSource): boolean => {
  const { kind, name, submodule = '' } = source;
  const own = kind === 'other' ? name : name.slice(name.indexOf('/') + 1);
  const text = `${own}/${submodule}`;
  return kind !== 'local' && authName.test(text) && !/vault/i.test(text) && !isOfEksFamily(source);
};

/**
 * What a module is handed whose name says that it writes aws-auth, in arguments of its own. What it makes of them the module alone tells:
 * lists and maps may be rows, and without any the other arguments. Undefined where it takes rows by names that are known, and has no other list.
 */
export const ofAuthModule = (
  module: RootModule,
  { rows }: Pick<Route, 'rows'>,
  names: readonly string[],
  given: (argument: string) => Given | undefined,
  place: Range,
): Found | undefined => {
  const listed = new Set(rows.map(([argument]) => argument));
  const own = names
    .filter(argument => !listed.has(argument))
    .flatMap(argument => {
      const found = given(argument);
      return found ? [{ argument, ...found, items: itemsIn(module, found.piece) }] : [];
    });
  const lists = own.filter(({ argument, items }) => items !== undefined && items.length > 0 && !labels.test(argument));
  const takesRows = names.some(argument => listed.has(argument));
  if (lists.length === 0 && takesRows) return undefined;
  const chosen = lists.length > 0 ? lists : own;
  const [first] = chosen.toSorted((a, b) => a.range.start - b.range.start);
  const unread = chosen.flatMap(({ piece, items = [piece] }) => items.map(item => itemText(module, item)));
  return {
    range: first?.range ?? place,
    arguments: chosen.map(({ argument }) => argument),
    rows: [],
    principals: [],
    unread: unread.length > 0 ? unread : ['whom it names'],
  };
};

/** What an argument holds, of which the module alone tells whether it is rows: its items, or the whole where it is no list. */
export const itemTexts = (module: RootModule, piece: Piece): readonly string[] =>
  resolve(module, piece).expression.kind === 'null'
    ? []
    : (itemsIn(module, piece) ?? [piece]).map(item => itemText(module, item));

const labels = /(?:tags|labels|annotations)$/;

/** Undefined for what is no list and no map, as far as the source tells. */
const itemsIn = (module: RootModule, piece: Piece): readonly Piece[] | undefined => {
  const found = resolve(module, piece);
  if (found.expression.kind === 'object') return found.expression.items.length > 0 ? [piece] : [];
  const parts = readList(module, piece).map(part => part.piece);
  const isWhole = parts.length === 1 && parts[0] === piece;
  return isWhole && found.expression.kind !== 'for' ? undefined : parts;
};

const itemText = (module: RootModule, piece: Piece): string =>
  knownString(evaluate(piece.expression, module.scope)) ?? textOf(piece).replace(/\s+/g, ' ');
