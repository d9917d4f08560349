import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { isSsoRoleName } from '../../eks/index.ts';
import { allOf, eitherOf, groupBy, isOpposite, normalizeSource, positionOf } from '../../parser/index.ts';
import { names, type Context, type Rule } from '../context.ts';
import { add, block, end, type Draft } from '../draft.ts';

/**
 * One principal has one entry, made of the row that is in force today: the roles list beats the users list, inside a list the
 * last row wins, role ARNs are compared without case. Users that differ only by case are picked at random.
 * Source: kubernetes-sigs/aws-iam-authenticator, pkg/mapper/configmap/configmap.go and pkg/config/mapper.go.
 */
export const duplicates: Rule = (drafts, context) => {
  const groups = [...groupBy(drafts, keyOf)].flatMap(([key, group]) => byAccount(key, group));
  const outcome = new Map<Draft, Draft>();
  for (const [key, group] of groups) {
    if (key === undefined || group.length < 2) continue;
    const random = atRandom(group, context);
    const settled =
      random.length > 0
        ? random.map(
            draft => [draft, block(draft, diagnose('TAE311', { principal: draft.name }, draft.row.origin))] as const,
          )
        : sameGuards(group)
          ? settle(group, context)
          : settleGuarded(key, precedence(group));
    for (const [before, after] of settled) outcome.set(before, after);
  }
  return drafts.map(draft => outcome.get(draft) ?? draft);
};

/**
 * Rows with one key get one entry. A role is known by its account and name, whatever its path; a role of Identity Center by its
 * name, which no other role has, and by its account where rows tell several; a user by its ARN; an expression by its source, with
 * the path back.
 */
const keyOf = ({ principal, row }: Draft): string | undefined => {
  // Rows of many groups have no principal of their own.
  if (!principal || row.list === 'accounts' || row.many || row.unclear !== undefined) return undefined;
  const { kind, name, account, path: rolePath } = principal;
  if (kind === 'role' && name !== undefined && isSsoRoleName(name)) return `sso ${name.toLowerCase()}`;
  if (kind === 'role' && name !== undefined && account !== undefined)
    return `role ${principal.arn?.partition ?? ''} ${account} ${name.toLowerCase()}`;
  if (principal.arn) return principal.text.toLowerCase();
  const source = (principal.whole ?? principal.meaning).source;
  return `source ${withoutCase(normalizeSource(rolePath === undefined || rolePath === '/' ? source : source.replace(rolePath, '/')))}`;
};

/** aws-auth goes by whole ARNs: those of two accounts are two principals. */
const byAccount = (
  key: string | undefined,
  group: readonly Draft[],
): readonly (readonly [string | undefined, readonly Draft[]])[] => {
  const accounts = groupBy(group, ({ principal }) => principal?.account);
  if (key === undefined || [...accounts.keys()].filter(account => account !== undefined).length < 2)
    return [[key, group]];
  return [...accounts].map(([account, rows]) => [`${key} ${account ?? ''}`, rows] as const);
};

/** The name that is written out behind an account that only a plan knows. */
const withoutCase = (source: string): string =>
  source.replace(/:(?:role|user)\/[\w+=,.@/-]+/g, name => name.toLowerCase());

/** Without those that the config drops. */
const usersOf = (group: readonly Draft[], { config }: Context): readonly Draft[] =>
  group.filter(draft => draft.row.list === 'users' && !config.drop?.some(({ principal }) => names(draft, principal)));

/** Rows of users that differ by case, where two of them may be in force at once and no row of a role is whenever they are. */
const atRandom = (group: readonly Draft[], context: Context): readonly Draft[] => {
  const users = usersOf(group, context);
  const inRoles = group.filter(({ row }) => row.list !== 'users');
  return users.filter(draft => {
    if (inRoles.some(role => covers(role, draft))) return false;
    const { text } = draft.principal ?? {};
    return users.some(
      ({ principal, row }) =>
        principal?.text !== text &&
        principal?.text.toLowerCase() === text?.toLowerCase() &&
        !excludes(row.guards, draft.row.guards),
    );
  });
};

const settle = (group: readonly Draft[], context: Context): readonly (readonly [Draft, Draft])[] => {
  const users = usersOf(group, context);
  const inRoles = group.filter(({ row }) => row.list !== 'users');
  const winner = inForce([inRoles, users, group]);
  // A user that the config drops beside another spelling may be the one in force: that is said of what the config drops.
  const rest = [...inRoles, ...users];
  const losers = (rest.length === 0 ? group : rest).filter(draft => draft !== winner);
  if (!winner || losers.length === 0) return [];
  const args = { principal: winner.name, kept: positionOf(winner.row), ignored: thoseAre(losers) };
  const related = losers.map(({ row }) => ({ message: 'without effect', range: row.origin }));
  return [
    [winner, add(winner, diagnose('TAE403', args, winner.row.origin, related))],
    ...losers.map(
      loser =>
        [loser, end(loser, 'dropped', `${positionOf(winner.row)} is the row that counts for this principal`)] as const,
    ),
  ];
};

/** Whether the rows are in force under the same conditions, as a rule none. */
const sameGuards = ([first, ...others]: readonly Draft[]): boolean =>
  others.every(({ row }) => row.guards.join('\n') === first?.row.guards.join('\n'));

