import type { State } from '../phase.ts';
import { unitsIn } from '../units.ts';

/** The command that plans and applies. In a unit Terragrunt takes the commands and flags of Terraform. */
export const engineOf = (state: State): 'terraform' | 'terragrunt' =>
  unitsIn(state).length > 0 ? 'terragrunt' : 'terraform';
