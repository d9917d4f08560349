import { diagnose } from '../../../diagnostics/index.ts';
import { textAt } from '../attribute.ts';
import type { Change, Side } from '../change.ts';
import type { PlanRule } from '../context.ts';

/**
 * EKS remembers the id of a role or user beside its ARN: when it is made again, its entry is dead, and the plan does not show that.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export const rolesAreNotRecreated: PlanRule = ({ facts }) =>
  madeAgain(facts.changes).flatMap(role => {
    const arn = textAt(role.before, 'arn');
    const imported = facts.entriesAfter(arn).filter(({ before }) => before === undefined);
    const entries = [...facts.entriesBefore(arn), ...imported];
    const stay = entries.filter(({ change }) => change.action === 'no-op' || change.action === 'update');
    const live = entries.length === 0 && facts.liveEntries(arn).length > 0;
    const addresses = [...stay.map(({ change }) => change.address), ...(live ? [`in ${facts.snapshot?.file}`] : [])];
    return addresses.map(address => diagnose('TAE506', { role: role.address, address, isLiveOnly: live }));
  });

/** The roles and users that the plan destroys and makes again. */
export const madeAgain = (changes: readonly Change[]): readonly Change[] => {
  const principals = changes.filter(isPrincipal);
  const made = new Set(principals.filter(({ action }) => action === 'create').map(role => nameOf(role, role.after)));
  return principals.filter(
    role => role.action === 'replace' || (role.action === 'delete' && made.has(nameOf(role, role.before))),
  );
};

/** Whether a role or user that is replaced has its ARN again: the name, and the path, stay. */
export const keepsArn = ({ before, after }: Change): boolean => {
  const name = textAt(after, 'name');
  const isNamed = name === undefined ? textAt(after, 'name_prefix') === undefined : name === textAt(before, 'name');
  return isNamed && (textAt(after, 'path') ?? '/') === (textAt(before, 'path') ?? '/');
};

const isPrincipal = ({ type }: Change): boolean => type === 'aws_iam_role' || type === 'aws_iam_user';

/** A name that is not known yet is that of no other. */
const nameOf = ({ type, address }: Change, side: Side): string => {
  const name = textAt(side, 'name');
  return JSON.stringify(name === undefined ? [address] : [type, name]);
};
