import { finding, warning } from './definition.ts';

type Principal = { principal: string };

/** TAE501-TAE599: what a plan does, judged for a phase. */
export const planCodes = {
  TAE501: finding<{ address: string; what: string }>({
    title: 'Cluster destroyed or replaced',
    message: ({ address, what }) => `${address} is ${what}: the cluster and all that runs in it are lost.`,
    hint: () =>
      'Do not apply. Look in the plan for "forces replacement". With the eks module before 20.13.1 it is bootstrap_cluster_creator_admin_permissions: update the module.',
  }),
  TAE502: finding<{ address: string; before: string; after: string }>({
    title: 'Mode goes back or skips a step',
    message: ({ address, before, after }) =>
      `The mode of ${address} goes from ${before} to ${after}. EKS takes it one step forward at a time: CONFIG_MAP, API_AND_CONFIG_MAP, API.`,
    hint: () => 'Set authentication_mode to the next step, or to the mode in force.',
  }),
  TAE503: finding<Principal & { address: string; where: string }>({
    title: 'aws-auth goes while a principal has no entry',
    message: ({ principal, address, where }) =>
      `${principal} loses access: its row in ${address} is removed or is no longer in force, and ${where} have no entry for it.`,
    hint: () =>
      'Add its entry and apply that first. Where the entry is live and not in this state, like those that EKS makes, name the live entries with --existing.',
  }),
  TAE504: finding<Principal & { from: string; to: string }>({
    title: 'Entry destroyed and created for one principal',
    message: ({ principal, from, to }) =>
      from === to
        ? `The entry of ${principal} is replaced (${from}): the principal is without access in between, and for good if creating fails.`
        : `The entry of ${principal} is destroyed at ${from}, and exists or is created at ${to}: the principal is without access in between, or for good.`,
    hint: ({ from, to }) =>
      from === to
        ? 'Look in the plan for "forces replacement": the ARN, the type and the cluster of an entry cannot change.'
        : `Write a moved block from ${from} to ${to}.`,
  }),
  TAE505: finding<Principal & { address: string; where: string }>({
    title: 'Entry exists already',
    message: ({ principal, address, where }) =>
      `${address} creates an entry for ${principal}, which has one already (${where}). EKS refuses that with 409 ResourceInUseException, and then no policy of this apply is associated.`,
    hint: () => 'Import the entry, or take the key out of access_entries.',
  }),
  TAE506: finding<{ role: string; address: string }>({
    title: 'Role recreated, entry stays',
    message: ({ role, address }) =>
      `${role} is made again, and its entry ${address} stays: EKS knows the old role by its id, so the new one is refused with 401.`,
    hint: () =>
      'Keep the role. Where it has to be made again, replace its entry too, in an apply of its own (`terraform apply -replace`), as somebody who has another entry.',
  }),
  TAE508: finding<{ address: string; action: string; phase: string; reason: string }>({
    title: 'Change that the phase does not make',
    message: ({ address, action, phase, reason }) =>
      `${address} (${action}) does not belong to phase ${phase}: ${reason}.`,
    hint: () => 'Apply that change before the phase or after it, in a plan of its own.',
  }),
  TAE509: finding<{ phase: string; what: string }>({
    title: 'Phase is not reached',
    message: ({ phase, what }) => `After this plan, phase ${phase} is not done: ${what}.`,
    hint: () => 'Check that the files of the phase are in the root module, and that --phase names the phase you mean.',
  }),
  TAE510: finding<{ what: string; advice: string }>({
    title: 'Plan does not show it',
    message: ({ what }) => `Not shown by the plan: ${what}.`,
    hint: ({ advice }) => `${advice} When you have checked it by hand: --accept-unverified.`,
  }),
  TAE511: warning<{ what: string }>({
    title: 'Accepted unverified',
    message: ({ what }) => `Accepted with --accept-unverified: ${what}.`,
  }),
  TAE512: warning<Principal & { owner: string }>({
    title: 'Node row left to EKS, entry not seen',
    message: ({ principal, owner }) =>
      `The row of ${principal} is removed. It is the role of ${owner}, whose entry EKS makes itself, so it is not in the state.`,
    hint: () => 'Check that the entry exists, or name the live entries with --existing.',
  }),
  TAE513: finding<{ accounts: string; address: string }>({
    title: 'Accounts in aws-auth go',
    message: ({ accounts, address }) =>
      `Every principal of ${accounts} that has no entry loses access: ${address} has it in mapAccounts, and an access entry cannot stand for an account.`,
    hint: () => 'Find in the authenticator log who signs in this way, and add an entry for each.',
  }),
  TAE514: warning<Principal>({
    title: 'Row without an entry after phase 2',
    message: ({ principal }) =>
      `${principal} has a row in aws-auth and no entry. It keeps its access until phase remove-aws-auth, which takes it away.`,
    hint: () => 'Add its entry, or settle its blocked row, before phase remove-aws-auth.',
  }),
  TAE515: finding<{ address: string; what: string }>({
    title: 'The upgrade to version 20 destroys or replaces something',
    message: ({ address, what }) =>
      `${address} would be ${what}. Phase split-aws-auth moves aws-auth and changes the rest in place at most.`,
    hint: () =>
      'Find the argument that keeps it as version 19 had it, and write it into the call. A policy attachment of a node role is moved with `terraform state mv` before the apply.',
  }),
};
