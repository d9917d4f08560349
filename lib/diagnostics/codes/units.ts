import { blocker, unreadable, warning } from './definition.ts';

/** Of a file that is included by merge_strategy = "deep": a list that stands in both is joined. Source: Terragrunt, include. */
const moveMerged = (file: string): string =>
  `Move the inputs of the cluster from ${file}, whose inputs are merged with those of a unit, into each unit that includes it, and write terraform.source there`;

/** TAE279, TAE280, TAE290-TAE293 and TAE348: units of Terragrunt. */
export const unitCodes = {
  TAE293: unreadable<{ path: string; what: string; file: string; joins: boolean }>(
    'A unit whose source or inputs are in an included file',
    '{path} is a unit of the eks module and takes {what} from {file}. A unit is read by the source and the inputs that it has itself.',
    ({ file, joins }) =>
      joins
        ? `${moveMerged(file)}, and see that their plans show no change. Run again.`
        : `Write terraform.source and the inputs of the cluster into the unit, as ${file} has them, and see that the plan shows no change. Run again.`,
  ),
  TAE279: blocker('enable-api')(
    'A file that a unit adds to its module',
    'Terragrunt puts {what} beside the files of the module of {unit}, and {why}. It is not read with the module.',
    'Write what it says about access into the module or into the inputs of the unit, and what is computed out; for aws-auth, which the eks module does not take from version 20 on, the page of this code has the steps. See that the plan shows no change, and run again.',
  ),
  TAE280: blocker('enable-api')<{ unit: string; arguments: string; what: string; joins: boolean }>(
    'A value that counts in place of inputs of a unit',
    ({ unit, arguments: names, what, joins }) =>
      joins
        ? `${unit} includes ${what} by merge_strategy = "deep", and ${what} may give ${names}: that is added to what a phase writes into the inputs.`
        : `${what} may give ${names} to ${unit}, and counts in place of its inputs: what a phase writes there would change nothing.`,
    ({ arguments: names, joins }) =>
      `Move ${names} from there into the inputs of the unit${joins ? ', or include the file without that strategy' : ''}, see that the plan shows no change, and run again.`,
  ),
  TAE290: blocker('split-aws-auth')(
    'Rows of aws-auth in a unit of Terragrunt',
    '{unit} has aws-auth among the inputs of the eks module, which takes none of it from version 20 on. Phase 0 would move it into a module beside that one, and a unit has no place for a second module.',
    'Take aws-auth out of the state, go to version 20, and convert the rows from the live ConfigMap: the page of this code has the steps.',
  ),
  TAE291: blocker('add-access-entries')<{ unit: string; what: string; isResources: boolean; argument?: string }>(
    'More than the inputs of a unit of Terragrunt can hold',
    ({ unit, what }) => `${unit} has inputs only, and its entries need ${what}.`,
    ({ isResources, argument }) =>
      isResources
        ? argument === undefined
          ? 'Leave --emit resources out, where the release is 20.13.1 or newer. Or give --emit aws-cli, which makes the entries without Terraform at any release.'
          : `Write the value of ${argument} as merge(...), each argument on a line of its own, and run again.`
        : 'Give the region of Identity Center with --sso-region, or the ARN in the config (principals). What only a plan knows, the live ConfigMap knows: go by the steps of TAE290, which take aws-auth out of the state before its rows leave the inputs.',
  ),
  TAE292: blocker('enable-api')(
    'Inputs that a unit of Terragrunt does not have itself',
    '{unit} includes {file}, which may give {arguments}: what would be written into the unit would take the place of that.',
    'Write {arguments} into the inputs of the unit first, as they are in force, and see that the plan shows no change. Without entries that is an empty map of access_entries.',
  ),
  TAE348: warning<{ path: string; what: string; file: string; joins: boolean }>(
    'A unit that is not checked',
    '{path} is a unit of the eks module and takes {what} from {file}. What it says about access is not checked.',
    ({ what, file, joins }) =>
      joins
        ? `${what === 'access_entries' ? `Move ${what} from ${file} into the inputs of each unit that includes it` : moveMerged(file)}, and see that their plans show no change.`
        : `Write terraform.source and the inputs of the cluster into the unit, as ${file} has them, and see that the plan shows no change.`,
  ),
};
