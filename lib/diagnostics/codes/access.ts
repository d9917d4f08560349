import { finding, warning } from './definition.ts';

type Principal = { principal: string };

/** TAE601-TAE699: the live ConfigMap beside the live entries. */
export const accessCodes = {
  TAE601: finding<Principal & { lost: string; entry: boolean; checked: boolean }>({
    title: 'Principal loses access',
    message: ({ principal, lost, entry }) =>
      `${principal} loses ${lost} when aws-auth goes: ${entry ? 'its entry does not grant it' : 'it has no entry'}.`,
    hint: ({ entry, checked }) =>
      `${entry ? 'Give the entry what is missing.' : 'Add its entry.'}${checked ? '' : ' With --rbac it is checked whether anything is bound to a group or a username.'}`,
  }),
  TAE602: warning<Principal & { lost: string }>({
    title: 'Principal loses a name that no binding uses',
    message: ({ principal, lost }) => `${principal} loses ${lost} when aws-auth goes.`,
    hint: () => 'Check whether something outside RBAC uses the name: an audit query, an admission webhook.',
  }),
  TAE603: warning<Principal & { gained: string; row: boolean }>({
    title: 'Entry grants more than the row',
    message: ({ principal, gained, row }) =>
      row
        ? `The entry of ${principal} grants ${gained}, which its row in aws-auth does not.`
        : `${principal} has an entry${gained === '' ? '' : ` with ${gained}`}, and no row in aws-auth that is in force.`,
    hint: () => 'The entry is in force already. Check that this access is wanted.',
  }),
  TAE604: finding<{ account: string }>({
    title: 'Account in the live aws-auth',
    message: ({ account }) =>
      `Every principal of account ${account} that has no entry loses access when aws-auth goes: mapAccounts lets them all in.`,
    hint: () => 'Find in the authenticator log who signs in this way, and add an entry for each.',
  }),
  TAE605: finding<{ list: string; reason: string }>({
    title: 'List of aws-auth is not in force',
    message: ({ list, reason }) => `${list} grants nothing to anybody today: ${reason}.`,
    hint: () =>
      'If the authenticator log of the cluster has an error about it, remove the list: nobody loses access. Otherwise get the ConfigMap again.',
  }),
  TAE606: warning<{ place: string; reason: string }>({
    title: 'Part of aws-auth without effect',
    message: ({ place, reason }) => `${place}: ${reason}.`,
    hint: () => 'An entry for it would grant access that nobody has today.',
  }),
  TAE607: warning<Principal & { places: string }>({
    title: 'Rows of one principal in different cases',
    message: ({ principal, places }) =>
      `${places} name ${principal} in different cases. The authenticator picks one of them at each request, so all that they grant is compared.`,
  }),
  TAE608: finding<Principal>({
    title: 'Policies of an administrator are not known',
    message: ({ principal }) =>
      `${principal} is in system:masters, and the snapshot has its entry without its policies. It is not known whether it stays an administrator.`,
    hint: () =>
      'Take the snapshot again, with list-associated-access-policies for each entry. MIGRATION.md has the loop.',
  }),
};
