import { diagnose } from '../../../diagnostics/index.ts';
import { textAt } from '../attribute.ts';
import type { Change } from '../change.ts';
import type { PlanRule } from '../context.ts';
import { isSamePrincipal } from '../facts.ts';

/**
 * EKS remembers the id of a role or user beside its ARN: when it is made again, its entry is dead, and the plan does not show that.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export const rolesAreNotRecreated: PlanRule = ({ facts }) =>
  facts.changes.filter(isPrincipal).flatMap(role => {
    const arn = textAt(role.before, 'arn');
    if (!isMadeAgain(role, facts.changes)) return [];
    const entries = facts.entries.filter(({ before, after }) => isSamePrincipal((before ?? after)?.principal, arn));
    const stay = entries.filter(({ change }) => change.action === 'no-op' || change.action === 'update');
    const live = entries.length === 0 && facts.snapshot?.entries.some(own => isSamePrincipal(own.principalArn, arn));
    const addresses = [...stay.map(({ change }) => change.address), ...(live ? [`in ${facts.snapshot?.file}`] : [])];
    return addresses.map(address => diagnose('TAE506', { role: role.address, address }));
  });

const isPrincipal = ({ type }: Change): boolean => type === 'aws_iam_role' || type === 'aws_iam_user';

const isMadeAgain = (role: Change, changes: readonly Change[]): boolean => {
  if (role.action === 'replace') return true;
  if (role.action !== 'delete') return false;
  const name = textAt(role.before, 'name');
  return changes.some(
    ({ type, action, after }) =>
      type === role.type && action === 'create' && name !== undefined && textAt(after, 'name') === name,
  );
};
