import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import type { LiveEntry, Snapshot } from '../../parser/index.ts';
import { adopt, finderOf, sameAddress, type Adoption, type Import, type Move } from './adopt.ts';
import type { Found } from './declarations.ts';
import { textOf, type Declared } from './declared.ts';
import { holdsIn } from './holds.ts';
import type { Place } from './place.ts';
import type { WrittenBlocks } from './written-blocks.ts';

export type Adopted = {
  readonly imports: readonly Import[];
  readonly moves: readonly Move[];
  readonly diagnostics: readonly Diagnostic[];
};

/** What is declared and live, each as an import or a move, and what is said about the rest. */
export const adoptAll = (
  found: Found,
  snapshot: Snapshot,
  clusterName: string,
  place: Place,
  moduleAddress: string | undefined,
  { imported, isMoved }: WrittenBlocks,
): Adopted => {
  const isOwn = (own: { readonly clusterName?: string }): boolean =>
    own.clusterName === undefined || own.clusterName === clusterName;
  const entries = snapshot.entries.filter(isOwn);
  const managed = snapshot.managed?.filter(isOwn);
  const find = finderOf(entries);
  const pairs = found.declared.flatMap(entry => {
    const live = find(entry);
    return live ? [{ entry, live }] : [];
  });
  const context = {
    clusterName,
    managed,
    holds: holdsIn(place, found, moduleAddress),
    isMoved,
    imported,
  };
  const twice = declaredTwice(pairs);
  const all = twice.length > 0 ? [] : pairs.map(({ entry, live }) => adopt(entry, live, context));
  const adopted = all.filter(({ imports, moves }) => imports.length > 0 || moves.length > 0);
  const imports = distinct(
    all.flatMap(own => own.imports),
    ({ to }) => textOf(to),
  );
  return {
    imports,
    moves: distinct(
      all.flatMap(own => own.moves),
      ({ to }) => to,
    ),
    diagnostics: [
      ...twice,
      ...all.flatMap(({ diagnostics }) => diagnostics),
      ...adopted.flatMap(underCondition),
      ...later(adopted),
      ...unknown(found, pairs, entries, managed),
    ],
  };
};

type Pair = { readonly entry: Declared; readonly live: LiveEntry };

const distinct = <Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] => [
  ...new Map(items.map(item => [keyOf(item), item])).values(),
];

/** One principal at two addresses, or one address with two principals: Terraform cannot have it. */
const declaredTwice = (pairs: readonly Pair[]): readonly Diagnostic[] => {
  const addresses = new Map<LiveEntry, string>();
  const principals = new Map<string, LiveEntry>();
  return pairs.flatMap(({ entry, live }) => {
    const at = textOf(entry.address);
    const [address, other] = [addresses.get(live) ?? at, principals.get(at) ?? live];
    addresses.set(live, at);
    principals.set(at, live);
    if (address === at && other === live) return [];
    const problem =
      address === at
        ? `${at} is also declared with ${other.principalArn}, and the source does not tell which one is in force`
        : `it is declared twice, at ${address} and ${at}`;
    return [diagnose('TAE227', { principal: live.principalArn, problem }, entry.range)];
  });
};

const underCondition = ({ entry, imports }: Adoption): readonly Diagnostic[] => {
  const at = imports.filter(({ to }) => entry.maybe || entry.associations.some(own => own.maybe && own.address === to));
  return at.slice(0, 1).map(({ to }) => diagnose('TAE436', { address: textOf(to) }, entry.range));
};

const later = (adopted: readonly Adoption[]): readonly Diagnostic[] => {
  const count = adopted.filter(({ entry, imports }) => entry.later && imports.length > 0).length;
  return count === 0 ? [] : [diagnose('TAE434', { count })];
};

/** Of what may be live, and of which the source does not tell: only where a live entry is left that it could be. */
const unknown = (
  { declared, unread, unnamedCreator }: Found,
  pairs: readonly Pair[],
  entries: readonly LiveEntry[],
  managed: Snapshot['managed'],
): readonly Diagnostic[] => {
  const left = entries.filter(
    live =>
      !pairs.some(pair => pair.live === live) &&
      !managed?.some(({ principalArn }) => principalArn === live.principalArn),
  );
  if (left.length === 0) return [];
  const shown = left.slice(0, most).map(({ principalArn }) => principalArn);
  const live = left.length > most ? `${shown.join(', ')} and ${left.length - most} more` : shown.join(', ');
  const isThere = ({ address }: Declared): boolean =>
    managed?.some(own => sameAddress(own.address, textOf(address))) ?? false;
  const untold = declared.filter(
    entry => !pairs.some(pair => pair.entry === entry) && !isSettled(entry) && !isThere(entry),
  );
  return [
    ...untold.map(({ address, range }) => diagnose('TAE433', { what: textOf(address), live }, range)),
    ...unread.map(({ what, range }) => diagnose('TAE433', { what, live }, range)),
    ...(unnamedCreator === undefined ? [] : [diagnose('TAE438', { call: unnamedCreator, live })]),
  ];
};

const most = 3;

/** The principal is known, or the name of its role, which no other has. */
const isSettled = ({ entry: { identity } }: Declared): boolean =>
  identity !== undefined && (identity.kind !== 'source' || identity.ssoRole !== undefined);
