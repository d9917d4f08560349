import { finding, note, warning } from './definition.ts';

type Principal = { principal: string };

type Loss = {
  lost: string;
  entry: boolean;
  /** Whether the bindings were looked at. */
  checked: boolean;
  /** The type of an entry of which no page says what it grants. */
  undocumented?: string;
  /** Whether the entry is of another type than the nodes of the row need. */
  isMisfit: boolean;
};

/** Source: EKS user guide, migrating to access entries: of a row and an entry of one principal the entry counts. */
const inForce = 'its entry counts in place of aws-auth';

const whenLost = ({ entry, undocumented }: Pick<Loss, 'entry' | 'undocumented'>): string => {
  if (!entry) return ' when aws-auth goes: it has no entry';
  if (undocumented === undefined) return `: ${inForce}, and does not grant it`;
  return `: ${inForce}, and it is not documented that one of type ${undocumented} grants it`;
};

/** TAE601-TAE699: the live ConfigMap beside the live entries. */
export const accessCodes = {
  TAE601: finding<Principal & Loss>(
    'Principal loses access',
    args => `${args.principal} loses ${args.lost}${whenLost(args)}.`,
    ({ entry, checked, undocumented, isMisfit }) => {
      if (undocumented !== undefined) return 'Try without the row whether such a node becomes ready.';
      if (isMisfit)
        return 'The type of an entry cannot be changed: while the row is there, delete the entry and make it again, of the type of its nodes.';
      return `${entry ? 'Give the entry what is missing.' : 'Add its entry.'}${checked ? '' : ' With --rbac it is checked whether anything is bound to a group or a username.'}`;
    },
  ),
  TAE602: warning<Principal & Pick<Loss, 'lost' | 'entry'>>(
    'Principal loses a name that gives it no right in RBAC',
    ({ principal, lost, entry }) => `${principal} loses ${lost}${entry ? `: ${inForce}` : ' when aws-auth goes'}.`,
    'Check whether something outside RBAC uses the name: an audit query, an admission webhook.',
  ),
  TAE603: warning<Principal & { gained: string; row: boolean }>(
    'Entry grants more than the row',
    ({ principal, gained, row }) =>
      row
        ? `The entry of ${principal} grants ${gained}, which aws-auth does not.`
        : `${principal} has an entry${gained === '' ? '' : ` with ${gained}`}, and no row in aws-auth that is in force.`,
    'The entry is in force already. Check that this access is wanted.',
  ),
  TAE604: finding(
    'Account in the live aws-auth',
    'Every principal of account {account} that has no entry loses access when aws-auth goes: mapAccounts lets them all in.',
    'Find in the authenticator log who signs in this way, and add an entry for each. Then take the account out of aws-auth, or drop it in a config and name that with --config.',
  ),
  TAE605: finding(
    'List of aws-auth is not in force',
    '{list} grants nothing to anybody today: {reason}.',
    'Get the ConfigMap again. Where it is the same, remove the list: nobody loses access. Of YAML that cannot be read, the authenticator log of the cluster has an error.',
  ),
  TAE606: warning(
    'Part of aws-auth that is not known to be in force',
    '{place}: {reason}.',
    'Nobody is known to have what is written there: an entry for it may grant new access.',
  ),
  TAE607: warning(
    'Rows of one principal in different cases',
    '{places} name {principal} in different cases. The authenticator picks one of them at each request, so all that they grant is compared.',
  ),
  TAE608: finding(
    'Policies of an administrator are not known',
    '{principal} is in system:masters, and the snapshot has its entry without its policies. It is not known whether it stays an administrator.',
    'Take the snapshot again, with list-associated-access-policies for each entry: `gates.sh snapshot`, beside MIGRATION.md, does so.',
  ),
  TAE609: warning(
    'Object of the cluster that names system:masters',
    '{object} names the group system:masters in {places}. An access entry gives nobody that group: by that name it no longer matches {principals}.',
    'Give their entries a group of your own, and name that one there, too. This is said as long as the object names system:masters.',
  ),
  TAE610: note(
    'Principals that the FlowSchema exempt no longer matches',
    'The FlowSchema exempt, for the group system:masters, no longer matches {principals}: an access entry gives nobody that group. Where no other FlowSchema exempts their requests, API priority and fairness may queue or refuse them.',
  ),
};
