import { diagnose } from '../../../diagnostics/index.ts';
import type { AccessRule } from '../context.ts';

/**
 * Users that differ by case are kept side by side and compared without case, in the order of a Go map.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/mapper/configmap/configmap.go
 */
export const usersByChance: AccessRule = ({ compared }) =>
  compared
    .filter(({ rows }) => rows.length > 1)
    .map(({ principal, rows }) =>
      diagnose('TAE607', { principal, places: rows.map(({ list, index }) => `${list}[${index}]`).join(' and ') }),
    );