/** Rows that may be in force, the one that counts most at the end. */
const precedence = (group: readonly Draft[]): readonly Draft[] => {
  const users = group.filter(({ row }) => row.list === 'users');
  const roles = group.filter(({ row }) => row.list !== 'users');
  const able = [...users.filter(matches), ...roles.filter(matches)];
  return able.length === 0 ? [...users, ...roles] : able;
};

/** The last row of the first list that has one; a role with its path matches nobody, so it is in force only in name. */
const inForce = (lists: readonly (readonly Draft[])[]): Draft | undefined =>
  lists.map(list => list.findLast(matches)).find(Boolean) ?? lists.find(list => list.length > 0)?.at(-1);

const matches = (draft: Draft, _index: number, list: readonly Draft[]): boolean => {
  const { principal } = draft;
  if (principal?.kind === 'role' && principal.path !== undefined) return principal.path === '/';
  // Where one spelling takes a path off, the expression without it has one.
  return isStripped(draft) || !list.some(isStripped);
};

const isStripped = ({ principal }: Draft): boolean => principal?.whole !== undefined;

/**
 * Rows of one principal under different conditions, the one that counts most at the end. Which one is in force only a plan knows,
 * so their entries have one key in `merge`, where the last map that has it counts too. A row goes where a later one is in force
 * whenever it is, and a guarded one where it says what the unguarded one before it says.
 */
const settleGuarded = (principal: string, rows: readonly Draft[]): readonly (readonly [Draft, Draft])[] => {
  const seen = rows.filter((draft, index) => !rows.slice(index + 1).some(later => covers(later, draft)));
  const alternatives = seen.filter((draft, index) => !repeats(draft, seen[index - 1]));
  const joined = joinEqual(alternatives);
  const live = joined.map(({ draft }) => draft);
  const [first] = live;
  if (!first) return [];
  const gone = rows.filter(draft => !live.includes(draft));
  const dropped = gone.map(draft => {
    const why = alternatives.includes(draft)
      ? 'the entry has the conditions of both'
      : `${listed(live)} for this principal`;
    return [draft, end(draft, 'dropped', why)] as const;
  });
  const said = diagnosed(first, live, alternatives, gone);
  return [
    ...joined.map(({ draft, guards }): readonly [Draft, Draft] => {
      const alternative = live.length === 1 ? draft : { ...draft, alternativeOf: principal };
      const guarded = { ...alternative, row: { ...draft.row, guards } };
      return [draft, draft === first && said ? add(guarded, said) : guarded];
    }),
    ...dropped,
  ];
};

const diagnosed = (
  first: Draft,
  live: readonly Draft[],
  alternatives: readonly Draft[],
  gone: readonly Draft[],
): Diagnostic | undefined => {
  const { name: principal, row } = first;
  const rows = positions(alternatives);
  if (gone.length === 0 && live.length === 1) return undefined;
  if (alternatives.length === 1)
    return diagnose('TAE403', { principal, kept: positionOf(first.row), ignored: thoseAre(gone) }, row.origin);
  return live.length === 1
    ? diagnose('TAE424', { principal, rows }, row.origin)
    : diagnose('TAE419', { principal, rows }, row.origin);
};

const thoseAre = (gone: readonly Draft[]): string => `${positions(gone)} ${gone.length === 1 ? 'is' : 'are'}`;

const positions = (drafts: readonly Draft[]): string => drafts.map(({ row }) => positionOf(row)).join(', ');

type Guarded = { readonly draft: Draft; readonly guards: readonly string[] };

/** Of neighbours that say the same the later one stands, under the conditions of either. */
const joinEqual = (rows: readonly Draft[]): readonly Guarded[] => {
  const joined: Guarded[] = [];
  for (const draft of rows) {
    const before = joined.at(-1);
    const isEqual = before !== undefined && saysTheSame(draft, before.draft);
    if (isEqual) joined.pop();
    joined.push({ draft, guards: isEqual ? either(before.guards, draft.row.guards) : draft.row.guards });
  }
  return joined;
};

/** What both begin with, then the rest of either: a later condition may need those before it. */
const either = (one: readonly string[], other: readonly string[]): readonly string[] => {
  const different = one.findIndex((guard, index) => guard !== other[index]);
  const both = different < 0 ? one : one.slice(0, different);
  const rest = (guards: readonly string[]): string => allOf(guards.slice(both.length)) ?? 'true';
  return [...both, eitherOf(rest(one), rest(other))];
};

const listed = (live: readonly Draft[]): string =>
  `${thoseAre(live)} the ${live.length === 1 ? 'row that counts' : 'rows that count'}`;

/** Whether the later row is in force whenever the earlier one is. */
const covers = (later: Draft, earlier: Draft): boolean =>
  later.row.guards.every(guard => earlier.row.guards.includes(guard));

/** Whether the conditions cannot all hold at once, by one that is the opposite of another: the arms of `? :`. */
const excludes = (one: readonly string[], other: readonly string[]): boolean =>
  one.some(guard => other.some(also => isOpposite(guard, also)));

/** Whether a row says under a condition what the one before it says without it. */
const repeats = (draft: Draft, before: Draft | undefined): boolean =>
  before !== undefined &&
  before.row.guards.every(guard => draft.row.guards.includes(guard)) &&
  saysTheSame(draft, before);

const saysTheSame = (one: Draft, other: Draft): boolean =>
  one.row.username?.source === other.row.username?.source &&
  one.row.groups?.source === other.row.groups?.source &&
  one.row.problem === other.row.problem;
