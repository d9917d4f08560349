import { diagnose } from '../../diagnostics/index.ts';
import { mayBecomeReserved, usernameProblem } from '../../eks/index.ts';
import { unwrapParentheses, type Expression } from '../../hcl/index.ts';
import { referencesOf, type Value } from '../../terraform/index.ts';
import { blockUnlessAccepted, eachOpen } from '../context.ts';
import { add, type Draft } from '../draft.ts';
import { isClusterAdmin } from '../masters.ts';

/**
 * The username is kept when an access entry takes it. Left out it changes: with the admin policy that touches the audit log only,
 * without it a binding of kind User may be all that the row has.
 * Source: EKS user guide, set-custom-username.
 */
export const username = eachOpen((draft, context) => {
  const { username: given } = draft;
  if (draft.type !== 'STANDARD' || !given) return draft;
  const at = draft.row.username?.range;
  if (given.text === undefined) {
    const partly = problemInPart(draft);
    if (partly === undefined || isIamName(draft.row.username?.expression)) return draft;
    const args = { principal: draft.name, username: given.source };
    const isRead = isText(draft.row.username?.value);
    const why = isRead
      ? `is known only at plan time: it ${partly}`
      : 'is no string: where the live ConfigMap has it without quotes, aws-auth reads no username';
    const settled = blockUnlessAccepted(
      draft,
      context,
      diagnose('TAE319', { ...args, problem: why, isText: isRead }, at),
    );
    const problem = `is known only at plan time, and ${partly}`;
    return settled.outcome && draft.policies.some(isClusterAdmin) && isRead
      ? withoutUsername(add(draft, diagnose('TAE402', { ...args, problem }, at)))
      : settled;
  }
  const problem = usernameProblem(given.text, draft.principal?.kind);
  if (problem === undefined) return draft;
  const args = { principal: draft.name, username: given.text, problem };
  if (draft.policies.some(isClusterAdmin)) {
    return withoutUsername(add(draft, diagnose('TAE402', { ...args, username: `"${given.text}"` }, at)));
  }
  const settled = blockUnlessAccepted(draft, context, diagnose('TAE316', args, at));
  return settled.outcome ? settled : withoutUsername(settled);
});

/** What may be wrong with a username of which only pieces are known, by these. */
const problemInPart = ({ row, username: given, principal }: Draft): string | undefined => {
  if (mayBecomeReserved(given?.head ?? '')) return 'may begin with a prefix that an access entry refuses';
  const value = row.username?.value;
  const problem =
    value?.kind === 'string'
      ? usernameProblem(value.parts.map(part => part ?? '?').join(''), principal?.kind)
      : undefined;
  return problem && `${problem}, as far as it is known`;
};

/** What is no string aws-auth does not read. */
const isText = (value: Value | undefined): boolean => value?.kind === 'string' || value?.kind === 'unknown';

const withoutUsername = ({ username: _username, ...draft }: Draft): Draft => draft;

/** The name of a role or user: IAM allows no colon in it, so no reserved prefix either. */
const isIamName = (expression: Expression | undefined): boolean => {
  const inner = expression && unwrapParentheses(expression);
  if (inner?.kind !== 'get' || inner.name !== 'name') return false;
  const path = referencesOf(inner)[0]?.path ?? [];
  const type = path[0] === 'data' ? path[1] : path[0];
  return type === 'aws_iam_role' || type === 'aws_iam_user';
};
