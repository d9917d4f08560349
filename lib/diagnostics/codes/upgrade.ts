import { blocker, warning } from './definition.ts';

const upgrade = blocker('upgrade-to-v21');

/** TAE237-TAE242, TAE450-TAE456: the upgrade of the module to version 21. */
export const upgradeCodes = {
  TAE237: upgrade<{ call: string; argument: string; version: string; advice: string }>(
    'Argument that version 21 does not have',
    ({ call, argument, version }) => `${call} has ${argument}, which ${version} does not have: Terraform refuses it.`,
    ({ advice }) =>
      advice === '' ? 'Remove it, or write what it did in another way, while the module is at version 20.' : advice,
  ),
  TAE238: upgrade<{ call: string; output: string; version: string; advice: string; file: string }>(
    'Output that version 21 does not have',
    ({ call, output, version, file }) =>
      `${file === '' ? 'The' : `${file} reads the`} output ${output} of ${call}${file === '' ? ' is read here' : ''}, and ${version} does not have it.`,
    ({ advice }) => (advice === '' ? 'Remove what reads it while the module is at version 20.' : advice),
  ),
  TAE239: upgrade<{ by: 'aws' | 'tls' | 'engine'; constraint: string; needs: string }>(
    'No release of version 21 fits the constraints',
    ({ by, constraint, needs }) =>
      `${by === 'engine' ? 'Terraform' : `The ${by} provider`} is held at "${constraint}", and version 21 of the module needs "${needs}".`,
    ({ by }) =>
      ({
        aws: 'Move the module to 20.37.2 first, which does not admit version 6. Then admit version 6 of the aws provider, in a change of its own.',
        tls: 'Admit version 4 of the tls provider, which version 20 of the module takes as well, in a change of its own.',
        engine: 'Admit Terraform 1.5.7 or newer, or OpenTofu 1.6 or newer.',
      })[by],
  ),
  TAE240: upgrade(
    'The version cannot be written',
    '{call} cannot be moved to version 21: {reason}.',
    'Write a version 20 of terraform-aws-modules/eks into the call, or its tag as ?ref= of the source. With a fork, a call in an override file, or a unit of Terragrunt, move all calls by hand, without --to v21.',
  ),
  TAE241: upgrade(
    'Value that version 21 does not take',
    '{place} {problem}, and the type of version 21 does not take that.',
    '{advice}',
  ),
  TAE242: warning<{ call: string; source: string }>(
    'Encryption that may be off',
    ({ call, source }) =>
      `cluster_encryption_config of ${call} is ${source}. Where that is {}, version 20 sets no key, and version 21 by default makes one and encrypts secrets with it, which cannot be undone.`,
    'Where it is {}, make it null in the same apply as this phase: version 20 fails the plan with null.',
  ),
  TAE450: warning<{ call: string; group: string; key: string; advice: string }>(
    'Key of a node group that version 21 drops',
    ({ call, group, key }) =>
      `${key} in ${group} of ${call} is not in the type of version 21, which silently drops it.`,
    ({ advice }) => (advice === '' ? 'Remove it, or write what it did in another way.' : advice),
  ),
  TAE451: warning<{ what: string; old: string; isOfNodes: boolean }>(
    'Defaults of a node group that version 21 changes',
    ({ what, old, isOfNodes }) =>
      `${what} leaves out arguments whose default version 21 changes${isOfNodes ? ', and its nodes may be replaced' : ''}. Version 20 has: ${old}.`,
    ({ isOfNodes }) =>
      `Write them out, while the module is at 20.28.0 or a newer release of version 20: the plan should show no change then. Or accept ${isOfNodes ? 'new nodes' : 'the new default'}.`,
  ),
  TAE452: warning(
    'Security groups for pods',
    'Version 21 detaches AmazonEKSVPCResourceController from the role of {call}. Security groups for pods need it, and so do Windows nodes.',
    'Where no SecurityGroupPolicy is in use and no node runs Windows, accept that. Else move the attachment into iam_role_additional_policies while the module is at version 20, as the page of this code shows.',
  ),
  TAE453: warning(
    'A call that is read as a whole',
    '{call} is read as one object. Version 21 does not have these outputs, and the source does not tell whether one of them is read: {outputs}.',
    'Look at what reads it.',
  ),
  TAE454: warning(
    'Values that are not checked for version 21',
    '{what} of {call} is an expression, so it is not checked what version 21 drops or refuses of it.',
    'Compare it with the type in variables.tf of version 21, and look at the plan.',
  ),
  TAE455: warning(
    'Add-ons that version 21 updates',
    '{call} names neither addon_version nor most_recent for {addons}. Version 21 moves such an add-on to its most recent version.',
    'Write most_recent = false to keep the default version.',
  ),
  TAE456: warning(
    'Key of an access entry that is dropped',
    '{key} in {entry} of {call} is not in the type of version 21. Version 20 ignores it, and version 21 drops it.',
    'The keys there are {keys}.',
  ),
};
