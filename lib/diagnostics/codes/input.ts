import { pathWord } from '../../escape/shell.ts';
import { fromLive, note, unreadable, warning } from './definition.ts';

const here = (path: string): string => (path === '.' ? 'This directory' : path);

/** TAE001-TAE099: files and directories. */
export const inputCodes = {
  TAE001: unreadable<{ path: string; isInput?: boolean; isOfEach?: boolean }>(
    'Path does not exist',
    ({ path, isOfEach = false }) => `${path} does not exist${isOfEach ? ' in any of the root modules' : ''}.`,
    ({ isInput = false, isOfEach = false }) =>
      isOfEach
        ? 'With several root modules the path of files of values starts at the directory of each of them.'
        : isInput
          ? 'Name a file that is there. A relative path starts at the current directory.'
          : 'Name a directory that holds a root module, or one of its .tf files.',
  ),
  TAE002: unreadable(
    'Path cannot be read',
    '{path} cannot be read: {reason}.',
    'Name a regular file. Of a root module every file that is read is needed, since a row, a reference or the phase of an environment may be in any of them: where permissions are the cause, fix them and run again.',
  ),
  TAE003: unreadable<{ path: string; target: string; tree: string }>(
    'Symbolic link out of the root module',
    ({ path, target, tree }) => `${path} is a symbolic link to ${target}, outside ${tree}.`,
    ({ tree }) =>
      tree === 'the root module'
        ? 'An edit would change a file that other modules may share. Convert the directory that holds the file, or replace the link by a copy, and keep the copy.'
        : 'A link in a repository may name any file of the person who runs this. Replace it by a copy.',
  ),
  TAE004: unreadable(
    'Not UTF-8',
    '{path} is not UTF-8 text.',
    'Configuration files must be UTF-8. A file that git-crypt has encrypted must be unlocked first.',
  ),
  TAE005: unreadable(
    'Not valid HCL',
    'Not valid HCL: {reason}',
    'Whatever reads this file, such as Terraform, refuses it too. Fix it and run again.',
  ),
  TAE006: unreadable(
    'Valid HCL that cannot be read',
    'This file cannot be read: {reason}.',
    'Terraform may accept it, but this tool edits only what it can read. Write it in the usual form.',
  ),
  TAE007: unreadable<{ path: string }>(
    'No eks module in the root module',
    ({ path }) => `${here(path)} has no call of terraform-aws-modules/eks and none of its aws-auth submodule.`,
    'Name the directory whose .tf files hold module "eks". Of the modules that are called from here one is looked into, where it alone has the call, and lies in the same repository.',
  ),
  TAE008: unreadable<{ path: string }>(
    'No Terraform files',
    ({ path }) => `${here(path)} holds no .tf or .tofu file.`,
    'Name the directory of the root module.',
  ),
  TAE009: unreadable<{ path: string }>(
    'Edit in JSON syntax or in an override file',
    ({ path }) =>
      `The migration reads or changes what ${path} says, and JSON syntax and override files are not edited.`,
    ({ path }) =>
      path.endsWith('.json')
        ? 'Where a generator such as CDKTF writes the file, change the generator\'s own source. Or have a script written from the live ConfigMap: `tf-access-entries convert . --aws-auth aws-auth.yaml --emit aws-cli`, with "clusterName" in the config; where a .tf file here calls the eks module or writes aws-auth, run it in another directory. What is written by hand goes into a plain .tf file.'
        : 'Move the module call or the argument into a plain .tf file, plan to see no change, and run again.',
  ),
  TAE010: unreadable(
    'Snapshot cannot be read',
    '{path} is no snapshot of access entries: {reason}.',
    'A snapshot is the output of `aws eks describe-access-entry` and `aws eks list-associated-access-policies` for each entry, one after the other. `gates.sh snapshot`, which convert writes beside MIGRATION.md, takes it.',
  ),
  TAE011: unreadable(
    'Terragrunt or Terraform Stacks',
    '{path} is of Terragrunt or Terraform Stacks, and says nothing that can be converted here.',
    'Look at the argument `terraform.source` (Terragrunt) or `component.source` (Stacks): convert the module it names.',
  ),
  TAE012: note('Nothing to do', 'Nothing to do: {reason}.'),
  TAE013: warning(
    'modules.json cannot be read',
    '{path} cannot be read ({reason}); the versions come from the constraints instead.',
    'Pin the release that was last applied, remove that file and run `terraform init`.',
  ),
  TAE014: unreadable<{ path: string; phase: string }>(
    'An earlier run was interrupted',
    ({ path }) => `${here(path)} may be half way between two phases: a run with --write was interrupted there.`,
    ({ phase }) =>
      `Run the same \`tf-access-entries convert --write --phase ${phase}\` again: it completes what was begun. Or restore the files from version control, in each directory of the repository that has a .tf-access-entries-journal.json, and remove that.`,
  ),
  TAE015: unreadable<{ path: string; reason: string; isFound?: boolean }>(
    'File of variable values cannot be read',
    '{path} cannot be read: {reason}.',
    ({ isFound = false }) =>
      isFound
        ? 'Terraform loads it by itself, and it may say at which phase an environment is. Mend or decrypt it. Or name a file with --environments for each environment, and let it set access_entries_phase, or the variable that is the mode: then this one is not read.'
        : 'Give a decrypted copy with literal values, or leave it out: nothing of it is written into a revision.',
  ),
  TAE020: unreadable('Plan cannot be read', '{path} is no plan in JSON: {reason}.', '{advice}'),
  TAE021: unreadable(
    'Plan does not show everything',
    '{path} cannot be judged: {reason}. What it leaves out may lock somebody out.',
    'Plan the whole root module, without -target and -refresh-only, until the plan ends without an error.',
  ),
  TAE022: unreadable(
    'ConfigMap cannot be read',
    '{path} cannot be read as the ConfigMap aws-auth: {reason}.',
    'Get it with `kubectl get configmap aws-auth -n kube-system -o yaml > aws-auth.yaml`.',
  ),
  TAE023: unreadable(
    'Bindings cannot be read',
    '{path} does not hold the bindings of the cluster: {reason}.',
    'Get them with `kubectl get clusterrolebindings,rolebindings -A -o json > rbac.json`.',
  ),
  TAE028: unreadable<{ path: string; missing: string }>(
    'No cluster, and no ConfigMap or cluster name',
    ({ path, missing }) =>
      `${here(path)} has no call of terraform-aws-modules/eks and none of its aws-auth submodule. Without one, a script needs the live ConfigMap and the name of the cluster, and ${missing} is missing.`,
    'Give the ConfigMap with --aws-auth, and the name in the config: { "clusterName": "<name>" }. Where the rows are in Terraform, name the directory that holds them.',
    ['{ "clusterName": "<name>" }'],
  ),
  TAE030: unreadable<{
    call: string;
    argument: string;
    target: string;
    local: boolean;
    way: string | undefined;
  }>(
    'The rows are handed to another module',
    ({ call, argument, target }) =>
      `This directory has no call of terraform-aws-modules/eks. ${call} hands ${argument} to the module ${target}.`,
    ({ target, local, way }) =>
      local
        ? `Look there for what makes the cluster, and convert that directory, from this one by tf-access-entries convert ${pathWord(target)}. Its variables keep their types, so that its callers do not break.`
        : `${way ?? 'That module is not in this repository. Look whether it has an argument for access entries, and follow its own upgrade guide.'} ${fromLive}`,
  ),
  TAE031: warning(
    'JSON syntax or an override file is not checked',
    '{path} has or overrides a block that access to a cluster is read from, in JSON syntax or in an override file. What it says there is not checked.',
    'Move the call or the argument into a plain .tf file, plan to see no change, and run again.',
  ),
  TAE032: warning(
    'Source in JSON syntax that a script leaves as it is',
    '{path} has a call of the eks module, a mode, aws-auth or access entries in JSON syntax. It is not read, and the script changes nothing in it: its next apply may bring back the mode and the rows.',
    'From version 20 of the module on write "authentication_mode" there, or in the source of its generator, as each phase of the script sets it. Turn aws-auth off there once `remove-aws-auth --apply` of the script has found nothing missing.',
  ),
};
