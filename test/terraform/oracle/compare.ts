import { defaultUsername, noAccess, type Access } from './access.ts';
import { isUser, parseArn } from './arn.ts';
import { isReserved, takesUsername } from './names.ts';

export type Change = { principal: string; change: 'lost' | 'gained' | 'changed'; before: Access; after: Access };

export type Tolerance = {
  /** Principals, as ARNs, of whom a person accepted that a username that no entry takes is left out. */
  leftOutUsernames?: ReadonlySet<string>;
  /** Whether the username of an administrator counts as well, whatever an entry takes. */
  everyUsername?: boolean;
};

/**
 * What differs between two answers of access(). Access is taken apart into grants: lost means that some are gone
 * and none came, gained the reverse, changed both. Equal are, although written in two ways:
 * - system:masters and AmazonEKSClusterAdminPolicy for the whole cluster;
 * - a node's row and the entry type with the same identity;
 * - a group every caller has (system:authenticated) and its absence;
 * - for an admin, groups that an entry cannot have, and policies, before or afterwards: they add nothing to everything;
 * - the name of the hidden creator and the one its entry has;
 * - an administrator's username that no entry takes, and the one that EKS gives an entry without any.
 */
export function compare(
  before: ReadonlyMap<string, Access>,
  after: ReadonlyMap<string, Access>,
  tolerance: Tolerance = {},
): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].toSorted().flatMap(principal => {
    const pair = { before: before.get(principal) ?? noAccess, after: after.get(principal) ?? noAccess };
    const change = changeOf(principal, pair.before, pair.after, tolerance);
    return change ? [{ principal, change, ...pair }] : [];
  });
}

function changeOf(
  principal: string,
  before: Access,
  after: Access,
  tolerance: Tolerance,
): Change['change'] | undefined {
  const bothIn = before.via !== 'none' && after.via !== 'none';
  const named = !bothIn || (before.via !== 'creator' && after.via !== 'creator');
  const isFree = before.isClusterAdmin && tolerance.everyUsername !== true;
  const mayGo = isFree || tolerance.leftOutUsernames?.has(principal) === true;
  const goes = before.via === 'configmap' && after.via === 'entry' && mayGo && !takesUsername(before.username);
  const { policies } = before.isClusterAdmin || after.isClusterAdmin ? noAccess : before;
  const renamed = goes ? { ...before, username: defaultUsername(principal) } : before;
  const old = grants(principal, { ...renamed, policies }, named);
  const now = grants(principal, before.isClusterAdmin ? { ...after, policies } : after, named);
  const gone = [...old].some(grant => !now.has(grant));
  const come = [...now].some(grant => !old.has(grant));
  if (gone && come) return 'changed';
  return gone ? 'lost' : come ? 'gained' : undefined;
}

function grants(principal: string, access: Access, named: boolean): Set<string> {
  if (access.via === 'none') return new Set();
  const entered = ['enters'];
  // A draw among several rows equals only the same draw.
  const draw = access.alternatives?.map(row => JSON.stringify([row.username, row.groups.toSorted()])).toSorted();
  if (draw) return new Set([...entered, `one of ${draw.join(' ')}`]);
  const fill = (text: string) => (access.via === 'configmap' ? render(text, principal) : text);
  const groups = access.groups
    .map(fill)
    .filter(group => group !== 'system:authenticated' && group !== 'system:masters');
  return new Set([
    ...entered,
    ...(named ? [`username ${fill(access.username)}`] : []),
    ...(access.isClusterAdmin ? ['admin'] : []),
    ...groups.filter(group => !(access.isClusterAdmin && isReserved(group))).map(group => `group ${group}`),
    ...access.policies.filter(() => !access.isClusterAdmin).map(policy => `policy ${JSON.stringify(policy)}`),
  ]);
}

/**
 * Fills in what a principal's ARN decides. A user has no session name, so that template is empty for one;
 * the others stand for something only the call knows and are compared as templates.
 * kubernetes-sigs/aws-iam-authenticator, pkg/server/server.go (renderTemplate) and pkg/token/token.go
 */
function render(text: string, principal: string): string {
  const filled = text.replaceAll('{{AccountID}}', parseArn(principal)?.account ?? '');
  return isUser(principal) ? filled.replaceAll(/\{\{SessionName(Raw)?\}\}/g, '') : filled;
}
