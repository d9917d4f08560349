import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { parsePrincipalArn } from '../../eks/index.ts';
import {
  entryType,
  sameIdentity,
  valueOr,
  type LiveEntry,
  type LivePolicy,
  type ManagedObject,
  type Snapshot,
} from '../../parser/index.ts';
import { textOf, type Address, type Declared, type DeclaredAssociation } from './declared.ts';

export type Import = { readonly to: Address; readonly id: string };
export type Move = { readonly from: string; readonly to: string };

/** What becomes of one declared entry. */
export type Adoption = {
  readonly entry: Declared;
  readonly live: LiveEntry;
  readonly imports: readonly Import[];
  readonly moves: readonly Move[];
  readonly diagnostics: readonly Diagnostic[];
};

export type AdoptContext = {
  readonly clusterName: string;
  readonly managed: Snapshot['managed'];
  /** Why an address of the state may still be declared; undefined when it is free to move from. */
  readonly holds: (address: string) => string | undefined;
  readonly isMoved: (address: string) => boolean;
  readonly imported: ReadonlySet<string>;
};

export const finderOf = (entries: readonly LiveEntry[]): ((entry: Declared) => LiveEntry | undefined) => {
  const known = entries.flatMap(live => {
    const arn = parsePrincipalArn(live.principalArn);
    return arn ? [{ live, identity: { kind: 'arn' as const, arn } }] : [];
  });
  return ({ entry: { identity } }) => identity && known.find(own => sameIdentity(identity, own.identity))?.live;
};

/** Blocks for an entry that is live, and for its associations that are. */
export const adopt = (entry: Declared, live: LiveEntry, context: AdoptContext): Adoption => {
  const { clusterName } = context;
  const { principalArn } = live;
  const suffix = entry.region?.known === undefined ? '' : `@${entry.region.known}`;
  const own = place(entry.address, { principalArn }, `${clusterName}:${principalArn}${suffix}`, context);
  if (own.kind !== 'here' && entry.principalArn !== undefined && entry.principalArn !== principalArn) {
    const problem = `the source has ${entry.principalArn}, and another path or case is another principal to Terraform`;
    return refused(entry, live, problem);
  }
  if (own.kind === 'refused') return refused(entry, live, own.why);
  const associations = entry.associations.flatMap(association => {
    const name = valueOr(association.association.policy, undefined);
    const policy = live.policies?.find(({ policyArn }) => policyArn.split('/').at(-1) === name);
    if (!policy) return [];
    const { policyArn } = policy;
    const id = `${clusterName}#${principalArn}#${policyArn}${suffix}`;
    return [{ association, policy, found: place(association.address, { principalArn, policyArn }, id, context) }];
  });
  const problem = associations.flatMap(({ found }) => (found.kind === 'refused' ? [found.why] : []))[0];
  if (problem !== undefined) return refused(entry, live, problem);
  const all = [own, ...associations.map(({ found }) => found)];
  return {
    entry,
    live,
    imports: all.flatMap(found => (found.kind === 'import' ? [found.import] : [])),
    moves: all.flatMap(found => (found.kind === 'move' ? [found.move] : [])),
    diagnostics: [
      ...(own.kind === 'import' ? typeDiffers(entry, live) : []),
      ...associations.flatMap(({ association, policy, found }) =>
        found.kind === 'import' ? scopeDiffers(association, policy, entry) : [],
      ),
    ],
  };
};

type Placed =
  | { readonly kind: 'here' }
  | { readonly kind: 'import'; readonly import: Import }
  | { readonly kind: 'move'; readonly move: Move }
  | { readonly kind: 'refused'; readonly why: string };

/** Where the state has a live object, as against where the source declares it. */
const place = (
  to: Address,
  object: Omit<ManagedObject, 'address'>,
  id: string,
  { managed = [], holds, isMoved, imported }: AdoptContext,
): Placed => {
  const text = textOf(to);
  const isSame = (other: ManagedObject): boolean =>
    other.principalArn === object.principalArn && other.policyArn === object.policyArn;
  const kept = managed.filter(({ policyArn }) => (policyArn === undefined) === (object.policyArn === undefined));
  const there = kept.find(({ address }) => sameAddress(address, text));
  if (imported.has(text) || (there && isSame(there))) return { kind: 'here' };
  if (there) {
    return {
      kind: 'refused',
      why: `the state has ${there.principalArn} at ${text}, which would be replaced. Use another key`,
    };
  }
  const elsewhere = kept.find(isSame);
  if (!elsewhere) return { kind: 'import', import: { to, id } };
  if (isMoved(elsewhere.address)) return { kind: 'here' };
  const held = holds(elsewhere.address);
  if (held !== undefined) return { kind: 'refused', why: `the state has it at ${elsewhere.address}, ${held}` };
  return { kind: 'move', move: { from: elsewhere.address, to: text } };
};

/** Terraform moves by itself between a resource without `count` and its instance 0. */
export const sameAddress = (a: string, b: string): boolean => a.replace(/\[0\]$/, '') === b.replace(/\[0\]$/, '');

const refused = (entry: Declared, live: LiveEntry, problem: string): Adoption => ({
  entry,
  live,
  imports: [],
  moves: [],
  diagnostics: [diagnose('TAE227', { principal: live.principalArn, problem }, entry.range)],
});

const typeDiffers = ({ address, entry, range }: Declared, live: LiveEntry): readonly Diagnostic[] => {
  const type = entryType(entry);
  return type === undefined || type === live.type
    ? []
    : [diagnose('TAE432', { address: textOf(address), what: 'type', live: live.type, declared: type }, range)];
};

const scopeDiffers = (
  { address, association }: DeclaredAssociation,
  live: LivePolicy,
  { range }: Declared,
): readonly Diagnostic[] => {
  const scope = valueOr(association.scope, undefined);
  const namespaces = valueOr(association.namespaces, []);
  if (scope === undefined || namespaces === undefined) return [];
  const [a, b] = [scopeText(live.scope, live.namespaces), scopeText(scope, namespaces)];
  if (a === b) return [];
  return [diagnose('TAE432', { address: textOf(address), what: 'scope', live: a, declared: b }, range)];
};

const scopeText = (scope: string, namespaces: readonly string[]): string =>
  scope === 'namespace' ? `namespace (${namespaces.toSorted().join(', ')})` : scope;
