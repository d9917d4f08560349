import { note, refusedRequest, unreadable, wrongUsage } from './definition.ts';

/** What a key of the config names. */
const namedIn = (key: string): string =>
  key === 'pair' ? 'the address' : key === 'groups' ? 'the group' : 'the principal';

/** TAE101-TAE199: the command line, the config, what is written. */
export const usageCodes = {
  TAE101: wrongUsage('Wrong usage', '{reason}', 'See `tf-access-entries --help`.'),
  TAE102: wrongUsage('Config does not fit its schema', '{path}: {reason}', 'docs/reference/config.md lists every key.'),
  TAE103: wrongUsage('Config is not JSON', '{path} is not JSON: {reason}'),
  TAE104: wrongUsage<{ key: string; value: string; cluster?: string; of?: string }>(
    'Config entry matches nothing',
    ({ key, value, cluster, of }) =>
      cluster === undefined
        ? `${key} names ${value}, and nothing in the module matches it.`
        : `${key} names ${value}, and ${of} has the name ${cluster}.`,
    ({ key, cluster }) =>
      cluster === undefined
        ? `A stale or misspelt entry may hide a row that nobody decided about. Remove it, or write ${namedIn(key)} as it stands in the source.${key === 'pair' ? '' : ' A row of the live ConfigMap is there with --aws-auth only.'}`
        : 'The name in the source counts. Remove the one in the config, or correct it.',
  ),
  TAE105: wrongUsage<{ path: string; reason: string; isCopy?: boolean }>(
    'Output directory holds files that are not ours',
    '{path} is not overwritten: {reason}.',
    ({ isCopy = false }) =>
      isCopy
        ? 'Convert the root module that it is a copy of.'
        : 'Move the file away, or choose another directory with --out.',
  ),
  TAE106: wrongUsage(
    '--write needs --phase',
    '--write changes files in place, one phase at a time, and no phase was named.',
    'Add --phase with one of: enable-api, add-access-entries, remove-aws-auth, api-only, clean-up; split-aws-auth where status lists it first; with --to v21 also upgrade-to-v21; for a source of several environments per-environment.',
  ),
  TAE107: wrongUsage<{ code: string; near: readonly string[] }>(
    'Unknown code',
    'There is no code {code}.',
    ({ near }) =>
      `${near.length === 0 ? '' : `Did you mean ${near.join(', ').replace(/, (?=[^,]*$)/, ' or ')}? `}docs/codes/README.md lists every code.`,
  ),
  TAE108: refusedRequest(
    'Phases out of order',
    'Phase {asked} cannot be written: {source}, and {next} comes next.',
    'Write and apply {next} first. Each phase must be applied before the next one is written.',
  ),
  TAE109: refusedRequest<{ phase: string; reason: string; isProven: boolean; fix: string | undefined }>(
    'Live gate not proven',
    ({ phase, reason }) => `Phase ${phase} is not written in place: ${reason}.`,
    ({ isProven, fix }) =>
      isProven
        ? `The snapshot shows it, so --accept-unverified does not accept it. ${fix ?? 'Apply phase 2 in full and take the snapshot anew. Or, where the principal is to have less, say so in its entry in the source and in the config: "principals", "groups" or "drop".'}`
        : (fix ??
          'Give a snapshot of the live entries with --existing and the role that runs Terraform with --runner, or, when you have checked by hand what gates.sh asks, --accept-unverified. The config can state an ARN that the source does not tell, under "principals".'),
  ),
  TAE110: unreadable<{ path: string; reason: string; isBegun?: boolean }>(
    'Cannot write',
    '{path} cannot be written: {reason}.',
    ({ isBegun = false }) =>
      isBegun
        ? 'Some files there may be replaced already. Fix the cause and run the same command again.'
        : 'No file there was replaced. Fix the cause and run again.',
  ),
  TAE111: refusedRequest('Phase is blocked', 'Phase {phase} is not written: the blockers above stop it.'),
  TAE112: wrongUsage(
    'verify-plan needs --phase',
    'What a plan may change depends on the phase, and no phase was named, nor does a variable access_entries_phase of the plan say it.',
    'Add --phase with one of: split-aws-auth, enable-api, add-access-entries, remove-aws-auth, api-only, clean-up, upgrade-to-v21, per-environment.',
  ),
  TAE113: wrongUsage(
    'verify-access needs the ConfigMap and the entries',
    'verify-access compares two things, and {missing} is missing.',
    'Name the live ConfigMap with --aws-auth and the live entries with --existing.',
  ),
  TAE114: wrongUsage(
    'import-blocks needs the cluster and its entries',
    'import-blocks puts the name of the cluster and the live entries into blocks, and {missing} is missing.',
    'Name the cluster with --cluster-name and the live entries with --existing. An id cannot refer to the module: from release 20.8.5 on its outputs wait for the entries.',
  ),
  TAE115: wrongUsage(
    'Snapshot of several clusters',
    '{path} holds entries of the clusters {clusters}, and {reason}.',
    '{advice}',
  ),
  TAE116: wrongUsage(
    'Unknown access policy',
    'The access policy {name} is not in the list of this version; the nearest is {nearest}.',
    'Name that one, or look whether AWS has added yours: aws eks list-access-policies.',
  ),
  TAE117: refusedRequest(
    'Commit that would hold more, or less',
    '--commit makes no commit here: {reason}. Nothing is written.',
    'A commit holds what the phase changes, and nothing else. Commit or stash the rest, end what is under way, or leave --commit out and commit by hand.',
  ),
  TAE118: refusedRequest(
    'Written and not committed',
    'The files are written, and git has not committed them: {step} ended with status {status}. What it said stands above.',
    'Mend what it says and commit the files by hand, or take them back: `git restore --staged --worktree` with their names.',
  ),
  TAE119: unreadable(
    'git does not answer',
    '{path}: git does not tell what the last commit holds: {reason}.',
    'Run `git status` there: what stops it, stops this command. Without --where-due and --commit git is not asked.',
  ),
  TAE120: wrongUsage(
    'ConfigMap whose cluster is not known',
    'The ConfigMap may belong to any of {clusters}: it does not name its cluster, and a row in the wrong cluster would let people in there.',
    'Say it in the config: { "pair": { "config-map": "<address>" } }. Convert one cluster after the other.',
    ['{ "pair": { "config-map": "<address>" } }'],
  ),
  TAE121: wrongUsage(
    'ConfigMap of one instance',
    '{call} has {argument}, and a ConfigMap belongs to one cluster: its rows would become entries of every instance.',
    'Write the block once for each cluster, with a `moved` block for each instance, or Terraform destroys the clusters. Or leave --aws-auth out: then the live rows are not converted, and their entries are to be written by hand.',
  ),
  TAE122: note(
    'Phase waits for a commit',
    'Phase {phase} is not written in {path}: phase {last} is in its files, and not in the last commit.',
    'Commit phase {last}, apply it, and run again. In one commit the two phases would be one apply.',
  ),
  TAE125: wrongUsage(
    'No such cluster in the plan',
    'The plan has no cluster named {name}. It has {names}.',
    'Give --cluster-name the name in EKS, or leave it out: all clusters of the plan are judged then.',
  ),
  TAE131: wrongUsage(
    'Baseline cannot be read',
    '{path} is no baseline: {reason}.',
    'Correct the file, or its name. Or remove it, and write it anew with `tf-access-entries check <paths> --baseline <file> --write-baseline` and the --min-severity of your gate: the findings that it shows today are known then.',
  ),
  TAE132: note(
    'Baseline entry that matches nothing',
    '{path} has {what}, which is not found any more.',
    'Write the baseline again with --write-baseline and the --min-severity of your gate: the entry would hide the next such finding.',
  ),
};
