import { defined, type Diagnostic, diagnose, firstOf } from '../../diagnostics/index.ts';
import { isAccountId, isNodeUsername, mastersGroup, nodeGroups } from '../../eks/index.ts';
import type { AwsAuth } from '../../parser/aws-auth/live/aws-auth.ts';
import type { NamesMasters } from '../../parser/kubernetes/read-names.ts';
import type { BoundBy } from './bindings.ts';
import { isUndocumented } from './entry-rights.ts';
import { lossesOf } from './losses.ts';
import { type Compared, matchesNobody } from './principals.ts';
import { type Grant, grantText } from './rights.ts';
import { asksForInstance } from './row-rights.ts';

export type AccessContext = {
  readonly awsAuth: AwsAuth;
  readonly compared: readonly Compared[];
  /** Undefined where the bindings were not given. */
  readonly boundBy: BoundBy | undefined;
  /** What decides by the group system:masters in the cluster, as far as it was given. */
  readonly masters: readonly NamesMasters[];
};

/** One thing that is said about a ConfigMap and the entries beside it. */
export type AccessRule = (context: AccessContext) => readonly Diagnostic[];

/**
 * A list that the authenticator cannot read is empty to it. Nobody loses by its removal, but nobody meant it so.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/mapper/configmap/configmap.go
 */
const unreadLists: AccessRule = ({ awsAuth }) =>
  awsAuth.unread.map(({ list, reason }) => diagnose('TAE605', { list, reason }));

/**
 * Who has more by aws-auth than by an entry. A binding of kind User goes by the username, so one that changes is a loss, too.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/migrating-access-entries.html
 */
const losers: AccessRule = context =>
  context.compared
    .filter(({ lost, before }) => lost.length > 0 && before.length > 0)
    .flatMap(one => loser(one, context));

const loser = (one: Compared, { boundBy }: AccessContext): readonly Diagnostic[] => {
  const { principal, after, before, entry } = one;
  const wasAdmin = before.some(({ admin }) => admin === true);
  if (wasAdmin && after?.admin === null) return [diagnose('TAE608', { principal })];
  const { real, idle } = lossesOf(one, boundBy);
  if (real.length > 0) {
    const undocumented = entry && isUndocumented(entry, after) ? entry.type : undefined;
    const args = { principal, lost: listed(real), entry: entry !== undefined, checked: boundBy !== undefined };
    return [diagnose('TAE601', { ...args, ...defined({ undocumented }), isMisfit: isMisfit(one, real) })];
  }
  const lost = [...(after === undefined ? ['access'] : []), ...idle];
  return lost.length === 0
    ? []
    : [diagnose('TAE602', { principal, lost: lost.join(', '), entry: entry !== undefined })];
};

/** The type of an entry gives nodes their name, and those of Windows their group. */
const isMisfit = ({ entry, before }: Compared, lost: readonly Grant[]): boolean =>
  entry !== undefined &&
  before.some(({ username }) => isNodeUsername(username)) &&
  lost.some(({ kind, name }) => (kind === 'username' ? isNodeUsername(name) : name === nodeGroups.windows));

const listed = (grants: readonly Grant[]): string => grants.map(grantText).join(', ');

/**
 * An account lets all its principals in, by their ARNs as usernames; an entry is for one principal.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/issues/797
 */
const accounts: AccessRule = ({ awsAuth }) =>
  awsAuth.accounts.filter(isAccountId).map(account => diagnose('TAE604', { account }));

/**
 * Users that differ by case are kept side by side and compared without case, in the order of a Go map.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/mapper/configmap/configmap.go
 */
const usersByChance: AccessRule = ({ compared }) =>
  compared
    .filter(({ rows }) => rows.length > 1)
    .map(({ principal, rows }) =>
      diagnose('TAE607', { principal, places: rows.map(({ list, index }) => `${list}[${index}]`).join(' and ') }),
    );

/**
 * Who has more by an entry than by aws-auth. The entry is in force already: it is looked at here so that nobody has more by mistake.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
const gainers: AccessRule = ({ compared }) =>
  compared.flatMap(({ principal, gained, before, after }) => {
    const counted = gained.filter(({ kind }) => kind === 'group' || kind === 'admin' || kind === 'policy');
    const unknown = before.length === 0 && after?.admin === null;
    const grants = [...counted.map(grantText), ...(unknown ? ['policies that the snapshot does not have'] : [])];
    if (after === undefined || (before.length > 0 && grants.length === 0)) return [];
    return [diagnose('TAE603', { principal, gained: grants.join(', '), row: before.length > 0 })];
  });

/**
 * What is written in aws-auth and grants nothing today.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/arn/arn.go
 */
const deadRows: AccessRule = ({ awsAuth }) => [
  ...awsAuth.skipped.map(({ list, index, reason }) => diagnose('TAE606', { place: `${list}[${index}]`, reason })),
  ...awsAuth.rows.flatMap(row => {
    const { list, index, arn } = row;
    const why = matchesNobody(arn)
      ? `no caller has the ARN ${arn}`
      : asksForInstance(row, arn)
        ? `{{EC2PrivateDNSName}} is for instances, and ${arn} is none`
        : undefined;
    return why === undefined
      ? []
      : [diagnose('TAE606', { place: `${list}[${index}]`, reason: `${why}, so it grants nothing` })];
  }),
  ...awsAuth.accounts
    .filter(account => !isAccountId(account))
    .map(account =>
      diagnose('TAE606', { place: 'mapAccounts', reason: `nobody is of an account ${account}: ids have 12 digits` }),
    ),
];

/**
 * What decides by the group system:masters, where somebody has it by aws-auth: no entry can. Who gives it up by the config is not meant.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
const mastersInCluster: AccessRule = ({ compared, masters }) => {
  const members = compared.filter(leavesMasters).map(({ principal }) => principal);
  if (members.length === 0) return [];
  return masters.map(({ kind, name, called, places }) =>
    kind === 'FlowSchema' && name === 'exempt'
      ? diagnose('TAE610', { principals: firstOf(members) })
      : diagnose('TAE609', { object: called, places: firstOf(places), principals: firstOf(members) }),
  );
};

const leavesMasters = ({ before, after, lost }: Compared): boolean =>
  before.some(({ groups }) => groups.includes(mastersGroup)) &&
  ((after !== undefined && after.admin !== false) || lost.some(({ kind }) => kind === 'admin'));

/** What is said about aws-auth beside the entries, the worst first. */
export const accessRules: readonly AccessRule[] = [
  unreadLists,
  losers,
  accounts,
  usersByChance,
  gainers,
  mastersInCluster,
  deadRows,
];
