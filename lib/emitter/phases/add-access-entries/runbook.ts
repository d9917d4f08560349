import { groupBy, titleOf, type Cluster } from '../../../parser/index.ts';
import { callsOf } from '../../callers/calls.ts';
import { inComment, shellQuote } from '../../../escape/shell.ts';
import type { AccessEntry } from '../../../transformer/index.ts';
import type { LiveGate, PhaseRunbook, State } from '../../phase.ts';
import { wantedOf } from '../../aws-cli/commands.ts';
import { planWithoutHost } from '../../gates/deferred.ts';
import { adoptLive } from './adopt.ts';
import { clusterToWrite } from './entries-module.ts';
import { mastersGates } from './masters-gates.ts';
import {
  hasPlannedEntries,
  makerGates,
  mayLookUp,
  plannedChanges,
  plannedGates,
  plannedRecovery,
} from './planned-runbook.ts';
import { entriesBack } from '../../runbook/way-back.ts';
import type { NamedCluster, ShellWord } from '../../runbook/live-gate.ts';
import { adminGates, arnVariable, arnWord, modeGate, policiesGate, principalGate } from '../../runbook/live-gates.ts';
import { clustersOrOne, namedClusters, ofCluster } from '../../runbook/named-clusters.ts';

/**
 * Phase 2 has a window: an entry overrides its row at once, and its policy arrives by a second call, after all entries exist.
 * The runbook therefore checks every principal first, and ends with the commands that close the window by hand.
 */
export const addEntriesRunbook = (state: State): PhaseRunbook => {
  const entries = state.transformed.flatMap(transformed => transformed.entries);
  const clusters = clustersOrOne(state);
  const isInModule = state.transformed.some(
    ({ planned, entries: own }) => planned?.form === 'argument' || own.some(({ form }) => form === 'argument'),
  );
  const { liveGates: withoutHost, ...flags } = isInModule ? planWithoutHost(state, 'entries') : { liveGates: [] };
  return {
    ...(clusterToWrite(state) ? { init: 'terraform init' } : {}),
    ...flags,
    recovery: [...recoveryCommands(state), ...plannedRecovery(state)],
    adopt: adoptLive(state, entries.every(isKnown)),
    liveGates: [
      ...clusters.flatMap(on => {
        const own = entriesOf(state, on.cluster).map(arnWord);
        return [
          modeGate(on, 'API_AND_CONFIG_MAP'),
          ...adminGates(on, own),
          ...(own.length === 0 ? [] : [newGate(on, own)]),
        ];
      }),
      ...onceEach(entries.flatMap(principalGate)),
      policiesGate,
      ...mastersGates(state),
      ...makerGates(state),
      ...withoutHost,
    ],
    planGates: entries.every(isKnown) && !hasPlannedEntries(state) ? [] : plannedGates(),
    plan: [
      ...(callsOf(state).length > 0 ? createdInCalls(state) : createdHere(entries, shares(state))),
      ...plannedChanges(state),
      'nothing changed, destroyed or replaced; the aws_auth resources are not in the plan',
    ],
    verify: verifyGates(state),
    ...entriesBack(state),
    permissions: [
      'eks:CreateAccessEntry',
      'eks:DescribeAccessEntry',
      'eks:ListAccessEntries',
      'eks:AssociateAccessPolicy',
      'eks:ListAssociatedAccessPolicies',
      // The way back takes these.
      'eks:DisassociateAccessPolicy',
      'eks:DeleteAccessEntry',
      'eks:TagResource',
      ...(entries.some(({ type }) => type !== 'STANDARD') ? ['iam:PassRole'] : []),
      ...(entries.some(({ lookup }) => lookup) || mayLookUp(state) ? ['iam:ListRoles'] : []),
    ],
  };
};

/** Whether it can be asked for before there is a plan. */
const isKnown = ({ principalArn, lookup }: AccessEntry): boolean => principalArn !== undefined || lookup !== undefined;

