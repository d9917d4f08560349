import type { PhaseId } from '../phase-id.ts';
import { blockedRow, blocker, note, refusedRequest, warning } from './definition.ts';

/** What to do about a release that no phase is written for. */
const waysToVersion20 = {
  newer: 'Move to 20.13.1 or a newer release of version 20 in a change of its own, apply it, and run again.',
  stay: 'Leave the release as it is, and give --emit resources. Or move to 20.13.1 or a newer release of version 20 by the upgrade guides of the module, in a change of its own, apply it, and run again.',
  unit: 'Leave the release as it is, and give --emit aws-cli: a unit of Terragrunt has no place for resources. Or move to 20.13.1 or a newer release of version 20 by the upgrade guides of the module, in a change of its own, apply it, and run again.',
  mustStay:
    'Leave the release as it is, and give --emit resources. Version 20 lacks the output that eks-auth takes the rows of nodes from: after that upgrade they are gone from aws-auth.',
  submodule: 'Set its version to "~> 20.0". The call of the cluster may be of another version.',
  submoduleOfGit: 'Set the ref of its source to v20.37.2. The call of the cluster may be of another version.',
};

/** What to do about a list of which neither the source nor a plan makes entries. */
const waysOutOfList = {
  rows: 'Write the rows out as a list. Or write their entries by hand, apply them after phase 1, and then take the list away here.',
  // To take these away would be to take the nodes away.
  groups: 'Write the groups out as one map.',
  off: 'Write entries by hand for the rows that the live ConfigMap has, apply them after phase 1, and then take the list away here.',
};

export type WayToVersion20 = keyof typeof waysToVersion20;

