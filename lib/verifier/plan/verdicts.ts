import type { PhaseId } from '../../diagnostics/index.ts';
import { isChanged, type Change } from './change.ts';
import type { Facts } from './facts.ts';
import { phaseChanges, type Kind } from './phase-changes.ts';

/** A change and what the phase says to it. `other`: its type is listed and not judged. */
export type JudgedChange = {
  readonly change: Change;
  readonly verdict: 'expected' | 'unexpected' | 'other';
  readonly reason?: string;
};

export const judgedChanges = ({ changes, awsAuth }: Facts, phase: PhaseId): readonly JudgedChange[] =>
  changes.filter(isChanged).map(change => {
    const configMap = awsAuth.find(resource => resource.change === change);
    const kind = configMap === undefined ? kinds[change.type] : 'aws-auth';
    if (kind === undefined) return { change, verdict: 'other' };
    const reason = phaseChanges[phase][kind](change, configMap);
    return reason === undefined ? { change, verdict: 'expected' } : { change, verdict: 'unexpected', reason };
  });

const kinds: Readonly<Record<string, Kind | undefined>> = {
  aws_eks_cluster: 'cluster',
  aws_eks_access_entry: 'entry',
  aws_eks_access_policy_association: 'association',
};
