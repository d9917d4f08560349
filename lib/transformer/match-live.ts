import { isSsoRoleName, parsePrincipalArn, samePrincipal, type PrincipalArn } from '../eks/index.ts';
import { groupBy, identityOf, type Mapping, type Row } from '../parser/index.ts';
import { knownString, referencesOf, type RootModule, knownText } from '../terraform/index.ts';
import { runnerAccount, type Context, type LiveMatch } from './context.ts';
import { principalOf, type Principal } from './principal.ts';
import { roleBlock } from './role-path.ts';

/** What the source tells about the principal of one of its rows. `arn` and `name` are settled, the rest narrows down. */
type Known = {
  readonly row: Row;
  readonly text?: string;
  readonly arn?: PrincipalArn;
  readonly name?: string;
  readonly principal?: Principal;
};

/**
 * Matches by ARN, as the authenticator does: without regard to case. A principal that is an expression is matched by the name of
 * its role where the source tells it, no other row has it, and the ARN is of the cluster's own account.
 * Source: kubernetes-sigs/aws-iam-authenticator, pkg/config/mapper.go.
 */
export const matchLive = (
  { rows, unread }: Pick<Mapping, 'rows' | 'unread'>,
  live: readonly Row[],
  context: Pick<Context, 'source' | 'config' | 'runner'>,
): LiveMatch => {
  const known = rows.map(row => knownOf(row, context));
  const of = new Map<Row, readonly Row[]>();
  const byText = groupBy(live, row => (knownString(row.principal?.value) ?? '').toLowerCase());
  for (const { row, text, arn } of known) {
    const same = text === undefined ? undefined : (byText.get(text) ?? []).filter(other => sameKind(row, other));
    const found = same ?? (arn && live.filter(other => isOf(other, arn)));
    if (found) of.set(row, found);
  }
  const found = new Set([...of.values()].flat());
  const left = live.filter(row => !found.has(row));
  matchNames(known, left, homeAccount(live, context), of);
  const matched = new Set([...of.values()].flat());
  const open = known.filter(({ row }) => !of.has(row));
  const rest = left.filter(row => !matched.has(row));
  const unmatched = rest.filter(
    row => unread.some(({ list }) => list === row.list) || open.some(candidate => couldBe(candidate, row)),
  );
  return { of, added: rest.filter(row => !unmatched.includes(row)), unmatched };
};

/** Rows of accounts stand for themselves; of the other lists either may have a role or a user. */
const sameKind = (a: Pick<Row, 'list'>, b: Pick<Row, 'list'>): boolean =>
  (a.list === 'accounts') === (b.list === 'accounts');

/** A role calls without its path; a user's ARN has it. */
const isOf = (row: Row, arn: PrincipalArn): boolean => {
  const rowArn = arnOf(row);
  return rowArn !== undefined && (rowArn.kind !== 'role' || rowArn.path === '/') && samePrincipal(rowArn, arn);
};

const matchNames = (
  known: readonly Known[],
  live: readonly Row[],
  home: string | undefined,
  of: Map<Row, readonly Row[]>,
): void => {
  const roles = live.filter(row => arnOf(row)?.kind === 'role' && arnOf(row)?.path === '/');
  const byName = groupBy(roles, row => arnOf(row)?.name.toLowerCase() ?? '');
  const asked = groupBy(known, ({ name }) => name ?? '');
  for (const { row, name, principal } of known) {
    if (name === undefined || asked.get(name)?.length !== 1) continue;
    const found = byName.get(name) ?? [];
    const accounts = new Set(found.map(other => arnOf(other)?.account));
    const account = principal?.account ?? (isSsoRoleName(name) ? [...accounts][0] : home);
    const matching = found.filter(other => arnOf(other)?.account === account);
    // A role of that name in another account only says nothing about this one.
    if (found.length === 0 || matching.length > 0) of.set(row, matching);
  }
};

/** The runner's account, or the only one that the ConfigMap names, is taken for the cluster's. */
const homeAccount = (live: readonly Row[], context: Pick<Context, 'runner'>): string | undefined => {
  const accounts = new Set(live.flatMap(row => arnOf(row)?.account ?? []));
  return runnerAccount(context) ?? (accounts.size === 1 ? [...accounts][0] : undefined);
};

const knownOf = (row: Row, { source: { module }, config }: Pick<Context, 'source' | 'config'>): Known => {
  if (!row.principal) return { row };
  const text = knownText(row.principal.value);
  if (text !== undefined) return { row, text: text.toLowerCase() };
  const arn = parsePrincipalArn(config.principals?.[row.principal.source]?.arn);
  if (arn) return { row, arn };
  const principal = principalOf(row.principal, module);
  const identity = identityOf(row.principal, module);
  const sso = identity.kind === 'sso-role' ? identity.name : undefined;
  const name = sso ?? principal.name ?? roleName(principal, module);
  return { row, principal, ...(name === undefined ? {} : { name: name.toLowerCase() }) };
};

/** The name that is written out in the role's own block; with a path the ARN in aws-auth would have one, too. */
const roleName = ({ whole, meaning }: Principal, module: RootModule): string | undefined => {
  const { expression } = whole ?? meaning;
  const [reference] = referencesOf(expression);
  if (expression.kind !== 'get' || reference?.path[0] !== 'aws_iam_role' || reference.path[2] !== 'arn')
    return undefined;
  const role = roleBlock(module, reference);
  return whole || role?.path === 'none' ? role?.name : undefined;
};

/** Whether a live row may be of a principal that only a plan knows. Terraform writes each list of the source into its own. */
const couldBe = ({ row, principal, name }: Known, live: Row): boolean => {
  if (row.list !== live.list) return false;
  const liveArn = arnOf(live);
  if (!principal || !liveArn) return true;
  if (principal.kind !== undefined && principal.kind !== liveArn.kind) return false;
  if (principal.account !== undefined && principal.account !== liveArn.account) return false;
  return name === undefined || name === liveArn.name.toLowerCase();
};

const arnOf = ({ list, principal }: Row): PrincipalArn | undefined =>
  list === 'accounts' ? undefined : parsePrincipalArn(knownString(principal?.value));
