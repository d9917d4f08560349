import { shellQuote } from '../../escape/shell.ts';
import type { PhaseId } from '../../diagnostics/index.ts';
import { isInForce } from '../../parser/index.ts';
import { compareVersions } from '../../terraform/index.ts';
import { clustersHere, involvedClusters } from '../involved.ts';
import type { LiveGate, PhaseRunbook, State } from '../phase.ts';
import { apiOnlyRunbook } from '../phases/api-only/phase.ts';
import { enableApiRunbook } from '../phases/enable-api/runbook.ts';
import { addEntriesRunbook } from '../phases/add-access-entries/runbook.ts';
import { removeAwsAuthRunbook } from '../phases/remove-aws-auth/runbook.ts';
import { adminGate, clusterNames, modeGate, policiesGate, principalGate } from '../runbook/words.ts';
import { knownName, scriptFile } from './script.ts';

/** No plan; each phase twice for each cluster: to see what it would do, and to do it. `undo` are the commands of the way back. */
const byScript = (
  state: State,
  phase: PhaseId,
  prints: readonly string[],
  undo: readonly string[] = [],
): Pick<PhaseRunbook, 'plan' | 'script'> => {
  const run = involvedClusters(state).flatMap((cluster, index) => {
    const name = knownName(state, cluster) === undefined ? ` --cluster-name=${clusterNames(state)[index]}` : '';
    const command = `bash ${scriptFile(state, cluster)} ${phase}${name}`;
    return [command, `${command} --apply`];
  });
  return { plan: [], script: { run, prints, undo } };
};

/**
 * From version 20 on the eks module sets the mode, also where no argument does. One that comes before that in force is refused.
 * Source: terraform-aws-modules/eks, variables.tf (authentication_mode) and docs/UPGRADE-20.0.md.
 */
const modeInSource = (state: State, mode: string): readonly LiveGate[] =>
  clustersHere(state)
    .filter(({ version }) => version.kind === 'unknown' || compareVersions(version.version, '20.0.0') >= 0)
    .map(({ address }) => ({
      what: `${address} sets the mode, too: write \`authentication_mode = "${mode}"\` there before its next apply.`,
      command: 'terraform plan',
      expect: 'no change of the mode',
    }));

export const enableApiByScript = (state: State): PhaseRunbook => {
  const book = enableApiRunbook(state);
  return {
    ...book,
    verify: [...book.verify, ...modeInSource(state, 'API_AND_CONFIG_MAP')],
    ...byScript(state, 'enable-api', [
      'the mode in force; `Nothing to do.` where it has the API',
      'otherwise `aws eks update-cluster-config`, and with `--apply` the mode API_AND_CONFIG_MAP when the update is Successful',
    ]),
  };
};

export const addEntriesByScript = (state: State): PhaseRunbook => {
  const entries = state.transformed.flatMap(transformed => transformed.entries);
  return {
    liveGates: [
      ...clusterNames(state).map(name => modeGate(name, 'API_AND_CONFIG_MAP')),
      adminGate,
      ...entries.map(principalGate),
      policiesGate,
    ],
    ...byScript(
      state,
      'add-access-entries',
      [
        '`aws eks create-access-entry` for each principal that has no entry, and at once `aws eks associate-access-policy` for its policies; a second run with `--apply` prints neither',
        '`In the way` and exit status 1 where a principal has another entry: it is left as it is. Settle it, and run the phase again',
        'where a command fails, that command and its error. Fix the cause and run the phase again: it goes on where it stopped',
      ],
      undoEntries(state),
    ),
    verify: addEntriesRunbook(state).verify,
    back: [
      'Delete the entries that the script has made, and no others: it has printed each. The policies of an entry go with it. As soon as the entry is gone the row of aws-auth, which is untouched, is in force again.',
    ],
    permissions: [
      'eks:DescribeCluster',
      'eks:DescribeAccessEntry',
      'eks:CreateAccessEntry',
      'eks:ListAssociatedAccessPolicies',
      'eks:AssociateAccessPolicy',
      ...(entries.some(({ type }) => type !== 'STANDARD') ? ['iam:PassRole'] : []),
      'and eks:DeleteAccessEntry for the way back',
    ],
  };
};

const undoEntries = (state: State): readonly string[] => {
  const names = clusterNames(state);
  return involvedClusters(state).flatMap((cluster, index) =>
    state.transformed
      .filter(mapping => mapping.cluster === cluster)
      .flatMap(({ entries }) => entries)
      .map(
        ({ principalArn = '' }) =>
          `aws eks delete-access-entry --cluster-name ${names[index]} --principal-arn ${shellQuote(principalArn)}`,
      ),
  );
};

export const removeAwsAuthByScript = (state: State): PhaseRunbook => {
  const writers = state.source.mappings.filter(mapping => isInForce(mapping) !== false).map(({ address }) => address);
  return {
    ...removeAwsAuthRunbook(state),
    ...byScript(
      state,
      'remove-aws-auth',
      [
        '`In the way`, with the principal, for each row of the live ConfigMap that has no entry, and for whoever runs it without an admin entry',
        'with `--apply`: that a copy is kept as aws-auth-backup.yaml',
        writers.length === 0
          ? 'the command that empties the ConfigMap. The script does not run it: it is below'
          : `that ${writers.join(', ')} writes the ConfigMap. Turn that off in the source and apply it: an apply of the unchanged source brings the rows back`,
      ],
      ['kubectl apply -f aws-auth-backup.yaml'],
    ),
    back: ['Bring the copy back. The entries stay, and each is still in force in place of its row.'],
    permissions: [
      ...lookPermissions,
      'and the rights in the cluster to read and write the ConfigMap aws-auth in kube-system',
    ],
  };
};

export const apiOnlyByScript = (state: State): PhaseRunbook => ({
  ...apiOnlyRunbook(state),
  liveGates: [
    ...clusterNames(state).map(name => modeGate(name, 'API_AND_CONFIG_MAP')),
    {
      what: 'Everybody who needs access has used it since phase 3, nodes that are new among them.',
      expect: 'nobody was refused',
    },
  ],
  verify: [...apiOnlyRunbook(state).verify, ...modeInSource(state, 'API')],
  ...byScript(state, 'api-only', [
    '`In the way`, as in the phase before, and exit status 1 while the ConfigMap has rows',
    'otherwise `aws eks update-cluster-config`, and with `--apply` the mode API when the update is Successful',
  ]),
  permissions: [
    ...lookPermissions,
    'eks:UpdateClusterConfig',
    'eks:DescribeUpdate',
    'and the right to read the ConfigMap aws-auth',
  ],
});

const lookPermissions = [
  'eks:DescribeCluster',
  'eks:ListAccessEntries',
  'eks:DescribeAccessEntry',
  'eks:ListAssociatedAccessPolicies',
];
