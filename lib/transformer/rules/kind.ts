import { diagnose } from '../../diagnostics/index.ts';
import { isCaller } from '../caller.ts';
import { blockUnlessAccepted, eachOpen } from '../context.ts';
import { add, block } from '../draft.ts';
import { wrongAccount } from '../partial-arn.ts';
import { isRewritten } from '../unstrip.ts';

/**
 * What a principal is, by its ARN and not by the list it stands in: aws-auth matches a user ARN in the roles list too.
 * Sources: EKS user guide, creating-access-entries (what an entry may name); aws-iam-authenticator, pkg/mapper/configmap.
 */
export const kind = eachOpen((draft, context) => {
  const { principal } = draft;
  if (!principal) return draft;
  const at = draft.row.principal?.range;
  const args = { principal: principal.text };
  // Only names of roles that begin so are kept for AWS.
  if (principal.kind !== 'user' && principal.name?.toLowerCase().startsWith('awsservicerolefor'))
    return block(draft, diagnose('TAE301', args, at));
  if (isCaller(principal.meaning.expression)) {
    const what = 'the ARN of whoever runs Terraform, which for a role is that of a session';
    return block(draft, diagnose('TAE303', { ...args, what, way: 'caller' }, at));
  }
  if (principal.invalid) return block(draft, diagnose('TAE304', { ...args, name: principal.nameForArn }, at));
  // What may take a path off is blocked for that, and a principal of it cannot be accepted as it is.
  if (principal.unproven && !isRewritten(principal.meaning.expression))
    return blockUnlessAccepted(draft, context, diagnose('TAE332', { ...args, unproven: principal.unproven }, at));
  const account = wrongAccount(principal.account);
  if (account !== undefined) return block(draft, diagnose('TAE305', { ...args, account }, at));
  switch (principal.otherKind) {
    case 'service-linked-role':
      return block(draft, diagnose('TAE301', args, at));
    case 'root':
      return block(draft, diagnose('TAE302', args, at));
    case 'sts':
      return block(draft, diagnose('TAE303', { ...args, what: 'the ARN of a session', way: 'role' }, at));
    case 'federated':
      return block(draft, diagnose('TAE303', { ...args, ...federated(principal.text) }, at));
    case 'other-iam':
      return block(draft, diagnose('TAE303', { ...args, what: 'neither a role nor a user', way: 'nobody' }, at));
    default:
      return principal.kind === 'user' ? add(draft, diagnose('TAE401', args, at)) : draft;
  }
});

/** aws-auth knows federated users, and no provider of identities. Source: aws-iam-authenticator, pkg/arn/arn.go. */
const federated = (text: string): { readonly what: string; readonly way: 'federated' | 'role' } =>
  text.includes(':federated-user/')
    ? { what: 'a federated user', way: 'federated' }
    : { what: 'a provider of identities', way: 'role' };
