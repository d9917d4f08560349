import type { State } from '../phase.ts';
import { unitsIn } from '../units.ts';

/** The command that plans and applies. In a unit Terragrunt hands what the runbook uses on to Terraform (init, plan, show, apply, import, state). */
export const engineOf = (state: State): 'terraform' | 'terragrunt' =>
  unitsIn(state).length > 0 ? 'terragrunt' : 'terraform';
