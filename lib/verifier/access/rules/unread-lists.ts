import { diagnose } from '../../../diagnostics/index.ts';
import type { AccessRule } from '../context.ts';

/**
 * A list that the authenticator cannot read is empty to it. Nobody loses by its removal, but nobody meant it so.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/mapper/configmap/configmap.go
 */
export const unreadLists: AccessRule = ({ awsAuth }) =>
  awsAuth.unread.map(({ list, reason }) => diagnose('TAE605', { list, reason }));
