import { blocker, warning } from './definition.ts';

const upgrade = blocker('upgrade-to-v21');

/** TAE237-TAE242, TAE450-TAE456: the upgrade of the module to version 21. */
export const upgradeCodes = {
  TAE237: upgrade<{ call: string; argument: string; version: string; advice: string }>({
    title: 'Argument that version 21 does not have',
    message: ({ call, argument, version }) =>
      `${call} has ${argument}, which ${version} does not have: Terraform refuses it.`,
    hint: ({ advice }) =>
      advice === '' ? 'Remove it, or write what it did in another way, while the module is at version 20.' : advice,
  }),
  TAE238: upgrade<{ call: string; output: string; version: string; advice: string; file: string }>({
    title: 'Output that version 21 does not have',
    message: ({ call, output, version, file }) =>
      `${file === '' ? 'The' : `${file} reads the`} output ${output} of ${call}${file === '' ? ' is read here' : ''}, and ${version} does not have it.`,
    hint: ({ advice }) => (advice === '' ? 'Remove what reads it while the module is at version 20.' : advice),
  }),
  TAE239: upgrade<{ what: string; constraint: string; needs: string; isProvider: boolean }>({
    title: 'No release of version 21 fits the constraints',
    message: ({ what, constraint, needs }) =>
      `${what} is held at "${constraint}", and version 21 of the module needs "${needs}".`,
    hint: ({ isProvider }) =>
      isProvider
        ? 'Admit version 6 of the aws provider, in a change of its own: its upgrade guide concerns the whole root module.'
        : 'Admit Terraform 1.5.7 or newer, or OpenTofu 1.6 or newer.',
  }),
  TAE240: upgrade<{ call: string; reason: string }>({
    title: 'The version cannot be written',
    message: ({ call, reason }) => `${call} cannot be moved to version 21: ${reason}.`,
    hint: () => 'Write a version 20 into the call, or its tag as ?ref= of the source.',
  }),
  TAE241: upgrade<{ place: string; problem: string; advice: string }>({
    title: 'Value that version 21 does not take',
    message: ({ place, problem }) => `${place} ${problem}, and the type of version 21 does not take that.`,
    hint: ({ advice }) => advice,
  }),
  TAE242: warning<{ call: string; source: string }>({
    title: 'Encryption that may be off',
    message: ({ call, source }) =>
      `cluster_encryption_config of ${call} is ${source}. Where that is {}, version 20 sets no key, and version 21 makes one and encrypts secrets with it, which cannot be undone.`,
    hint: () => 'Where it is {}, write null before this phase is applied.',
  }),
  TAE450: warning<{ call: string; group: string; key: string; advice: string }>({
    title: 'Key of a node group that version 21 drops',
    message: ({ call, group, key }) =>
      `${key} in ${group} of ${call} is not in the type of version 21, which silently drops it.`,
    hint: ({ advice }) => (advice === '' ? 'Remove it, or write what it did in another way.' : advice),
  }),
  TAE451: warning<{ what: string; old: string }>({
    title: 'Defaults of a node group that version 21 changes',
    message: ({ what, old }) =>
      `${what} leaves out arguments whose default version 21 changes, and its nodes are replaced. Version 20 has: ${old}.`,
    hint: () =>
      'Write them out, while the module is at version 20: the plan shows no change then. Or accept new nodes.',
  }),
  TAE452: warning<{ call: string }>({
    title: 'Security groups for pods',
    message: ({ call }) =>
      `Version 21 detaches AmazonEKSVPCResourceController from the role of ${call}. Security groups for pods need it.`,
    hint: () =>
      'Where no SecurityGroupPolicy is in use, accept that. Where one is, move the attachment into iam_role_additional_policies while the module is at version 20, as the page of this code shows.',
  }),
  TAE453: warning<{ call: string; outputs: string }>({
    title: 'A call that is read as a whole',
    message: ({ call, outputs }) =>
      `${call} is read as one object. Version 21 does not have these outputs, and the source does not tell whether one of them is read: ${outputs}.`,
    hint: () => 'Look at what reads it.',
  }),
  TAE454: warning<{ call: string; what: string }>({
    title: 'Values that are not checked for version 21',
    message: ({ call, what }) =>
      `${what} of ${call} is an expression, so it is not checked what version 21 drops or refuses of it.`,
    hint: () => 'Compare it with the type in variables.tf of version 21, and look at the plan.',
  }),
  TAE455: warning<{ call: string; addons: string }>({
    title: 'Add-ons that version 21 updates',
    message: ({ call, addons }) =>
      `${call} names neither addon_version nor most_recent for ${addons}. Version 21 moves such an add-on to its most recent version.`,
    hint: () => 'Write most_recent = false to keep the default version.',
  }),
  TAE456: warning<{ call: string; entry: string; key: string; keys: string }>({
    title: 'Key of an access entry that is dropped',
    message: ({ call, entry, key }) =>
      `${key} in ${entry} of ${call} is not in the type of version 21. Version 20 ignores it, and version 21 drops it.`,
    hint: ({ keys }) => `The keys there are ${keys}.`,
  }),
};
