import { markdownCode } from '../../../escape/markdown.ts';
import { titleOf, type Cluster } from '../../../parser/index.ts';
import { callsOf } from '../../callers/calls.ts';
import { inComment, shellQuote } from '../../../escape/shell.ts';
import type { AccessEntry } from '../../../transformer/index.ts';
import type { LiveGate, PhaseRunbook, State } from '../../phase.ts';
import { planWithoutHost } from '../../gates/deferred.ts';
import { adoptLive } from './adopt.ts';
import { clusterToWrite } from './entries-module.ts';
import { mastersGates } from './masters-gates.ts';
import { makerGates, mayLookUp, plannedChanges, plannedGates, plannedRecovery } from './planned-runbook.ts';
import { entriesBack } from '../../runbook/way-back.ts';
import {
  adminGates,
  clusterNames,
  clustersOrOne,
  modeGate,
  namedClusters,
  ofCluster,
  policiesGate,
  principalGate,
} from '../../runbook/words.ts';

/**
 * Phase 2 has a window: an entry overrides its row at once, and its policy arrives by a second call, after all entries exist.
 * The runbook therefore checks every principal first, and ends with the commands that close the window by hand.
 */
export const addEntriesRunbook = (state: State): PhaseRunbook => {
  const entries = state.transformed.flatMap(transformed => transformed.entries);
  const names = clusterNames(state);
  const isInModule = state.transformed.some(
    ({ planned, entries: own }) => planned?.form === 'argument' || own.some(({ form }) => form === 'argument'),
  );
  const { liveGates: withoutHost, ...flags } = isInModule ? planWithoutHost(state, 'entries') : { liveGates: [] };
  return {
    ...(clusterToWrite(state) ? { init: 'terraform init' } : {}),
    ...flags,
    recovery: [...recoveryCommands(state), ...plannedRecovery(state)],
    adopt: adoptLive(state, entries.every(isKnown), flags.planFlags),
    liveGates: [
      ...names.map(name => modeGate(name, 'API_AND_CONFIG_MAP')),
      ...adminGates(state),
      ...clustersOrOne(state).map(({ cluster, name, of }) => ({
        what: 'None of the principals below has an entry yet. An entry that exists fails the apply with 409 ResourceInUseException, and then no policy is associated. For one that exists, `tf-access-entries import-blocks` prints the block with which Terraform adopts it; `convert --existing` leaves it alone.',
        command: `aws eks list-access-entries --cluster-name ${name} --output text`,
        expect: of === '' ? 'none of the ARNs of this phase' : noneOf(entriesOf(state, cluster)),
      })),
      ...onceEach(entries.filter(isKnown).map(principalGate)),
      policiesGate,
      ...mastersGates(state),
      ...makerGates(state),
      ...withoutHost,
    ],
    planGates: [...onceEach(entries.filter(entry => !isKnown(entry)).map(principalGate)), ...plannedGates(state)],
    plan: [
      ...(callsOf(state).length > 0 ? createdInCalls(state) : createdHere(entries, shares(state))),
      ...plannedChanges(state),
      'nothing changed, destroyed or replaced; the aws_auth resources are not in the plan',
    ],
    verify: verifyGates(state, plannedGates(state).length > 0),
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
    return `${titleOf(cluster)}: ${lines.length === 0 ? 'nothing created' : lines.join(', ')}`;
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

/** A principal may get an entry in one cluster and have one in another. */
const noneOf = (entries: readonly AccessEntry[]): string =>
  entries.length === 0
    ? 'whatever it is: this phase adds none here'
    : `none of ${entries.map(({ principalArn, principalSource }) => markdownCode(principalArn ?? principalSource)).join(', ')}`;

/** Who is in several clusters is asked for once. */
const onceEach = (gates: readonly LiveGate[]): readonly LiveGate[] => [
  ...new Map(gates.map(gate => [JSON.stringify(gate), gate])).values(),
];

const verifyGates = (state: State, planned: boolean): readonly LiveGate[] => [
  ...namedClusters(state).map(({ cluster, name, of }) => ({
    what: `The entries${of} are there. Creating one takes a few seconds to work everywhere.`,
    command: `aws eks list-access-entries --cluster-name ${name} --output text`,
    expect:
      callsOf(state).length > 0
        ? 'those of the plan'
        : `${entriesOf(state, cluster).length} more than before${planned ? ', and those of the plan' : ''}`,
  })),
  ...clustersOrOne(state).map(({ kubectl, of }) => ({
    what: `One person of each entry${of} has done real work with kubectl. \`kubectl auth can-i --list\` does not show what policies grant.`,
    command: `${kubectl} get pods --all-namespaces`,
    expect: 'what that person may see, no error 401 or 403',
  })),
];

/**
 * Where the condition of a row does not hold, its principal may have an entry by another row, with less. So what is pasted leaves the
 * command out.
 */
const underCondition = (condition: string, command: string): readonly string[] => [
  `# Only where ${inComment(condition)}:`,
  `# ${command}`,
];

/** Paste-ready: associates the admin policy by IAM permissions alone, whatever state the apply was left in. */
const recoveryCommands = (state: State): readonly string[] =>
  state.transformed.flatMap(({ cluster, entries }) => {
    const [first] = clustersOrOne(state);
    const { name, hasTwin } = namedClusters(state).find(one => one.cluster === cluster) ?? first ?? {};
    return entries.flatMap(entry =>
      entry.policies.flatMap(({ policyName, scope, namespaces, partition = 'aws' }) => {
        const where = scope === 'cluster' ? 'type=cluster' : `type=namespace,namespaces=${namespaces.join(',')}`;
        const principal =
          entry.principalArn === undefined ? `"$ARN_OF_${entry.label.toUpperCase()}"` : shellQuote(entry.principalArn);
        const command = `aws eks associate-access-policy --cluster-name ${name} --principal-arn ${principal} --policy-arn arn:${partition}:eks::aws:cluster-access-policy/${policyName} --access-scope ${where}`;
        const conditions = [
          ...(cluster?.wrapper ? [`the cluster is that of ${titleOf(cluster)}`] : []),
          ...(hasTwin ? [`AWS_REGION and the credentials are those of ${cluster?.address}`] : []),
          ...(entry.guardSource === undefined ? [] : [entry.guardSource]),
        ];
        return conditions.length === 0 ? [command] : underCondition(conditions.join(', and '), command);
      }),
    );
  });
