import { finding, warning } from './definition.ts';

type Principal = { principal: string };

/** TAE601-TAE699: the live ConfigMap beside the live entries. */
export const accessCodes = {
  TAE601: finding<Principal & { lost: string; entry: boolean; checked: boolean }>({
    title: 'Principal loses access',
    message: ({ principal, lost, entry }) =>
      `${principal} loses ${lost} when aws-auth goes: ${entry ? 'its entry does not grant it' : 'it has no entry'}.`,
    hint: ({ entry, checked }) =>
      `${entry ? 'Give the entry what is missing.' : 'Add its entry.'}${checked ? '' : ' Whether anything is bound to a group or a username is told with --rbac.'}`,
  }),
  TAE602: warning<Principal & { lost: string }>({
    title: 'Principal loses what nothing depends on',
    message: ({ principal, lost }) => `${principal} loses ${lost} when aws-auth goes.`,
    hint: () => 'Look whether something outside of RBAC goes by the name: an audit query, an admission webhook.',
  }),
  TAE603: warning<Principal & { gained: string; row: boolean }>({
    title: 'Principal has more by its entry',
    message: ({ principal, gained, row }) =>
      row
        ? `${principal} has ${gained} by its entry, and not by its row in aws-auth.`
        : `${principal} has an entry${gained === '' ? '' : ` with ${gained}`}, and no row in aws-auth that counts.`,
    hint: () => 'The entry is in force already. Check that it is meant.',
  }),
  TAE604: finding<{ account: string }>({
    title: 'Account in the live aws-auth',
    message: ({ account }) =>
      `Every principal of account ${account} that has no entry loses access when aws-auth goes: mapAccounts lets them all in.`,
    hint: () => 'Find in the authenticator log who comes in that way, and add an entry for each.',
  }),
  TAE605: finding<{ list: string; reason: string }>({
    title: 'List of aws-auth is not in force',
    message: ({ list, reason }) => `${list} grants nothing to anybody today: ${reason}.`,
    hint: () =>
      'If the cluster says the same (its authenticator log has an error), nobody loses by its removal: take the list out. Else get the ConfigMap again.',
  }),
  TAE606: warning<{ place: string; reason: string }>({
    title: 'Part of aws-auth without effect',
    message: ({ place, reason }) => `${place}: ${reason}.`,
    hint: () => 'An entry for it would grant something that nobody has today.',
  }),
  TAE607: warning<Principal & { places: string }>({
    title: 'Which row counts is chance',
    message: ({ principal, places }) =>
      `${places} are for ${principal}, in different cases. The authenticator takes one or the other, so what all of them grant is compared.`,
  }),
  TAE608: finding<Principal>({
    title: 'Policies of an administrator are not known',
    message: ({ principal }) =>
      `${principal} is in system:masters, and the snapshot has its entry without its policies: whether it stays an administrator is not known.`,
    hint: () =>
      'Take the snapshot again, with list-associated-access-policies for each entry. MIGRATION.md has the loop.',
  }),
};
