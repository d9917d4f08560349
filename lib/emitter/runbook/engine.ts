import { isCalled } from '../../parser/index.ts';
import { callsOf } from '../callers/calls.ts';
import { involvedClusters } from '../involved.ts';
import type { State } from '../phase.ts';

/** The command that plans and applies. In a unit Terragrunt takes the commands and flags of Terraform. */
export const engineOf = (state: State): 'terraform' | 'terragrunt' => {
  const clusters = [...involvedClusters(state).filter(isCalled), ...callsOf(state).map(({ cluster }) => cluster)];
  return clusters.some(({ block }) => block.isUnit) ? 'terragrunt' : 'terraform';
};
