import type { Diagnostic } from '../../diagnostics/index.ts';
import { shellQuote } from '../../escape/shell.ts';
import { isInForce } from '../../parser/index.ts';
import { compareVersions } from '../../terraform/index.ts';
import type { AccessEntry } from '../../transformer/index.ts';
import { clustersHere, involvedClusters } from '../involved.ts';
import type { LiveGate, Phase, PhaseRunbook, State } from '../phase.ts';
import { addAccessEntries, codesOfBlocked } from '../phases/add-access-entries/phase.ts';
import { sayLeftMasters } from '../phases/add-access-entries/masters-gates.ts';
import { addEntriesRunbook } from '../phases/add-access-entries/runbook.ts';
import { apiOnly, apiOnlyRunbook } from '../phases/api-only/phase.ts';
import { enableApi } from '../phases/enable-api/phase.ts';
import { enableApiRunbook } from '../phases/enable-api/runbook.ts';
import { removeAwsAuth } from '../phases/remove-aws-auth/phase.ts';
import { removeAwsAuthRunbook } from '../phases/remove-aws-auth/runbook.ts';
import { modeGate, usedGate } from '../runbook/live-gates.ts';
import { clustersOrOne, namedClusters } from '../runbook/named-clusters.ts';
import { stagedFile } from '../runbook/words.ts';
import { stopping } from '../run-phases.ts';
import type { Staged, StagedPhase } from '../staged.ts';
import { knownName, scriptFile } from './script.ts';

/**
 * The phases as a script does them. No file of the source changes. Which phases are done only the cluster tells, so the script asks
 * it, and each phase is ready that nothing blocks.
 */
export const stageScripts = (state: State, found: readonly Diagnostic[]): Staged => {
  const { mappings, live } = state.source;
  const isUnknown = mappings.length === 0 && live === undefined;
  const phases = scriptPhases.map((script): StagedPhase => {
    const { phase, changes } = script;
    const ofRows = phase === addAccessEntries ? codesOfBlocked(state) : [];
    const blockedBy = [...new Set([...stopping(found, phase.id), ...ofRows])];
    const runbook = runbookOf(state, script);
    if (blockedBy.length > 0) return { phase, status: 'blocked', changes: [], blockedBy, runbook };
    if (isUnknown) return { phase, status: 'nothing-to-change', changes: [], blockedBy: [], runbook };
    return { phase, status: 'ready', changes: changes(state), blockedBy: [], runbook };
  });
  const isWritten = phases.some(({ phase, status }) => phase === addAccessEntries && status === 'ready');
  return { sourcePhase: undefined, revisions: [], phases, remarks: isWritten ? sayLeftMasters(state) : [] };
};

/** A phase of the script: it changes no file, and only the cluster tells whether it is done. */
type ScriptPhase = {
  readonly phase: Pick<Phase, 'id' | 'title'>;
  readonly changes: (state: State) => readonly string[];
  /** What a person checks, apart from the script. */
  readonly runbook: (state: State) => Omit<PhaseRunbook, 'plan' | 'script'>;
  /** What the script prints, one line each. */
  readonly prints: (state: State) => readonly string[];
  /** The commands of the way back. */
  readonly undo?: (state: State) => readonly string[];
};

/** No plan; the script runs twice for each cluster: to see what it would do, and to do it. */
const runbookOf = (state: State, { phase, runbook, prints, undo }: ScriptPhase): PhaseRunbook => {
  const run = involvedClusters(state).flatMap((cluster, index) => {
    const { name: word, alias = '', inRegion = '' } = namedClusters(state)[index] ?? {};
    const name = knownName(state, cluster) === undefined ? ` --cluster-name=${word}` : '';
    const command = `bash ${stagedFile(state, scriptFile(state, cluster))} ${phase.id}${name}${inRegion} --context=${alias}`;
    return [command, `${command} --apply`];
  });
  return { ...runbook(state), plan: [], script: { run, prints: prints(state), undo: undo?.(state) ?? [] } };
};

const forEach =
  (words: string) =>
  (state: State): readonly string[] =>
    involvedClusters(state).map(({ address }) => `${address}: ${words}`);

/**
 * From version 20 on the eks module sets the mode, also where no argument does. One that comes before that in force is refused.
 * Source: terraform-aws-modules/eks, variables.tf (authentication_mode) and docs/UPGRADE-20.0.md.
 */
