import { note, refusedRequest, warning } from './definition.ts';

const waysToAddresses = {
  release: 'Pin the release, or state it in the config as "moduleVersion".',
  'by-hand': 'Write the blocks by hand, with the whole address of the instance: the page of this code has one.',
  written: 'Write what it gives into the block itself, as a value, and run again.',
  upgrade: 'Go to version 20.0.1 or later first: its entries have the addresses of today.',
};

/** TAE224-TAE228, TAE431-TAE438: import blocks. */
export const importCodes = {
  TAE224: refusedRequest<{ call: string; why: string; way: 'release' | 'by-hand' | 'written' | 'upgrade' }>(
    'Addresses of the entries are not known',
    ({ call, why }) => `The addresses of the entries of ${call} are not known: ${why}.`,
    ({ way }) => waysToAddresses[way],
  ),
  TAE225: refusedRequest<{ path: string; calls: string }>(
    'Probably not a root module',
    ({ path, calls }) =>
      `${calls ? `${path} is called by ${calls}.` : `${path} has variables, and neither a provider nor a backend: other modules seem to call it.`} An import block belongs in the root module.`,
    ({ path, calls }) =>
      `Give ${calls ? `${path} and ` : ''}the address under which the root module calls ${calls ? 'it' : 'this directory'}, such as --module-address module.platform, and put the blocks there. Where this is the root module: --module-address root.`,
  ),
  TAE226: refusedRequest<{ says: string; count: number; resource: string; why: string }>(
    'No form of import blocks fits required_version',
    ({ says, count, resource, why }) =>
      `${count === 1 ? 'An import block' : `${count} import blocks`} for ${resource} cannot be written: ${says}; ${why}.`,
    'Change required_version, or use the command `terraform import`.',
  ),
  TAE227: refusedRequest('Entry that Terraform cannot adopt', 'The entry of {principal} cannot be adopted: {problem}.'),
  TAE228: refusedRequest(
    'No such cluster in the module',
    'No cluster of the module is known to be {name}: {found}.',
    'Give the name that the cluster has in EKS. With several clusters, the source must tell the name of each.',
  ),
  TAE431: note('Nothing to import', 'Nothing to import: {reason}.'),
  TAE432: warning<{ address: string; what: string; live: string; declared: string }>(
    'Imported, then replaced',
    ({ address, what, live, declared }) =>
      `The live ${what} of ${address} is ${live}, in the source it is ${declared}. It cannot be changed in place: after the import, the same plan destroys and creates it, and what it grants is gone in between.`,
    'Write what is live into the source first, unless the replacement is wanted.',
  ),
  TAE433: warning(
    'Principals that the source does not tell',
    'The principal of {what} is known at plan time only. Live entries that match nothing in the source: {live}. If it is one of them and not in the state, the apply fails with 409 ResourceInUseException.',
    'Compare with the plan: `tf-access-entries verify-plan plan.json --phase add-access-entries --existing entries.json` finds an entry that exists, and `terraform import` takes it into the state at its address in the plan. The config can state an ARN under "principals".',
  ),
  TAE434: warning<{ count: number }>(
    'Blocks for entries that phase 2 adds',
    ({ count }) =>
      `${count === 1 ? 'One imported entry is' : `${count} imported entries are`} not in the source yet. Terraform refuses an import block without its resource.`,
    'Add the blocks together with phase add-access-entries, converted with the same flags and without --existing: with it, convert adds no entry where one exists.',
  ),
  TAE435: warning<{ missing: 'state' | 'live' }>(
    'Snapshot without the state, or without the live entries',
    ({ missing }) =>
      missing === 'state'
        ? 'The state is not known. An entry that the state has under another address is imported by these blocks and destroyed at that address, in one plan.'
        : 'The snapshot is a state, which has what Terraform made. Entries that EKS or a person made are not in it.',
    ({ missing }) =>
      missing === 'state'
        ? 'Append the state to the file: `terraform show -json >> entries.json`. Or look for such addresses with `terraform state list`.'
        : 'Put the snapshot that `gates.sh snapshot` takes, beside MIGRATION.md, into the same file.',
  ),
  TAE436: warning(
    'Import under a condition',
    '{address} stands under a condition. Where it does not hold, Terraform refuses the import block, and the plan fails.',
    'Leave it out of the import blocks there, and each policy under the same condition.',
  ),
  TAE437: note<{ what: string; version: string; says: string }>(
    'Blocks need a newer Terraform than required_version asks for',
    ({ what, version, says }) =>
      `${what} need Terraform ${version} or newer, or OpenTofu ${version === '1.7' ? '1.7' : '1.6'}, and ${says}. An older one refuses the file and changes nothing.`,
  ),
  TAE438: warning(
    'Who runs Terraform is not known',
    '{call} has enable_cluster_creator_admin_permissions, which makes an entry for whoever runs Terraform. Live entries that match nothing in the source: {live}. If it is one of them and not in the state, the apply fails with 409 ResourceInUseException.',
    'Name the role that runs Terraform with --runner.',
  ),
};
