import { clusterAdminPolicy, parsePrincipalArn } from '../../eks/index.ts';
import type { State } from '../phase.ts';
import type { AccessEntry } from '../../transformer/index.ts';
import type { LiveGate, NamedCluster, ShellWord } from './live-gate.ts';
import { clustersOrOne } from './named-clusters.ts';

export const modeGate = (on: NamedCluster, mode: string): LiveGate => ({
  what: `The mode is ${mode}`,
  check: ['mode_is', mode],
  expect: mode,
  on,
});

/** An administrator who is not touched by the phase, for when it goes wrong. `own`: whom the phase touches. */
export const adminGates = (on: NamedCluster, own: readonly ShellWord[]): readonly LiveGate[] => [
  {
    what: 'An admin entry exists outside of this change: the one EKS made for whoever created the cluster, or one you make for a break-glass role',
    check: ['admin_outside', ...own],
    expect: `an entry with ${clusterAdminPolicy} that this phase does not make`,
    on,
  },
  {
    what: 'Somebody has signed in by that entry once',
    command: `${on.kubectl} auth can-i '*' '*'`,
    expect: 'yes',
    on,
  },
];

export const policiesGate: LiveGate = {
  what: 'The access policies exist in this partition',
  check: ['policies_exist', clusterAdminPolicy],
  expect: `${clusterAdminPolicy} among them`,
};

/** The variable that the set-up fills with the ARN of an entry whose source does not tell it. */
export const arnVariable = ({ label }: Pick<AccessEntry, 'label'>): string =>
  `ARN_OF_${label.toUpperCase().replace(/\W/g, '_')}`;

export const arnWord = (entry: AccessEntry): ShellWord => entry.principalArn ?? { variable: arnVariable(entry) };

/** Asks IAM for the principal. Where only the plan tells it, the gate of the plan does. */
export const principalGate = (entry: AccessEntry): readonly LiveGate[] => {
  if (entry.lookup) {
    const { roleName } = entry.lookup;
    return [
      {
        what: `The role ${roleName} is there exactly once: the plan looks it up, and fails otherwise`,
        check: ['sso_role_exists', roleName],
        expect: 'one ARN with the path /aws-reserved/sso.amazonaws.com/',
      },
    ];
  }
  const arn = parsePrincipalArn(entry.principalArn);
  if (!arn || entry.principalArn === undefined) return [];
  return [
    {
      what: `${entry.principalArn} exists, with that path`,
      check: ['principal_exists', entry.principalArn],
      expect: `${entry.principalArn}, in account ${arn.account}`,
    },
  ];
};

/** A copy of the live ConfigMap, for the way back. */
export const backUpConfigMaps = (state: State, why: string): readonly LiveGate[] =>
  clustersOrOne(state).map(on => ({
    what: `A copy of the live ConfigMap is kept${why}`,
    check: ['keep_config_map', on.backup],
    expect: `the file ${on.backup}, written now or the same as the ConfigMap`,
    on,
  }));

/** What this phase takes away, whoever runs it has to be able to give back. */
export const callerGate = (on: NamedCluster, what: string): LiveGate => ({
  what,
  check: ['caller_is_admin'],
  expect: `a role or user that has an entry with ${clusterAdminPolicy} for the cluster`,
  on,
});

/** Phase 3 has emptied it. */
export const emptyGate = (on: NamedCluster): LiveGate => ({
  what: 'The ConfigMap aws-auth has no rows',
  check: ['config_map_is_empty', '1'],
  expect: 'no such object, or one without rows',
  on,
});

/**
 * In mode API they let nobody in, and nobody could say any more whom they did. EKS may have written one for a new node group, which
 * has its entry: a person judges. Source: terraform-aws-modules/eks issue 2912.
 */
export const newRowsGate = (on: NamedCluster): LiveGate => ({
  ...emptyGate(on),
  check: ['config_map_is_empty', '3'],
  expect: 'none, or those of nodes whose role has an entry',
});

/** The authenticator log names the ARN of each sign-in. */
export const signInGate = (on: NamedCluster): LiveGate => ({
  what: 'Nobody has signed in through aws-auth during the last day, as the authenticator log has it',
  check: ['signed_in_by_entries'],
  expect: 'only principals that have an entry',
  on,
});

export const usedGate = (on: NamedCluster): LiveGate => ({
  what: 'Everybody who needs access has used it since phase 3, new nodes among them',
  expect: 'nobody was refused',
  on,
});