const modeInSource = (state: State, mode: string): readonly LiveGate[] =>
  clustersHere(state)
    .filter(({ version }) => version.kind === 'unknown' || compareVersions(version.version, '20.0.0') >= 0)
    .map(({ address }) => ({
      what: `${address} sets the mode, too: write authentication_mode = "${mode}" there before its next apply`,
      command: 'terraform plan',
      expect: 'no change of the mode',
    }));

const entriesOf = ({ transformed }: State): readonly AccessEntry[] => transformed.flatMap(({ entries }) => entries);

const undoEntries = (state: State): readonly string[] =>
  namedClusters(state).flatMap(({ cluster, name, inRegion }) =>
    state.transformed
      .filter(mapping => mapping.cluster === cluster)
      .flatMap(({ entries }) => entries)
      .map(
        ({ principalArn = '' }) =>
          `aws eks delete-access-entry${inRegion} --cluster-name ${name} --principal-arn ${shellQuote(principalArn)}`,
      ),
  );

const copies = (state: State): string =>
  clustersOrOne(state)
    .map(({ backup }) => backup)
    .join(', ');

const lookPermissions = [
  'eks:DescribeCluster',
  'eks:ListAccessEntries',
  'eks:DescribeAccessEntry',
  'eks:ListAssociatedAccessPolicies',
];

/** Nothing of the source goes, so there is no `clean-up`. */
const scriptPhases: readonly ScriptPhase[] = [
  {
    phase: enableApi,
    changes: forEach('mode API_AND_CONFIG_MAP'),
    runbook: state => {
      const book = enableApiRunbook(state);
      return { ...book, verify: [...book.verify, ...modeInSource(state, 'API_AND_CONFIG_MAP')] };
    },
    prints: () => [
      'the mode in force; `Nothing to do.` where it has the API',
      'otherwise `aws eks update-cluster-config`, and with `--apply` the mode API_AND_CONFIG_MAP when the update is Successful',
    ],
  },
  {
    phase: addAccessEntries,
    changes: state => entriesOf(state).map(({ principalArn = '', type }) => `${principalArn} (${type})`),
    runbook: state => ({
      liveGates: addEntriesRunbook(state).liveGates,
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
        ...(entriesOf(state).some(({ type }) => type !== 'STANDARD') ? ['iam:PassRole'] : []),
        'eks:DeleteAccessEntry',
      ],
    }),
    prints: () => [
      '`aws eks create-access-entry` for each principal that has no entry, and at once `aws eks associate-access-policy` for its policies; a second run with `--apply` prints neither',
      '`In the way` and exit status 1 where a principal has another entry: it is left as it is. Settle it, and run the phase again',
      'where a command fails, that command and its error. Fix the cause and run the phase again: it goes on where it stopped',
    ],
    undo: undoEntries,
  },
  {
    phase: removeAwsAuth,
    changes: forEach('ConfigMap aws-auth checked, emptied by hand'),
    runbook: state => ({
      ...removeAwsAuthRunbook(state),
      back: ['Bring the copy back. The entries stay, and each is still in force in place of its row.'],
      permissions: [...lookPermissions, 'in the cluster: read and write aws-auth'],
    }),
    prints: state => {
      const { source } = state;
      const writers = source.mappings.filter(mapping => isInForce(mapping) !== false).map(({ address }) => address);
      return [
        '`In the way`, with the principal, for each row of the live ConfigMap that has no entry, and for whoever runs it without an admin entry',
        `with \`--apply\`: that a copy is kept as ${copies(state)}`,
        writers.length === 0
          ? 'the command that empties the ConfigMap. The script does not run it: it is below'
          : `that ${writers.join(', ')} writes the ConfigMap. Turn that off in the source and apply it: an apply of the unchanged source brings the rows back`,
      ];
    },
    undo: state => clustersOrOne(state).map(({ kubectl, backup }) => `${kubectl} apply -f ${backup}`),
  },
  {
    phase: apiOnly,
    changes: forEach('mode API'),
    runbook: state => ({
      ...apiOnlyRunbook(state),
      liveGates: namedClusters(state).flatMap(on => [modeGate(on, 'API_AND_CONFIG_MAP'), usedGate(on)]),
      verify: [...apiOnlyRunbook(state).verify, ...modeInSource(state, 'API')],
      permissions: [
        ...lookPermissions,
        'eks:UpdateClusterConfig',
        'eks:DescribeUpdate',
        'in the cluster: to read the ConfigMap aws-auth',
      ],
    }),
    prints: () => [
      '`In the way`, as in the phase before, and exit status 1 while the ConfigMap has rows',
      'otherwise `aws eks update-cluster-config`, and with `--apply` the mode API when the update is Successful',
    ],
  },
];
