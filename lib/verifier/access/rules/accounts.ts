import { diagnose } from '../../../diagnostics/index.ts';
import type { AccessRule } from '../context.ts';

/**
 * An account lets all its principals in, by their ARNs as usernames; an entry is for one principal.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/issues/797
 */
export const accounts: AccessRule = ({ awsAuth }) => awsAuth.accounts.map(account => diagnose('TAE604', { account }));
