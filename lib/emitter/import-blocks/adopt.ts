import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { associationOf, valueOr, type Association, type LiveEntry, type ManagedObject } from '../../parser/index.ts';
import { textOf, type Address, type Declared } from './declared.ts';
import type { WrittenBlocks } from './written-blocks.ts';

export type Import = { readonly to: Address; readonly id: string };
export type Move = { readonly from: string; readonly to: string };

/** What becomes of one declared entry. */
export type Adoption = {
  readonly imports: readonly Import[];
  readonly moves: readonly Move[];
  readonly diagnostics: readonly Diagnostic[];
};

/** Blocks for an entry that is live, and for its associations that are. */
export const adopt = (
  entry: Declared,
  live: LiveEntry,
  clusterName: string,
  managed: readonly ManagedObject[],
  written: WrittenBlocks,
): Adoption => {
  const { principalArn, policies = [] } = live;
  const suffix = entry.region?.known === undefined ? '' : `@${entry.region.known}`;
  const id = `${clusterName}:${principalArn}${suffix}`;
  const ofEntry = place(entry.address, { principalArn, clusterName }, id, managed, written);
  const ofAssociations = entry.associations.flatMap(association => {
    const name = valueOr(association.policy, undefined);
    const policy = policies.find(({ policyArn }) => policyArn.split('/').at(-1) === name);
    if (!policy) return [];
    const { policyArn } = policy;
    const policyId = `${clusterName}#${principalArn}#${policyArn}${suffix}`;
    const placed = place(association.address, { principalArn, clusterName, policyArn }, policyId, managed, written);
    return [
      {
        ...placed,
        differs: differs('scope', association, scopeText(associationOf(policy)), scopeText(association), entry),
      },
    ];
  });
  const all = [{ ...ofEntry, differs: differs('type', entry, live.type, entry.type, entry) }, ...ofAssociations];
  const isOther = !ofEntry.isHere && entry.principalArn !== undefined && entry.principalArn !== principalArn;
  const problem = isOther
    ? `the source has ${entry.principalArn}, and another path or case is another principal to Terraform`
    : all.find(placed => placed.problem !== undefined)?.problem;
  if (problem !== undefined) {
    const refusal = diagnose('TAE227', { principal: principalArn, problem }, entry.range);
    return { imports: [], moves: [], diagnostics: [refusal] };
  }
  return {
    imports: all.flatMap(placed => placed.import ?? []),
    moves: all.flatMap(placed => placed.move ?? []),
    diagnostics: all.flatMap(placed => (placed.import ? placed.differs : [])),
  };
};

/** Where the state has a live object, as against where the source declares it. */
const place = (
  to: Address,
  { principalArn, clusterName, policyArn }: Omit<ManagedObject, 'address'>,
  id: string,
  managed: readonly ManagedObject[],
  { holds, isMoved, imported }: WrittenBlocks,
) => {
  const text = textOf(to);
  const isSame = (other: ManagedObject): boolean =>
    other.principalArn === principalArn && other.policyArn === policyArn && isOfCluster(other, clusterName);
  const kept = managed.filter(other => (other.policyArn === undefined) === (policyArn === undefined));
  const there = kept.find(({ address }) => sameAddress(address, text));
  if (imported.has(text) || (there && isSame(there))) return { isHere: true };
  if (there) {
    return { problem: `the state has ${there.principalArn} at ${text}, which would be replaced. Use another key` };
  }
  const elsewhere = kept.find(isSame);
  if (!elsewhere) return { import: { to, id } };
  if (isMoved(elsewhere.address)) return { isHere: true };
  const held = holds(elsewhere.address);
  if (held !== undefined) return { problem: `the state has it at ${elsewhere.address}, ${held}` };
  return { move: { from: elsewhere.address, to: text } };
};

/** A state without the name of the cluster may be of any. */
export const isOfCluster = ({ clusterName }: ManagedObject, name: string | undefined): boolean =>
  clusterName === undefined || clusterName === name;

/** Terraform moves by itself between a resource without `count` and its instance 0. */
export const sameAddress = (a: string, b: string): boolean => a.replace(/\[0\]$/, '') === b.replace(/\[0\]$/, '');

/** Neither can be changed in place. */
const differs = (
  what: 'type' | 'scope',
  { address }: { readonly address: Address },
  live: string | undefined,
  declared: string | undefined,
  { range }: Declared,
): readonly Diagnostic[] =>
  live === undefined || declared === undefined || declared === live
    ? []
    : [diagnose('TAE432', { address: textOf(address), what, live, declared }, range)];

const scopeText = (association: Association): string | undefined => {
  const scope = valueOr(association.scope, undefined);
  const namespaces = valueOr(association.namespaces, []);
  if (scope === undefined || namespaces === undefined) return undefined;
  return scope === 'namespace' ? `namespace (${namespaces.toSorted().join(', ')})` : scope;
};
