import { finding, warning } from './definition.ts';

type Principal = { principal: string };

/** TAE501-TAE599: what a plan does, judged for a phase. */
export const planCodes = {
  TAE501: finding<{ address: string; what: 'destroyed' | 'replaced' }>(
    'Cluster destroyed or replaced',
    '{address} is {what}: the cluster and all that runs in it are lost.',
    ({ what }) =>
      what === 'replaced'
        ? 'Do not apply. Look in the plan for "forces replacement". Where it is at bootstrap_cluster_creator_admin_permissions, with a release of the eks module from 20.0.0 on, update it to 20.13.1 or newer of version 20; in an aws_eks_cluster resource list access_config[0].bootstrap_cluster_creator_admin_permissions in ignore_changes. Put any other argument back as it was.'
        : 'Do not apply. The source has no cluster at this address: put its call or resource back as it was, or write a moved block to its new address.',
  ),
  TAE502: finding(
    'Mode goes back or skips a step',
    'The mode of {address} goes from {before} to {after}. EKS takes it one step forward at a time: CONFIG_MAP, API_AND_CONFIG_MAP, API.',
    'Set authentication_mode to the next step, or to the mode in force.',
  ),
  TAE503: finding<
    Principal & { address: string; where: string; misfit?: { readonly type: string; readonly lost: string } }
  >(
    'aws-auth goes while a principal has no entry',
    // A live entry overrides its row already: what its type does not let in, the row did not either.
    ({ principal, address, where, misfit }) =>
      misfit === undefined
        ? `${principal} loses access: its row in ${address} is removed or is no longer in force, and ${where} have no entry for it.`
        : `${principal} has no entry that lets it in as its row does. The row in ${address} is removed or is no longer in force, and its entry (${where}), of type ${misfit.type}, lacks ${misfit.lost}.`,
    ({ misfit }) =>
      misfit === undefined
        ? 'Add its entry and apply that first. Where the entry is live and not in this state, like those that EKS makes, name the live entries with --existing.'
        : 'The type of an entry cannot be changed. While the row is in force, delete the entry and make one of the type that the row stands for: EC2_LINUX, EC2_WINDOWS, EC2, FARGATE_LINUX or HYBRID_LINUX for nodes, STANDARD for people.',
  ),
  TAE504: finding<Principal & { from: string; to: string; isUnknown?: boolean; madeAgain?: string; isTwice?: boolean }>(
    'Entry destroyed and created for one principal',
    ({ principal, from, to, isUnknown }) =>
      from === to
        ? `The entry of ${principal} is replaced (${from})${isUnknown ? ', since its principal is known after the apply only' : ''}: the principal has no entry in between, and none for good if creating fails.`
        : `The entry of ${principal} is destroyed at ${from}, and exists or is created at ${to}: the principal has no entry in between, or for good.`,
    ({ from, to, isUnknown, madeAgain, isTwice }) => {
      if (isTwice) {
        return `One entry is in the state twice: take it out at one address. \`terraform state rm '${from}'\`, and the same for each of its policy associations that is there twice. A moved block does not help: there is something at the other address already.`;
      }
      if (from !== to) {
        return `Write a moved block from ${from} to ${to}, and one for each of its policy associations that gets another address. Apply the moves in a plan of their own.`;
      }
      if (madeAgain !== undefined) {
        return `Keep ${madeAgain}. Where it has to be made again, apply both in a plan of their own, as somebody who has another entry, with \`-replace\` for each policy association of the entry that the plan does not replace. Do not apply the role or user by itself first: its ARN is known then, the entry stays, and EKS refuses whoever comes by it.`;
      }
      return isUnknown
        ? 'A data source in a module whose call has depends_on is read in the apply while something there changes: apply that first, with -target. Of a role of Identity Center write the ARN with its path: as principal_arn in place of the data source, or as sso_path in the call of aws-auth-entries. Another principal: apply first what makes it, with -target.'
        : 'Look in the plan for "forces replacement": the ARN, the type and the cluster of an entry cannot change. Put them back. Where the change is wanted, apply it by itself, as somebody who has another entry, with `-replace` for each of its policy associations: EKS deletes them with the entry, which the plan does not show.';
    },
  ),
  TAE505: finding<
    Principal & { address: string; where: string; isInPlan?: boolean; isImported?: boolean; isOfEks?: boolean }
  >(
    'Entry exists already',
    ({ address, principal, where, isImported = false }) =>
      isImported
        ? `${address} imports the entry of ${principal}, which is at ${where} already: two addresses stand for one entry, and who removes one of them destroys it for both.`
        : `${address} creates an entry for ${principal}, which has one already (${where}). EKS refuses that with 409 ResourceInUseException${isOfModule(address) ? ', and then no policy of this apply is associated' : ''}.`,
    ({ address, principal, isInPlan = false, isImported = false, isOfEks = false }) => {
      const second = isOfModule(address) ? 'the key out of access_entries' : 'the second one out';
      if (isImported)
        return `Take ${second}, and the import with it. For another key of one entry write a moved block.`;
      if (isOfEks)
        return `Take ${second}: EKS makes the entry. Where it has made none, name the live entries with --existing.`;
      return isInPlan
        ? `Take ${second}, without an import of the entry: it would be at two addresses, and who removes one of them destroys it for both.`
        : `Import the entry: \`tf-access-entries import-blocks\` prints the block, and \`terraform import '${address}' <cluster>:${principal}\` does the same for a key that only the plan knows. Or take ${second}.`;
    },
  ),
  TAE506: finding<{ role: string; address: string; isLiveOnly: boolean }>(
    'Role recreated, entry stays',
    '{role} is made again, and its entry {address} stays: EKS knows the old principal by its id, so the entry does not let the new one in.',
    ({ isLiveOnly }) =>
      isLiveOnly
        ? 'Keep it. Where it has to be made again, make its entry again after it, which is not in this state: `aws eks delete-access-entry`, then `create-access-entry` and `associate-access-policy` with what it had, as somebody who has another entry.'
        : 'Keep it. Where it has to be made again, apply that as somebody who has another entry, and after it replace its entry, and its associations with it, in an apply of its own (`terraform apply -replace`): in one apply the entry may be made first.',
  ),
  TAE508: finding(
    'Change that the phase does not make',
    '{address} ({action}) does not belong to phase {phase}: {reason}.',
    'Where it is wanted, apply that change before the phase or after it, in a plan of its own.',
  ),
  TAE509: finding(
    'Phase is not reached',
    'After this plan, phase {phase} is not done: {what}.',
    'Check that the phase is written into the root module, and that --phase names the phase you mean.',
  ),
  TAE510: finding(
    'Plan does not show it',
    'Not shown by the plan: {what}.',
    '{advice} When you have checked it by hand: --accept-unverified.',
  ),
  TAE511: warning('Accepted unverified', 'Accepted with --accept-unverified: {what}.'),
  TAE512: warning<Principal & { owner: string }>(
    'Node row left to EKS, entry not seen',
    ({ principal, owner }) =>
      `The row of ${principal} is removed or is no longer in force. It is the role of ${owner}, whose entry EKS makes itself, so it is not in the state.`,
    'Check that the entry exists, or name the live entries with --existing.',
  ),
  TAE513: finding(
    'Accounts in aws-auth go',
    'Every principal of {accounts} that has no entry loses access: {address} has it in mapAccounts, and an access entry cannot stand for an account.',
    'Find in the authenticator log who signs in this way, and add an entry for each. Then drop the account in tf-access-entries.config.json, and name that file with --config.',
  ),
  TAE514: warning<Principal & { address: string | undefined; where: string; isLiveKnown: boolean }>(
    'Row without an entry after phase 2',
    ({ principal, address, where }) =>
      `${principal} has a row in aws-auth${address === undefined ? '' : ` (${address})`}, and ${where} have no entry for it. Without one it keeps its access until phase remove-aws-auth, which takes it away.`,
    ({ isLiveKnown }) =>
      `Add its entry, or settle its blocked row, before phase remove-aws-auth.${isLiveKnown ? '' : ' Where the entry is live and not in this state, name the live entries with --existing.'}`,
  ),
  TAE515: finding(
    'The upgrade to version 20 destroys or replaces something',
    '{address} would be {what}. Phase split-aws-auth moves aws-auth and changes the rest in place at most.',
    'Find the argument that keeps it as version 19 had it, and write it into the call. A policy attachment of a node role is moved with `terraform state mv` before the apply. What you want gone yourself goes in an apply of its own, before this phase.',
  ),
  TAE516: finding<Rights>(
    'Entry grants other than its row',
    args => `The entry of ${args.principal} (${args.address}) overrides ${source(args)} at once: ${changed(args)}.`,
    'Write into the entry what the row grants. What takes the place of a group, of system:masters or of a username is decided in tf-access-entries.config.json: name that file with --config. Any other difference that is wanted comes after the phase, in a plan of its own.',
  ),
  TAE517: finding<Principal & { address: string; gained: string; unread: string; accepted: boolean }>(
    'Entry without a row',
    ({ principal, address, gained, unread, accepted }) => {
      const lets = `${address} lets ${principal} in${gained === '' ? '' : ` with ${gained}`}`;
      if (accepted) return `${lets}, which goes beyond its row that TAE308 was accepted for.`;
      const why = unread === '' ? '' : `: ${unread} of aws-auth cannot be read, so EKS takes it for empty`;
      return `${lets}, and no row of aws-auth that is in force names it${why}.`;
    },
    'Nobody gains access in this phase. Where it is wanted, apply it after the phase, in a plan of its own. Where the row was accepted in tf-access-entries.config.json, name that file with --config.',
  ),
  TAE518: finding<{ address: string; problem: string; isTaken?: boolean }>(
    'What EKS refuses of an entry or a policy',
    ({ address, problem, isTaken = false }) =>
      `${address} ${problem}.${isTaken ? '' : ' EKS refuses that. The apply fails, and policies of new entries may not be associated.'}`,
    'Correct it in the source, and plan again.',
  ),
  TAE521: warning<Rights>(
    'Entry in force grants other than its row',
    args =>
      `The entry of ${args.principal} (${args.address}) is in force already, and ${source(args)} is not: ${changed(args)}.`,
    'Check that this is wanted. Otherwise write into the entry what the row grants.',
  ),
};

type Rights = Principal & { address: string; lost: string; gained: string; byAccount: boolean };

const source = ({ byAccount }: Rights): string =>
  byAccount ? 'what mapAccounts of aws-auth gives it' : 'its row in aws-auth';

const changed = ({ lost, gained }: Rights): string =>
  [...(lost === '' ? [] : [`it lacks ${lost}`]), ...(gained === '' ? [] : [`it adds ${gained}`])].join(', and ');

/** The eks module associates no policy before all its entries are made; a resource beside it waits for its own entry alone. */
const isOfModule = (address: string): boolean => /^module\..*\.aws_eks_access_entry\.this\["/.test(address);
