import { diagnose, firstOf, type Diagnostic } from '../../diagnostics/index.ts';
import { sameIdentity, type LiveEntry, type ManagedObject, type Snapshot } from '../../parser/index.ts';
import { adopt, isOfCluster, sameAddress, type Adoption } from './adopt.ts';
import type { Found } from './declarations.ts';
import { arnIdentity, textOf, type Declared } from './declared.ts';
import type { WrittenBlocks } from './written-blocks.ts';

/** What is declared and live, each as an import or a move, and what is said about the rest. */
export const adoptAll = (
  found: Found,
  { entries, managed = [] }: Snapshot,
  clusterName: string,
  written: WrittenBlocks,
): Adoption => {
  const known = entries.map(live => ({ live, identity: arnIdentity(live.principalArn) }));
  const pairs = found.declared.flatMap(entry => {
    const { identity } = entry;
    const live = identity && known.find(one => one.identity && sameIdentity(identity, one.identity))?.live;
    return live ? [{ entry, live }] : [];
  });
  const twice = declaredTwice(pairs);
  const all = (twice.length > 0 ? [] : pairs).map(({ entry, live }) => ({
    entry,
    ...adopt(entry, live, clusterName, managed, written),
  }));
  const later = all.filter(({ entry, imports }) => entry.later && imports.length > 0);
  return {
    imports: [...new Map(all.flatMap(({ imports }) => imports.map(one => [textOf(one.to), one]))).values()],
    moves: [...new Map(all.flatMap(({ moves }) => moves.map(one => [one.to, one]))).values()],
    diagnostics: [
      ...twice,
      ...all.flatMap(({ diagnostics }) => diagnostics),
      ...all.flatMap(({ entry, imports }) => underCondition(entry, imports)),
      ...(later.length > 0 ? [diagnose('TAE434', { count: later.length })] : []),
      ...unknown(
        found,
        pairs,
        entries,
        managed.filter(one => isOfCluster(one, clusterName)),
        written,
      ),
    ],
  };
};

type Pair = { readonly entry: Declared; readonly live: LiveEntry };

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

const underCondition = (entry: Declared, imports: Adoption['imports']): readonly Diagnostic[] => {
  const at = imports.find(({ to }) => entry.maybe || entry.associations.some(one => one.maybe && one.address === to));
  return at ? [diagnose('TAE436', { address: textOf(at.to) }, entry.range)] : [];
};

/** Of what may be live, and of which the source does not tell: only where a live entry is left that it could be. */
const unknown = (
  { declared, unread, unnamedCreator }: Found,
  pairs: readonly Pair[],
  entries: readonly LiveEntry[],
  managed: readonly ManagedObject[],
  { imported, importsCreator }: WrittenBlocks,
): readonly Diagnostic[] => {
  const left = entries
    .filter(live => !pairs.some(pair => pair.live === live))
    .map(({ principalArn }) => principalArn)
    .filter(arn => !managed.some(({ principalArn }) => principalArn === arn));
  if (left.length === 0) return [];
  const live = firstOf(left);
  const isThere = (at: string): boolean => imported.has(at) || managed.some(({ address }) => sameAddress(address, at));
  const untold = declared
    .filter(entry => !pairs.some(pair => pair.entry === entry) && !isSettled(entry))
    .map(({ address, range }) => ({ what: textOf(address), range }))
    .filter(({ what }) => !isThere(what));
  return [
    ...[...untold, ...unread].map(({ what, range }) => diagnose('TAE433', { what, live }, range)),
    ...(unnamedCreator === undefined || importsCreator ? [] : [diagnose('TAE438', { call: unnamedCreator, live })]),
  ];
};

/** The principal is known, or the name of its role, which no other has. */
const isSettled = ({ identity }: Declared): boolean =>
  identity !== undefined && (identity.kind !== 'source' || identity.ssoRole !== undefined);
