import { diagnose } from '../../../diagnostics/index.ts';
import type { PlanRule } from '../context.ts';

/**
 * The cluster is never destroyed or replaced. Some releases of the eks module plan that for a flag of the API's own.
 * Source: https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3025
 */
export const clusterStays: PlanRule = ({ facts }) =>
  facts.clusters
    .filter(({ change }) => ['delete', 'replace'].includes(change.action))
    .map(({ change }) =>
      diagnose('TAE501', {
        address: change.address,
        what: change.action === 'replace' ? 'replaced' : 'destroyed',
      }),
    );
