import { diagnose } from '../../diagnostics/index.ts';
import { parsePrincipalArn } from '../../eks/index.ts';
import { ignores, isInForce, manages, modeIsApi, type Row, positionOf } from '../../parser/index.ts';
import { add, isOpen, type Draft } from '../draft.ts';
import { blockUnlessAccepted, type Context, type Rule } from '../context.ts';
import { knownString, type Value } from '../../terraform/index.ts';

/**
 * What the source says beside what the live ConfigMap holds. A call that manages the ConfigMap writes the whole of its lists, so its
 * next apply takes out what the source lacks, before an entry is there. A row that no apply brings back grants nothing.
 * Source: terraform-aws-modules/eks, modules/aws-auth at version 20 (force = true, ignore_changes).
 */
export const live: Rule = (drafts, context) =>
  drafts.map(draft => {
    if (!isOpen(draft) || draft.existing || !context.live) return draft;
    return draft.row.live ? onlyLive(draft, context) : beside(draft, drafts, context);
  });

const onlyLive = (draft: Draft, context: Context): Draft => {
  const remover = removerOf(draft, context);
  if (!remover || isDead(draft.row)) return draft;
  const args = { principal: draft.name, place: positionOf(draft.row), ...remover };
  return blockUnlessAccepted(draft, context, diagnose('TAE326', args, draft.row.origin));
};

/** What takes a row out at its next apply, since the source has none like it; `sure` where it is known to be on. */
export const removerOf = (
  { row }: Draft,
  { mapping }: Context,
): { readonly call: string; readonly sure: boolean } | undefined =>
  row.live && mapping && manages(mapping, row.list)
    ? { call: mapping.address, sure: mapping.manageConfigMap.value === true && mapping.create.value === true }
    : undefined;

/** What matches nobody has nothing to lose. The authenticator knows no wildcards. Source: its pkg/config/mapper.go. */
const isDead = ({ list, principal }: Row): boolean => {
  if (list === 'accounts') return false;
  const arn = parsePrincipalArn(knownString(principal?.value));
  return arn === undefined || (arn.kind === 'role' && arn.path !== '/') || arn.kind === 'sts';
};

const beside = (draft: Draft, drafts: readonly Draft[], context: Context): Draft => {
  const found = draft.liveRows;
  if (!found || draft.row.list === 'accounts') return draft;
  if (found.length === 0) return notLive(draft, context);
  const compared = compareRights(draft.row, found);
  if (compared.kind === 'same') return { ...draft, isLive: true };
  const at = draft.row.origin;
  const related = inForce(found).map(({ origin }) => ({ message: 'the live row', range: origin }));
  if (compared.kind === 'unknown') {
    const { what, live: words } = compared;
    return {
      ...add(draft, diagnose('TAE441', { principal: draft.name, what, live: words }, at, related)),
      isLive: true,
    };
  }
  // Of rows under different conditions the apply writes one, and which one only a plan knows.
  const isWritten = context.mapping !== undefined && manages(context.mapping, draft.row.list);
  const others = drafts.filter(
    other =>
      isWritten && other !== draft && draft.alternativeOf !== undefined && other.alternativeOf === draft.alternativeOf,
  );
  if (others.some(other => compareRights(other.row, found).kind !== 'differs')) return draft;
  const args = { principal: draft.name, source: compared.source, live: compared.live, isWritten };
  return blockUnlessAccepted({ ...draft, liveRow: 'different' }, context, diagnose('TAE325', args, at, related));
};

/** What the live ConfigMap grants the principal of a row today; undefined where it has no such row, or was not given. */
export const grantedLive = ({ row, existing, liveRows = [] }: Draft, context: Context): string | undefined => {
  // An entry is what counts, and in mode API nothing of the ConfigMap does.
  if (existing || modeIsApi(context.cluster)) return undefined;
  const [found] = inForce(row.live ? [row] : liveRows);
  if (!found || isDead(found)) return undefined;
  return row.list === 'accounts' ? 'lets it in' : `gives it ${words(rightsOf(found))}`;
};

