import { diagnose } from '../../../diagnostics/index.ts';
import { isJudgedType, type Change } from '../change.ts';
import type { PlanRule } from '../context.ts';

/**
 * Phase 0 moves the module to version 20. What it destroys or replaces in AWS is a default that was not pinned, or, in aws-cn and
 * aws-us-gov, the policy attachments of node roles. Source: node_groups.tf and migrations.tf of terraform-aws-modules/eks 19.21.0
 * and 20.37.2.
 */
export const upgradeKeepsWhatIs: PlanRule = ({ facts, phase }) =>
  phase === 'split-aws-auth'
    ? facts.changes
        .filter(isLost)
        .map(({ address, action }) =>
          diagnose('TAE515', { address, what: action === 'replace' ? 'replaced' : 'destroyed' }),
        )
    : [];

/** The other types are judged by rules of their own; `time_sleep` and the like make nothing. */
const isLost = ({ type, action }: Change): boolean =>
  type.startsWith('aws_') && !isJudgedType(type) && (action === 'delete' || action === 'replace');