/** TAE201-TAE299: module calls, versions, the mode, what surrounds the rows. */
export const moduleCodes = {
  TAE201: blocker('enable-api')(
    'Module version unknown',
    'The version of {call} is unknown: {reason}. What a phase does depends on it.',
    'State the release in use in the config, such as { "moduleVersion": "20.24.3" }. Version 22 and later are not known here; --emit aws-cli does without. Before 17 only an exact version is known.',
    ['{ "moduleVersion": "<the release>" }'],
  ),
  TAE202: blocker('enable-api')<{
    call: string;
    version: string;
    constraint: string | undefined;
    reason: string;
    way: WayToVersion20;
  }>(
    'Module version that cannot be migrated',
    ({ call, version, constraint, reason }) =>
      constraint === undefined
        ? `${call} is at ${version}: ${reason}.`
        : `${call}: "${constraint}" is read as ${version}: ${reason}.`,
    ({ way }) => waysToVersion20[way],
  ),
  TAE205: blocker('enable-api')(
    'No cluster in this root module',
    '{call} manages aws-auth of a cluster that is not made in this directory.',
    'Move the aws-auth call beside the module "eks" call; or name the cluster in the config as clusterName, and give --emit resources to have the entries written here as resources of their own ({ "emit": "resources" } in the config, for check as well), or --emit aws-cli for a script.',
  ),
  TAE208: warning(
    'The mode is an expression',
    'authentication_mode of {call} is {source}, which is not overwritten.',
    'Where {source} gets its value, set "API_AND_CONFIG_MAP" in place of "CONFIG_MAP" for phase 1, and "API" for phase 4. Look at the plan before each next phase.',
  ),
  TAE209: warning<{
    call: string;
    constraint: string;
    window: string;
    effect: string;
    /** Whether it admits major versions that are not known. */
    isOpen: boolean;
    refused: string | undefined;
  }>(
    'The version constraint admits releases with a known fault',
    ({ call, constraint, window, effect }) => `${call}: "${constraint}" admits ${window}, where ${effect}.`,
    ({ isOpen, refused }) => {
      if (refused !== undefined) return `Where the release in use is one of these, pin another one: ${refused}.`;
      const where = 'Check the release in use in .terraform/modules/modules.json. Where it is one of these,';
      return isOpen
        ? `${where} pin another one of its version: \`terraform init -upgrade\` takes the newest release that fits, of whatever version.`
        : `${where} run \`terraform init -upgrade\`; where the newest that the constraint admits is one of them, change the constraint first.`;
    },
  ),
  TAE210: blocker('remove-aws-auth')<{ writer: string; beside: string; off: string | undefined }>(
    'A second writer of aws-auth',
    ({ writer, beside, off }) =>
      `${writer} writes the aws-auth ConfigMap, and ${beside} has rows for it too${off === undefined ? '' : `, though its ${off} switches it off`}. Only the rows of ${beside} are ${off === undefined ? 'converted' : 'read'} here.`,
    ({ writer, beside, off }) =>
      off === undefined
        ? `Move the rows of ${writer} into ${beside}, or make sure that they are not needed. Then take ${writer} out of the source and, with \`terraform state rm\`, out of the state.`
        : `Take the rows out of ${beside}, which writes none of them. Those of ${writer} are converted then.`,
  ),
  TAE211: blocker('clean-up')(
    'Something still refers to the aws-auth call',
    '{call} cannot be removed: {reference} refers to it.',
    'Remove that reference. After phase 3 the call creates nothing, so nothing has to wait for it.',
  ),
  TAE212: blockedRow<{ list: string; what: string; why: string; way: keyof typeof waysOutOfList }>(
    'The list is known only at plan time, and cannot be converted there',
    ({ list, what, why }) => `${list}: the rows of ${what} are known only at plan time, and ${why}.`,
    ({ way }) => waysOutOfList[way],
  ),
  TAE213: blocker('add-access-entries')(
    'More access entries than a cluster may have',
    '{count} access entries: a cluster may have 3,000, and the quota cannot be raised.',
    'Grant access to fewer, shared roles.',
  ),
  TAE214: warning(
    'enable_cluster_creator_admin_permissions without a snapshot',
    '{call} gets enable_cluster_creator_admin_permissions: the module then creates an entry for whoever runs Terraform. Where EKS has made one already, the apply fails with 409 ResourceInUseException, and then the module associates no policy.',
    'After phase 1, give the live entries with --existing and the role that runs Terraform with --runner. Or leave the flag out: an entry that EKS has made goes on to work, and where there is none a row of the role that runs Terraform becomes one.',
  ),
  TAE215: blocker('add-access-entries')(
    'The runner has an entry already',
    'The cluster has an access entry for {runner}: with enable_cluster_creator_admin_permissions the module would create it again, and the apply fails with 409 ResourceInUseException.',
    'Leave --cluster-creator-admin out, or import the entry after phase 1, as the page of this code shows.',
  ),
  TAE216: note<{
    call: string;
    constraint: string;
    version: string;
    /** `open`: it admits major versions that are not known. `beyond`: it admits newer releases than the known ones only. */
    reading: 'closed' | 'open' | 'beyond';
    refused: string | undefined;
    /** The constraint admits a newer one, which has not the arguments of the call. */
    isOlder?: boolean;
  }>(
    'Version read from a constraint',
    ({ call, constraint, version, reading, isOlder }) =>
      reading === 'beyond'
        ? `${call}: "${constraint}" is newer than ${version}, the newest release of that version which is known here. It is read as that one.`
        : `${call}: "${constraint}" is read as ${version}, the newest release that fits${isOlder ? ' the call' : ''} of those known here.`,
    ({ reading, refused }) => {
      if (reading === 'beyond')
        return 'Look into the CHANGELOG of the module for changes of access entries, and at the plan of each phase.';
      if (refused !== undefined) return `Pin the release that was applied last: ${refused}.`;
      return reading === 'open'
        ? 'Pin the release that was applied last. `terraform init -upgrade` takes the newest release that fits, of whatever version.'
        : 'Run `terraform init -upgrade` before phase 1, or pin the release.';
    },
  ),
  TAE217: blocker('enable-api')(
    'Unknown mode',
    'authentication_mode of {call} is "{mode}", which EKS does not know.',
    'EKS knows CONFIG_MAP, API_AND_CONFIG_MAP and API.',
  ),
  TAE218: note(
    'Left in the source',
    '{what} may be needed for the aws-auth call alone. It stays.',
    'Remove it by hand when nothing else needs it.',
  ),
  TAE219: note<{ comment: string; phase: PhaseId }>(
    'A comment is left out',
    ({ comment, phase }) =>
      `The comment "${comment}" is not in the revision ${phase}: it stands in text that is replaced or removed.`,
    'Put it back by hand where it belongs.',
  ),
  TAE243: warning(
    'The entry of the cluster creator cannot be asked for',
    '--cluster-creator-admin sets an argument that the eks module has from version 20 on, and {cluster} does not have it: nothing is written for whoever runs Terraform.',
    'Where the role that runs Terraform has no access entry, give it a row in aws-auth, or an entry of its own with AmazonEKSClusterAdminPolicy.',
  ),
  TAE220: blocker('enable-api')<{
    call: string;
    /** The argument that switches it off. */
    off: string | undefined;
    /** What it has of aws-auth, where it is the call that makes the cluster. */
    own: readonly string[] | undefined;
    besideEks: boolean;
  }>(
    'Two mappings for one cluster',
    ({ call, off }) =>
      off === undefined
        ? `${call} is a second aws-auth call for the same cluster: whose rows are in force is not known.`
        : `${call} is a second aws-auth call for the same cluster, and its ${off} switches it off: it writes none of its rows.`,
    ({ off, own, besideEks }) =>
      off === undefined
        ? `Merge their rows into one call${besideEks ? ', into that of the eks module, which stays' : ''}, take the other one out of the source and, with \`terraform state rm\`, out of the state. Apply, and run again.`
        : `${own ? `Take ${own.join(', ')} out of it` : 'Remove it from the source'}, and do not move its rows into the other call, since they would let people in. The plan of that must destroy nothing. Run again.`,
  ),
  TAE221: warning<{ argument: string; call: string; role?: string | undefined }>(
    'Existing entries that cannot be read',
    ({ argument, call, role }) => {
      const what =
        role === undefined
          ? 'is known in part only: it may hold an entry for a principal that gets another one here'
          : `may be that of the role ${role}, which gets another one here`;
      return `${argument} of ${call} ${what}. That fails with 409 ResourceInUseException.`;
    },
    'Compare the plan of phase 2 with the principals of this report.',
  ),
  TAE222: blocker('enable-api')(
    'Argument that the aws-auth submodule does not know',
    '{call} has {argument}, which the aws-auth submodule of version 20 does not know: Terraform refuses it, and what it holds is not read here.',
    'The submodule knows aws_auth_roles, aws_auth_users, aws_auth_accounts, create_aws_auth_configmap, manage_aws_auth_configmap and create.',
  ),
  TAE223: warning<{ call: string; runner: string | undefined }>(
    'enable_cluster_creator_admin_permissions beside new entries',
    ({ call, runner }) =>
      runner === undefined
        ? `${call} has enable_cluster_creator_admin_permissions: the module makes an entry for whoever runs Terraform. If that is one of the principals here, phase 2 makes two entries for it and fails with 409 ResourceInUseException.`
        : `enable_cluster_creator_admin_permissions of ${call} is an expression. Where it is true, the module makes an entry for ${runner}. Where its row is in force then as well, phase 2 makes a second one, and the apply fails with 409 ResourceInUseException.`,
    ({ runner }) =>
      runner === undefined
        ? 'Name the role that runs Terraform with --runner.'
        : 'Write the value that it has, true or false, in place of the expression, and run again. With true the module makes the entry, with false the row does.',
  ),
  TAE229: blocker('remove-aws-auth')<{ list: string; resource: string; why: string }>(
    'Rows of a resource that cannot be read',
    ({ list, resource, why }) => `${list} of ${resource} cannot be read: ${why}. Which rows it has is not known.`,
    ({ list, resource }) =>
      resource.startsWith('kubectl_manifest.')
        ? 'Write the object as yaml_body = yamlencode({ ... }), with data = { mapRoles = yamlencode([...]) } in it, the expressions as they are and the rows that are live. Apply that first.'
        : list === 'data'
          ? 'Write the data out in the resource, with the rows that are live: data = { mapRoles = yamlencode([...]) }. Apply that first.'
          : `Write the list as ${list} = yamlencode([...]), with the expressions as they are and the rows that are live. Apply that first.`,
  ),
  TAE230: blocker('remove-aws-auth')(
    'Something needs what writes aws-auth',
    '{resource} cannot be given count = 0: {reference} refers to it, and there is no instance then.',
    'Remove that reference. A depends_on may stay until phase 5.',
  ),
  TAE231: blocker('add-access-entries')(
    'Rows that Terraform keeps as sensitive',
    '{list}: {what} is sensitive, and so is the map of entries that would be made of it. Terraform refuses a sensitive value as for_each, so the plan of phase 2 would fail.',
    'If a plan may show who has access, write nonsensitive(...) around it: an access entry shows in the state and in the console, too. Otherwise make these entries by hand after phase 1, and take the rows out in a later apply.',
  ),
  TAE245: refusedRequest(
    'What a phase would write does not read back',
    'No phase is written: {problem}. Somebody could lose access.',
    'Look at the comments, brackets and `moved` blocks around this place, and write them in a plainer way. If that does not help, report it with the module.',
  ),
  TAE244: blocker('split-aws-auth')(
    'Declared twice',
    '{call} is declared a second time: Terraform refuses that, and which of the two counts is not known.',
    'Remove one of the two, or give it another label. Run `terraform validate` before the next run.',
  ),
  TAE246: blocker('add-access-entries')(
    'Other text where the entries module belongs',
    '{path} is not as this release writes it: the call of {directory} may not fit to it.',
    'Remove the directory, so that it is written anew. Or name another place with --entries-module, a path that ends in aws-auth-entries.',
  ),
  TAE247: blocker('add-access-entries')(
    'Rows that fail the plan with these values',
    '{list}: with the values that --var-file gives, {address} fails the plan of phase 2. It refuses {rows}.',
    'Settle these rows where they come from, as the pages of their codes say, or write entries for their principals by hand and apply them before the rows go.',
  ),
  TAE249: blocker('remove-aws-auth')(
    'Rows of aws-auth that no phase converts',
    '{call} brings rows into aws-auth that are not converted: {who}. Once aws-auth is gone, or the mode is API, they grant nothing.',
    'Give the live ConfigMap with --aws-auth: it has every row that counts. Or write their entries, and take the rows out of {call} first.',
  ),
};
