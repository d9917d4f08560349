import { diagnose } from '../../../diagnostics/index.ts';
import type { AccessRule } from '../context.ts';
import { matchesNobody } from '../principals.ts';

/**
 * What is written in aws-auth and grants nothing today.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/arn/arn.go
 */
export const deadRows: AccessRule = ({ awsAuth }) => [
  ...awsAuth.skipped.map(({ place, reason }) => diagnose('TAE606', { place, reason })),
  ...awsAuth.rows
    .filter(({ arn }) => matchesNobody(arn))
    .map(({ list, index, arn }) =>
      diagnose('TAE606', { place: `${list}[${index}]`, reason: `no caller has the ARN ${arn}, so it grants nothing` }),
    ),
];
