import { note, refusedRequest, unreadable, wrongUsage } from './definition.ts';

/** TAE101-TAE199: the command line, the config, what is written. */
export const usageCodes = {
  TAE101: wrongUsage<{ reason: string }>({
    title: 'Wrong usage',
    message: ({ reason }) => reason,
    hint: () => 'See `tf-access-entries --help`.',
  }),
  TAE102: wrongUsage<{ path: string; reason: string }>({
    title: 'Config does not fit its schema',
    message: ({ path, reason }) => `${path}: ${reason}`,
    hint: () => 'docs/reference/config.md lists every key.',
  }),
  TAE103: wrongUsage<{ path: string; reason: string }>({
    title: 'Config is not JSON',
    message: ({ path, reason }) => `${path} is not JSON: ${reason}`,
  }),
  TAE104: wrongUsage<{ key: string; value: string }>({
    title: 'Config entry matches nothing',
    message: ({ key, value }) => `${key} names ${value}, and nothing in the module matches it.`,
    hint: () =>
      'A stale or misspelt entry may hide a row that nobody decided about. Remove it, or write the principal as it stands in the source. A row of the live ConfigMap is there with --aws-auth only.',
  }),
  TAE105: wrongUsage<{ path: string; reason: string }>({
    title: 'Output directory holds files that are not ours',
    message: ({ path, reason }) => `${path} is not overwritten: ${reason}.`,
    hint: () => 'Move the file away, or choose another directory with --out.',
  }),
  TAE106: wrongUsage<Record<never, never>>({
    title: '--write needs --phase',
    message: () => '--write changes files in place, one phase at a time, and no phase was named.',
    hint: () =>
      'Add --phase with one of: enable-api, add-access-entries, remove-aws-auth, api-only, clean-up; with --to v21 also upgrade-to-v21.',
  }),
  TAE107: wrongUsage<{ code: string }>({
    title: 'Unknown code',
    message: ({ code }) => `There is no code ${code}.`,
    hint: () => 'docs/codes/README.md lists every code.',
  }),
  TAE108: refusedRequest<{ asked: string; source: string; next: string }>({
    title: 'Phases out of order',
    message: ({ asked, source, next }) => `Phase ${asked} cannot be written: ${source}, and ${next} comes next.`,
    hint: ({ next }) => `Write and apply ${next} first. Each phase must be applied before the next one is written.`,
  }),
  TAE109: refusedRequest<{ phase: string; reason: string; isProven: boolean }>({
    title: 'Live gate not proven',
    message: ({ phase, reason }) => `Phase ${phase} is not written in place: ${reason}.`,
    hint: ({ isProven }) =>
      isProven
        ? 'The snapshot shows it, so --accept-unverified does not accept it. Apply phase 2 in full and take the snapshot anew, or say in the config what the principal is to have: "principals", "groups" or "drop".'
        : 'Give a snapshot of the live entries with --existing and the role that runs Terraform with --runner, or, when you have checked the gates of MIGRATION.md by hand, --accept-unverified. The config can state an ARN that the source does not tell, under "principals".',
  }),
  TAE110: unreadable<{ path: string; reason: string }>({
    title: 'Cannot write',
    message: ({ path, reason }) => `${path} cannot be written: ${reason}.`,
    hint: () => 'No file of this run was replaced. Fix the cause and run again.',
  }),
  TAE111: refusedRequest<{ phase: string }>({
    title: 'Phase is blocked',
    message: ({ phase }) => `Phase ${phase} is not written: the blockers above stop it.`,
  }),
  TAE112: wrongUsage<Record<never, never>>({
    title: 'verify-plan needs --phase',
    message: () => 'What a plan may change depends on the phase, and no phase was named.',
    hint: () =>
      'Add --phase with one of: split-aws-auth, enable-api, add-access-entries, remove-aws-auth, api-only, clean-up, upgrade-to-v21.',
  }),
  TAE113: wrongUsage<{ missing: string }>({
    title: 'verify-access needs the ConfigMap and the entries',
    message: ({ missing }) => `verify-access compares two things, and ${missing} is missing.`,
    hint: () => 'Name the live ConfigMap with --aws-auth and the live entries with --existing.',
  }),
  TAE114: wrongUsage<{ missing: string }>({
    title: 'import-blocks needs the cluster and its entries',
    message: ({ missing }) =>
      `import-blocks puts the name of the cluster and the live entries into blocks, and ${missing} is missing.`,
    hint: () =>
      'Name the cluster with --cluster-name and the live entries with --existing. An id cannot refer to the module: its outputs wait for the entries.',
  }),
  TAE120: wrongUsage<{ clusters: string }>({
    title: 'ConfigMap whose cluster is not known',
    message: ({ clusters }) =>
      `The ConfigMap may belong to any of ${clusters}: it does not name its cluster, and a row in the wrong cluster would let people in there.`,
    hint: () =>
      'Say it in the config: { "pair": { "config-map": "module.<eks>" } }. Convert one cluster after the other.',
  }),
  TAE121: wrongUsage<{ call: string; argument: string }>({
    title: 'ConfigMap of one instance',
    message: ({ call, argument }) =>
      `${call} has ${argument}, and a ConfigMap belongs to one cluster: its rows would become entries of every instance.`,
    hint: () => 'Leave --aws-auth out and compare by hand with verify-access, or write the call once for each cluster.',
  }),
  TAE125: wrongUsage<{ name: string; names: string }>({
    title: 'No such cluster in the plan',
    message: ({ name, names }) => `The plan has no cluster named ${name}. It has ${names}.`,
    hint: () => 'Give --cluster-name the name in EKS, or leave it out: all clusters of the plan are judged then.',
  }),
  TAE131: wrongUsage<{ path: string; reason: string }>({
    title: 'Baseline cannot be read',
    message: ({ path, reason }) => `${path} is no baseline: ${reason}.`,
    hint: () => 'Write it with `tf-access-entries check <paths> --baseline <file> --write-baseline`.',
  }),
  TAE132: note<{ path: string; what: string }>({
    title: 'Baseline entry that matches nothing',
    message: ({ path, what }) => `${path} has ${what}, which is not found any more.`,
    hint: () => 'Write the baseline again with --write-baseline: the entry would hide the next such finding.',
  }),
};