const created = (count: number, type: string, shares = ''): readonly string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? type : `${type} resources`} created${shares}`];

const createdHere = (entries: readonly AccessEntry[], of = ''): readonly string[] => [
  ...created(entries.length, 'aws_eks_access_entry', of),
  ...created(
    entries.reduce((sum, { policies }) => sum + policies.length, 0),
    'aws_eks_access_policy_association',
  ),
];

/** The plan of each caller shows its own, and those of the module itself. */
const createdInCalls = (state: State): readonly string[] => {
  const own = state.transformed.filter(({ cluster }) => !cluster?.wrapper).flatMap(({ entries }) => entries);
  return callsOf(state).map(({ cluster }) => {
    const its = state.transformed.filter(one => one.cluster === cluster).flatMap(({ entries }) => entries);
    const lines = createdHere([...own, ...its]);
    const each = cluster.repetition.kind === 'many' ? ', in each instance' : '';
    return `${titleOf(cluster)}${each}: ${lines.length === 0 ? 'nothing created' : lines.join(', ')}`;
  });
};

/** How many of them are of each cluster, where there are several. */
const shares = (state: State): string => {
  const found = namedClusters(state).map(({ cluster, of }) => `${entriesOf(state, cluster).length}${of}`);
  return found.length < 2 ? '' : `: ${found.join(', ')}`;
};

/** What is made in one cluster; where there is one only, all of it. */
const entriesOf = (state: State, cluster: Cluster | undefined): readonly AccessEntry[] =>
  state.transformed
    .filter(transformed => ofCluster(state, cluster) === '' || transformed.cluster === cluster)
    .flatMap(({ entries }) => entries);

/** `convert --existing` leaves them alone, and `import-blocks` prints the blocks with which Terraform adopts them. */
const newGate = (on: NamedCluster, own: readonly ShellWord[]): LiveGate => ({
  what: 'None of these principals has an entry yet. Making a second one fails with 409 ResourceInUseException, and policies of other entries may then be missing: convert --existing leaves those alone that have one, and import-blocks lets Terraform adopt them',
  check: ['no_entry', ...own],
  expect: 'none, or those that are to stay as they are',
  on,
});

/** Who is in several clusters is asked for once. */
const onceEach = (gates: readonly LiveGate[]): readonly LiveGate[] => [
  ...new Map(gates.map(gate => [JSON.stringify(gate), gate])).values(),
];

const verifyGates = (state: State): readonly LiveGate[] =>
  clustersOrOne(state).flatMap((on): readonly LiveGate[] => [
    ...entriesOf(state, on.cluster).map(entry => entryGate(entry, on, callOf(state, entry))),
    ...(hasPlannedEntries(state)
      ? [
          {
            what: 'The entries of rows that only the plan knows are there',
            command: `aws eks list-access-entries${on.inRegion} --cluster-name ${on.name} --output text`,
            expect: 'those of the plan',
            on,
          },
        ]
      : []),
    {
      what: 'One person of each entry has done real work with kubectl; auth can-i --list does not show what policies grant',
      command: `${on.kubectl} get pods --all-namespaces`,
      expect: 'what that person may see, no error 401 or 403',
      on,
    },
  ]);

/** The call of another root module that the entry is written into. */
const callOf = ({ transformed }: State, entry: AccessEntry): string | undefined => {
  const cluster = transformed.find(({ entries }) => entries.includes(entry))?.cluster;
  return cluster?.wrapper && titleOf(cluster);
};

/** The entry is live as it was planned. Under a condition it may be another row's, or none; by a call it is of the cluster of that. */
const entryGate = (entry: AccessEntry, on: NamedCluster, call: string | undefined): LiveGate => {
  const { entry: wanted, policies } = wantedOf(entry);
  const name = inComment(entry.principalArn ?? entry.principalSource);
  const conditions = [
    ...(call === undefined ? [] : [`the cluster is that of ${call}`]),
    ...(entry.guardSource === undefined ? [] : [inComment(entry.guardSource)]),
  ];
  if (conditions.length > 0)
    return { what: `Where ${conditions.join(', and ')}: ${name} has its entry`, expect: wanted, on };
  return {
    what: `${name} has its entry`,
    check: ['entry_is', arnWord(entry), wanted, ...policies.flatMap(({ arn, wanted: policy }) => [arn, policy])],
    expect: [wanted, ...policies.map(policy => policy.wanted)].join(', '),
    on,
  };
};

/**
 * Where the condition of a row does not hold, its principal may have an entry by another row, with less. So what is pasted leaves the
 * command out.
 */
const underCondition = (condition: string, command: string): readonly string[] => [
  `# Only where ${inComment(condition)}:`,
  `# ${command}`,
];

/** Paste-ready: associates the policies by IAM permissions alone, whatever state the apply was left in. */
const recoveryCommands = (state: State): readonly string[] => {
  const [first] = clustersOrOne(state);
  const given = state.transformed.flatMap(({ cluster, entries }) =>
    entries.flatMap(entry =>
      entry.policies.map(({ policyName, scope, namespaces, partition = 'aws' }) => {
        const {
          name,
          hasTwin,
          inRegion = '',
        } = namedClusters(state).find(one => one.cluster === cluster) ?? first ?? {};
        const where = scope === 'cluster' ? 'type=cluster' : `type=namespace,namespaces=${namespaces.join(',')}`;
        const conditions = [
          ...(cluster?.wrapper ? [`the cluster is that of ${titleOf(cluster)}`] : []),
          ...(hasTwin ? [`AWS_REGION and the credentials are those of ${cluster?.address}`] : []),
          ...(entry.guardSource === undefined ? [] : [entry.guardSource]),
        ];
        return {
          principal: entry.principalArn === undefined ? `"$${arnVariable(entry)}"` : shellQuote(entry.principalArn),
          condition: conditions.join(', and '),
          associate: (arn: string): string =>
            `aws eks associate-access-policy${inRegion} --cluster-name ${name} --principal-arn ${arn} --policy-arn arn:${partition}:eks::aws:cluster-access-policy/${policyName} --access-scope ${shellQuote(where)}`,
        };
      }),
    ),
  );
  const always = given.filter(({ condition }) => condition === '');
  return [
    ...[...groupBy(always, ({ associate }) => associate(''))].flatMap(([, [one, ...others]]) => {
      if (!one || others.length === 0) return one ? [one.associate(one.principal)] : [];
      const arns = [one, ...others].map(({ principal }) => `  ${principal} \\`);
      return ['for arn in \\', ...arns, '; do', `  ${one.associate('"$arn"')}`, 'done'];
    }),
    ...given
      .filter(({ condition }) => condition !== '')
      .flatMap(({ condition, principal, associate }) => underCondition(condition, associate(principal))),
  ];
};
