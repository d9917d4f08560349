import { blockedRow, blocker } from './definition.ts';

/** TAE203, TAE207, TAE250-TAE261, TAE269 and TAE330: modules before version 20, whose aws-auth rows are inside the eks call. */
export const inlineCodes = {
  TAE203: blocker('split-aws-auth')<{ call: string; version: string; obstacles: string; isUnit: boolean }>(
    'Release that cannot be edited to version 20',
    '{call} ({version}) has its aws-auth rows inside the eks module, and an edit cannot move it to version 20: {obstacles}.',
    ({ isUnit }) =>
      `Give ${isUnit ? '--emit aws-cli to leave the release as it is: a unit of Terragrunt has no place for resources' : '--emit resources to leave the release as it is: the entries then stand beside the module'}. Or go to version 19 by hand first, and run again.`,
  ),
  TAE207: blocker('enable-api')<{ call: string; version: string; argument: string; isUnit: boolean }>(
    'Argument for aws-auth in a call of version 20 or newer',
    ({ call, version, argument, isUnit }) =>
      `${call} is at ${version} and still has ${argument}, which that version does not know: Terraform ${isUnit ? 'ignores it, and nothing writes these rows' : 'refuses it'}.`,
    ({ isUnit }) =>
      isUnit
        ? 'Where an older release was applied last, put its version back and run again: TAE290 has the steps. Otherwise take the argument out, and give the live ConfigMap with --aws-auth: it has the rows that count.'
        : 'Where an older release was applied last, put its version back and run again: from version 19 the tool writes the step to version 20. Otherwise move the rows into the aws-auth submodule (`//modules/aws-auth`, version "~> 20.0"), beside those that are live, which it overwrites.',
  ),
  TAE250: blocker('split-aws-auth')(
    'No release of version 20 fits the constraints',
    '{call} cannot go to version 20: {subject} must be {constraint}, and no release from 20.13.1 on fits that (the first needs {needs}).',
    'Raise the constraint in a change of its own, apply it, and run again. With the aws provider 5.34 or newer, --emit resources leaves the module at its release.',
  ),
  TAE251: blocker('split-aws-auth')(
    'The release of the call cannot be changed here',
    'The release of {call} cannot be set to one of version 20: {reason}.',
    'Use terraform-aws-modules/eks in the call, with `version` as a string or with `?ref=` in a git source, and run again. Or give --emit resources to leave it as it is.',
  ),
  TAE252: blocker('split-aws-auth')<{
    call: string;
    argument: string;
    version: string;
    advice: string;
    isUnit: boolean;
  }>(
    'Argument that version 20 does not know',
    ({ call, argument, version, isUnit }) =>
      `${call} has ${argument}, which ${version} does not know: Terraform would ${isUnit ? 'ignore' : 'refuse'} it.`,
    ({ advice }) => (advice === '' ? 'Take it out: version 19 does not know it either.' : advice),
  ),
  TAE253: blocker('split-aws-auth')<{ call: string; name: string; whole: boolean; version: string; advice: string }>(
    'Output that version 20 does not have',
    ({ call, name, whole, version }) =>
      whole
        ? `${call} is read as a whole here, and ${version} does not have all of its outputs under the same names (${name}).`
        : `The output ${name} of ${call} is read here, and ${version} does not have it under that name.`,
    ({ advice }) => advice,
  ),
  TAE254: blocker('split-aws-auth')(
    'Self-managed groups that are not written out',
    'The source does not write out all self_managed_node_groups of {call} in one map. Version 20 wants ami_type in place of the platform of a group, and which groups have one is not known.',
    'Write the groups out as one map, in the call or in a local, and run again.',
  ),
  TAE255: blocker('split-aws-auth')(
    'Self-managed group whose role the module does not make',
    '{group} of {call} has no instance profile of the module, or only a plan knows whether it has one. Version 20 would make an access entry for its iam_role_arn, which it then does not have, and the plan of phase 2 would fail.',
    'Give the group `iam_role_arn`, or `create_access_entry = false` where an entry is made elsewhere. Version 19 reads neither.',
  ),
  TAE256: blocker('split-aws-auth')(
    'Platform of a self-managed group',
    'A self-managed group of {call} has a platform, which {version} refuses. The source does not tell which ami_type to write in its place.',
    'Write a platform that is linux or windows as that, and take out an `ami_type` beside it, which version 19 does not read. Otherwise upgrade the module by hand, with `ami_type` in place of `platform`, as the page of this code says, or leave it at its release with --emit resources.',
  ),
  TAE257: blocker('split-aws-auth')(
    'Rows of one list with different keys or types',
    'The row of {row} {problem}. Version 20 takes the rows of the nodes and this one as one list, whose items must be of one type.',
    'Write all of rolearn, username and groups, a list of strings, in the row, and nothing else: `[]` where it has no groups, "" where it has no username.',
  ),
  TAE258: blocker('split-aws-auth')(
    'Instances that the source does not tell',
    '{call} has {argument}, and the source does not tell which instances that makes. Each needs its own moved block.',
    'Write the keys of all instances out: one that is left out is destroyed with its cluster. Or write the call once for each cluster, each with a moved block from its instance of today.',
  ),
  TAE259: blocker('split-aws-auth')(
    'create_access_entry cannot be written',
    'Version 20 makes an access entry for each self-managed group of {call}, which fails until phase 1 is applied. The edit that prevents this cannot be made here: self_managed_node_group_defaults is no literal object, or create_access_entry is written there or in a group, other than as false.',
    'Write self_managed_node_group_defaults out as an object in the call. Take out create_access_entry, which version 19 does not read.',
  ),
  TAE260: blocker('add-access-entries')(
    'The provider does not know access entries',
    'The constraint of the provider hashicorp/aws is "{constraint}". aws_eks_access_entry with a type needs 5.34.0 or newer.',
    'Raise the constraint in a change of its own, apply it, and run again.',
  ),
  TAE261: blocker('split-aws-auth')(
    'Partition whose policy attachments version 20 does not move',
    '{call} is in the partition {partition}, and the moved blocks of version 20 are for the partition aws only. Version 20 destroys and creates the policy attachments of node roles in no fixed order there, and nodes may lose their policies.',
    'Give --emit resources to leave the module at its release. Or upgrade it by hand, with `terraform state mv` for each attachment that the plan would destroy, and moved blocks for aws-auth into a call of modules/aws-auth: the page of this code has the steps.',
  ),
  TAE330: blockedRow<{ call: string; argument: string; nodes: string }>(
    'Nodes whose role the source does not tell',
    ({ call, argument, nodes }) =>
      `${call} writes a row for ${nodes} (${argument}). Without an entry for their role these nodes cannot join once aws-auth is gone.`,
    ({ argument }) =>
      `Find the role with \`kubectl get configmap aws-auth -n kube-system -o yaml\`, make an entry of its type for it, then drop the row in the config: { "drop": [{ "principal": "${argument}", "reason": "..." }] }.`,
  ),
};