/** A call that is off has a rule of its own. */
const notLive = (draft: Draft, context: Context): Draft => {
  const { mapping } = context;
  if (!mapping || isInForce(mapping) === false) return draft;
  const args = { principal: draft.name, call: mapping.address };
  const at = draft.row.origin;
  if (!manages(mapping, draft.row.list)) {
    const isIgnored = ignores(mapping, draft.row.list);
    return blockUnlessAccepted(draft, context, diagnose('TAE327', { ...args, isIgnored }, at));
  }
  const sure = mapping.manageConfigMap.value === true && draft.row.guards.length === 0;
  return add({ ...draft, liveRow: 'missing' }, diagnose('TAE440', { ...args, sure }, at));
};

/** What a row grants, as far as it is known: undefined is what only a plan knows. */
type RowRights = { readonly username: string | undefined; readonly groups: readonly string[] | undefined };

/** Undefined: nothing differs. `unknown`: what is known is equal, and the rest cannot be compared. */
export type Comparison =
  | { readonly kind: 'same' }
  | { readonly kind: 'differs'; readonly source: string; readonly live: string }
  | { readonly kind: 'unknown'; readonly what: string; readonly live: string };

/**
 * Compares the rights of a source row with those of the live rows of its principal that may count: one, or several by chance.
 * Source: kubernetes-sigs/aws-iam-authenticator, pkg/mapper/configmap/configmap.go.
 */
const compareRights = (row: Row, liveRows: readonly Row[]): Comparison => {
  const written = rightsOf(row);
  const others = inForce(liveRows);
  const differing = others.find(other => differs(written, rightsOf(other)));
  if (differing) return { kind: 'differs', source: words(written), live: words(rightsOf(differing)) };
  const unknown = [
    ...(written.username === undefined ? ['the username'] : []),
    ...(written.groups === undefined ? ['the groups'] : []),
  ];
  const [first] = others;
  if (unknown.length === 0 || !first) return { kind: 'same' };
  return { kind: 'unknown', what: unknown.join(' and '), live: words(rightsOf(first)) };
};

/** The last row of the roles; else the users, of which those that differ by case count by chance. */
const inForce = (rows: readonly Row[]): readonly Row[] => {
  const role = rows.findLast(({ list }) => list !== 'users');
  return role ? [role] : [...new Map(rows.map(row => [knownString(row.principal?.value), row])).values()];
};

/** What is null is not there, and what is no list has no groups. A number may be a text by the time it is in the ConfigMap. */
const rightsOf = ({ username, groups }: Row): RowRights => ({
  username: username ? textOf(username.value) : '',
  groups: groups ? listOf(groups.value) : [],
});

const textOf = (value: Value): string | undefined => (value.kind === 'null' ? '' : knownString(value));

const listOf = (value: Value): readonly string[] | undefined => {
  if (value.kind === 'unknown') return undefined;
  const texts = value.kind === 'list' ? value.items.map(textOf) : [];
  if (!texts.every(text => text !== undefined)) return undefined;
  return [...new Set(texts.filter(text => text !== ''))].toSorted();
};

const differs = (a: RowRights, b: RowRights): boolean =>
  (a.username !== undefined && a.username !== b.username) ||
  (a.groups !== undefined && a.groups.join('\n') !== b.groups?.join('\n'));

const words = ({ username, groups }: RowRights): string => {
  const name =
    username === undefined
      ? 'a username that only a plan knows'
      : username === ''
        ? 'no username'
        : `the username "${username}"`;
  if (groups === undefined) return `${name} and groups that only a plan knows`;
  if (groups.length === 0) return `${name} and no groups`;
  return `${name} and the ${groups.length === 1 ? 'group' : 'groups'} ${groups.join(', ')}`;
};
