import type { PhaseId } from '../phase-id.ts';
import { blocker, note, refusedRequest, warning } from './definition.ts';

/** TAE201-TAE299: module calls, versions, the mode, what surrounds the rows. */
export const moduleCodes = {
  TAE201: blocker('enable-api')<{ call: string; reason: string }>({
    title: 'Module version unknown',
    message: ({ call, reason }) => `The version of ${call} is unknown: ${reason}. What a phase does depends on it.`,
    hint: () => 'State it in the config: { "moduleVersion": "20.24.3" }.',
  }),
  TAE202: blocker('enable-api')<{ call: string; version: string; reason: string }>({
    title: 'Module version too old',
    message: ({ call, version, reason }) => `${call} is at ${version}: ${reason}.`,
    hint: ({ version }) =>
      `Move to 20.13.1 or newer in a change of its own, apply it, and run again.${
        /^1\d\./.test(version) ? ' Or leave the release as it is, and give --emit resources.' : ''
      }`,
  }),
  TAE204: blocker('remove-aws-auth')<{ call: string; clusters: string }>({
    title: 'Mapping whose cluster is not clear',
    message: ({ call, clusters }) =>
      `${call} may belong to any of ${clusters}: neither its kubernetes provider nor a reference tells which.`,
    hint: () =>
      'Give the call `providers = { kubernetes = kubernetes.<alias> }` whose host comes from one of the clusters, or say it in the config: { "pair": { "module.<aws-auth>": "module.<eks>" } }.',
  }),
  TAE205: blocker('enable-api')<{ call: string }>({
    title: 'No cluster in this root module',
    message: ({ call }) => `${call} manages aws-auth of a cluster that this root module does not create.`,
    hint: () =>
      'Move the aws-auth call beside the module "eks" call; or name the cluster in the config as clusterName, and give --emit resources to have the entries written here as resources of their own, or --emit aws-cli for a script.',
  }),
  TAE206: blocker('enable-api')<{ call: string; argument: string }>({
    title: 'count or for_each on one of two module calls',
    message: ({ call, argument }) =>
      `${call} has ${argument}, and the call it belongs to does not have the same: it is not known which rows belong to which instance.`,
    hint: () =>
      'Give both calls the same for_each, or write the call once for each cluster. A count of `condition ? 1 : 0` is understood.',
  }),
  TAE207: blocker('enable-api')<{ call: string; version: string; argument: string }>({
    title: 'Argument of version 19 in a call of version 20',
    message: ({ call, version, argument }) =>
      `${call} is at ${version} and still has ${argument}, which that version does not know: Terraform refuses it.`,
    hint: () => 'Move the rows into the aws-auth submodule (`//modules/aws-auth`, version "~> 20.0"), then run again.',
  }),
  TAE208: warning<{ call: string; source: string }>({
    title: 'The mode is an expression',
    message: ({ call, source }) => `authentication_mode of ${call} is ${source}, which is not overwritten.`,
    hint: ({ source }) =>
      `Where ${source} gets its value, set "API_AND_CONFIG_MAP" for phase 1 and "API" for phase 4, and look at the plan before each next phase.`,
  }),
  TAE209: warning<{ call: string; constraint: string; window: string; effect: string }>({
    title: 'The version constraint admits releases with a known fault',
    message: ({ call, constraint, window, effect }) => `${call}: "${constraint}" admits ${window}, where ${effect}.`,
    hint: () =>
      'Check the release in use in .terraform/modules/modules.json. Run `terraform init -upgrade` where it is one of these.',
  }),
  TAE210: blocker('remove-aws-auth')<{ writer: string; beside: string }>({
    title: 'A second writer of aws-auth',
    message: ({ writer, beside }) =>
      `${writer} writes the aws-auth ConfigMap, and ${beside} has rows for it too. Only the rows of ${beside} are converted here.`,
    hint: ({ writer, beside }) =>
      `Move the rows of ${writer} into ${beside}, or make sure that they are not needed, and remove it before aws-auth goes.`,
  }),
  TAE211: blocker('clean-up')<{ call: string; reference: string }>({
    title: 'Something still refers to the aws-auth call',
    message: ({ call, reference }) => `${call} cannot be removed: ${reference} refers to it.`,
    hint: () => 'Remove that reference. After phase 3 the call creates nothing, so nothing has to wait for it.',
  }),
  TAE212: blocker('remove-aws-auth')<{ list: string; what: string; why: string }>({
    title: 'The list is known only at plan time, and cannot be converted there',
    message: ({ list, what, why }) => `${list}: the rows of ${what} are known only at plan time, and ${why}.`,
    hint: () => 'Write the rows out as a list, or convert them by hand and take the list away here.',
  }),
  TAE213: blocker('add-access-entries')<{ count: number }>({
    title: 'More access entries than a cluster may have',
    message: ({ count }) => `${count} access entries: a cluster may have 3,000, and the quota cannot be raised.`,
    hint: () => 'Grant access to fewer, shared roles.',
  }),
  TAE214: warning<{ call: string }>({
    title: 'enable_cluster_creator_admin_permissions without a snapshot',
    message: ({ call }) =>
      `${call} gets enable_cluster_creator_admin_permissions: the module then creates an entry for whoever runs Terraform. Where EKS has made one already, the apply fails with 409 ResourceInUseException, and no policy of the other entries is associated until that is fixed.`,
    hint: () =>
      'Give the live entries with --existing, or leave the flag out and list the role that runs Terraform as an entry of its own.',
  }),
  TAE215: blocker('add-access-entries')<{ runner: string }>({
    title: 'The runner has an entry already',
    message: ({ runner }) =>
      `The cluster has an access entry for ${runner}: with enable_cluster_creator_admin_permissions the module would create it again, and the apply fails with 409 ResourceInUseException.`,
    hint: () => 'Leave --cluster-creator-admin out, or import the entry first.',
  }),
  TAE216: note<{ call: string; constraint: string; version: string }>({
    title: 'Version read from a constraint',
    message: ({ call, constraint, version }) => `${call}: "${constraint}" is read as its newest release, ${version}.`,
    hint: () => 'Run `terraform init -upgrade` before phase 1, or pin the release.',
  }),
  TAE217: blocker('enable-api')<{ call: string; mode: string }>({
    title: 'Unknown mode',
    message: ({ call, mode }) => `authentication_mode of ${call} is "${mode}", which EKS does not know.`,
    hint: () => 'EKS knows CONFIG_MAP, API_AND_CONFIG_MAP and API.',
  }),
  TAE218: note<{ what: string }>({
    title: 'Left in the source',
    message: ({ what }) => `${what} may be needed for the aws-auth call alone. It stays.`,
    hint: () => 'Remove it by hand when nothing else needs it.',
  }),
  TAE219: note<{ comment: string; phase: PhaseId }>({
    title: 'A comment is left out',
    message: ({ comment, phase }) =>
      `The comment "${comment}" is not in the revision ${phase}: it stands in text that is replaced.`,
    hint: () => 'Put it back by hand where it belongs.',
  }),
  TAE243: warning<{ cluster: string }>({
    title: 'The entry of the cluster creator cannot be asked for',
    message: ({ cluster }) =>
      `--cluster-creator-admin sets an argument of the eks module, and ${cluster} is no call of it: nothing is written for whoever runs Terraform.`,
    hint: () => 'Give the role that runs Terraform a row in aws-auth or an access entry of its own.',
  }),
  TAE220: blocker('enable-api')<{ call: string }>({
    title: 'Two mappings for one cluster',
    message: ({ call }) =>
      `${call} is a second aws-auth call for the same cluster: the two overwrite each other on every apply.`,
    hint: () => 'Merge their rows into one call, apply it, and run again.',
  }),
  TAE221: warning<{ call: string }>({
    title: 'Existing entries that cannot be read',
    message: ({ call }) =>
      `access_entries of ${call} is known in part only: it may hold an entry for a principal that gets another one here. That fails with 409 ResourceInUseException.`,
    hint: () => 'Compare the plan of phase 2 with the principals of this report.',
  }),
  TAE222: blocker('enable-api')<{ call: string; argument: string }>({
    title: 'Argument that the aws-auth submodule does not know',
    message: ({ call, argument }) =>
      `${call} has ${argument}, which the aws-auth submodule of version 20 does not know: Terraform refuses it, and its rows are not read here.`,
    hint: () =>
      'The submodule knows aws_auth_roles, aws_auth_users, aws_auth_accounts, create_aws_auth_configmap, manage_aws_auth_configmap and create.',
  }),
  TAE223: warning<{ call: string }>({
    title: 'enable_cluster_creator_admin_permissions beside new entries',
    message: ({ call }) =>
      `${call} has enable_cluster_creator_admin_permissions: the module makes an entry for whoever runs Terraform. If that is one of the principals here, phase 2 makes two entries for it and fails with 409 ResourceInUseException.`,
    hint: () => 'Name the role that runs Terraform with --runner.',
  }),
  TAE245: refusedRequest<{ problem: string }>({
    title: 'What a phase would write does not read back',
    message: ({ problem }) => `No phase is written: ${problem}. Somebody could lose access.`,
    hint: () =>
      'Look at the comments, brackets and `moved` blocks around this place, and write them in a plainer way. If that does not help, report it with the module.',
  }),
  TAE244: blocker('split-aws-auth')<{ call: string }>({
    title: 'Declared twice',
    message: ({ call }) =>
      `${call} is declared a second time: Terraform refuses that, and which of the two counts is not known.`,
    hint: () => 'Remove one of the two, or give it another label. Run `terraform validate` before the next run.',
  }),
};
