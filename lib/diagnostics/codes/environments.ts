import { blocker, finding, refusedRequest, warning, wrongUsage } from './definition.ts';

/** TAE262-TAE268, TAE281, TAE283, TAE520 and TAE522-TAE524: one source that serves several environments, each at a phase of its own. */
export const environmentCodes = {
  TAE262: blocker('per-environment')(
    'Cannot be put under a variable',
    '{what} cannot differ between environments: {why}.',
    'Leave --per-environment out, and "perEnvironment" out of the config: the phases are then written one after another, for all environments at once.',
  ),
  TAE263: blocker('per-environment')(
    'The phase variable is read by something else',
    'var.access_entries_phase is read here in a way that the tool has not written, so that it cannot take the variable out again.',
    'Take the reference out. What is to differ with the phase beside aws-auth and its entries needs a variable of its own.',
  ),
  TAE264: refusedRequest<{ reason: string; isKnown: boolean }>(
    'Environments are not at the last phase',
    'Phase clean-up is not written: {reason}. The source would have no other phase than 4, and an environment that is not there would take several phases in one apply.',
    ({ isKnown }) =>
      `Bring each environment to access_entries_phase = 4, one number with each apply, and a mode that is a variable to API; and name their files with --environments.${isKnown ? '' : ' --accept-unverified says that a person has looked.'}`,
  ),
  TAE266: wrongUsage(
    'No phase of an environment',
    '{path} sets access_entries_phase to {value}, and the source takes {listed}.',
    'Write the number that the environment is at, or the next one of these.',
  ),
  TAE267: blocker('per-environment')(
    'The name of the phase variable is taken',
    'The source has a variable {name} that the tool has not written.',
    'Give it another name, or leave --per-environment out.',
  ),
  TAE283: warning(
    'Phase variable that is misspelt',
    '{path} gives a value to {name}, which no variable of the root module is called: Terraform warns of it and goes on. The phase is in access_entries_phase, which the file does not give.',
    'Write access_entries_phase there, with the number that the environment is at, or one more. Without it the environment has what another file or the default of the variable says.',
  ),
  TAE281: blocker('add-access-entries')(
    'An environment does not take access entries yet',
    'The mode of {cluster} ({source}) is {mode} by the values of {of}. EKS takes entries in API_AND_CONFIG_MAP and API alone: none could be made there, and phase 3 would take aws-auth away all the same.',
    'Give {source} the value "API_AND_CONFIG_MAP" there, apply that as phase 1, and run again.',
  ),
  TAE520: finding(
    'The environment goes back',
    'With access_entries_phase = {number} the plan undoes what a later phase does ({what}), and somebody may lose access.',
    'Write the number that the environment is at, or one more. Where the way back is meant, check by hand what MIGRATION.md says of it, and apply without verify-plan.',
  ),
  TAE522: finding(
    'Several phases in one apply',
    'With access_entries_phase = {number} the plan does what {steps} do, in one apply. The checks between them are left out.',
    'Write access_entries_phase one number higher than the environment is at, and apply each by itself.',
  ),
  TAE523: wrongUsage(
    'The plan is of another phase',
    'The plan has access_entries_phase = {number}, which is {own}, and --phase names {phase}.',
    'Leave --phase out: the plan says which phase it is. Or set the number that you mean, and plan again.',
  ),
  TAE524: wrongUsage(
    'Calls at different phases',
    'Calls of one plan may be at different phases, and the plan does not tell which access_entries_phase {call} is given. It tells numbers and variables of the root module.',
    'Write a number into that call, or hand a variable on. Or name the phase that all calls are at with --phase.',
  ),
};
