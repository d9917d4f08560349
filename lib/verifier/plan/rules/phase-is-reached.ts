import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { isLost } from '../change.ts';
import { type Context, type PlanRule, unproven } from '../context.ts';
import { nameOrAddress, type ClusterFact } from '../clusters.ts';
import { isOfCluster } from '../facts.ts';
import { endStates, isLostInUpgrade } from '../phase-changes.ts';
import { isMigrated } from '../rows.ts';

/** A plan without changes fits a phase only if the phase is done. Source: docs/why/README.md */
export const phaseIsReached: PlanRule = context => [
  ...modeProblems(context),
  ...awsAuthProblems(context),
  ...entryProblems(context),
];

const modeProblems = (context: Context): readonly Diagnostic[] => {
  const { facts, phase } = context;
  const { mode } = endStates[phase];
  const clusters = facts.migrated.filter(({ change }) => change.after.value !== undefined);
  if (facts.clusters.length === 0) {
    const advice = 'Judge the plan of the root module that has the cluster, too.';
    return [unproven(context, 'the plan has no aws_eks_cluster, so the mode is not known', advice)];
  }
  // A cluster that is in mode API already stays there, and aws-auth goes all the same.
  const removes = phase === 'remove-aws-auth' && facts.awsAuth.some(({ change }) => change.action === 'delete');
  return clusters.flatMap(({ change, before, after }) => {
    if (removes && before === 'API' && after === 'API') return [];
    if (mode === 'kept' || after === mode || after === undefined || after === 'unknown') return [];
    const what = `the mode of ${change.address} is ${after} after the apply, and has to be ${mode}`;
    return [diagnose('TAE509', { phase, what })];
  });
};

const awsAuthProblems = (context: Context): readonly Diagnostic[] => {
  const { facts, phase } = context;
  const wanted = endStates[phase].awsAuth;
  const awsAuth = facts.awsAuth.filter(resource => isMigrated(facts, resource));
  const left = awsAuth.filter(({ after }) => after !== undefined);
  if (wanted === 'kept') return [];
  if (!wanted) {
    return left.map(({ change }) =>
      diagnose('TAE509', { phase, what: `${change.address} is still there after the apply, and has to be gone` }),
    );
  }
  if (left.length > 0) return [];
  if (awsAuth.length > 0) return [diagnose('TAE509', { phase, what: 'aws-auth is gone after the apply' })];
  const what = 'the plan has no resource that writes aws-auth, and until phase remove-aws-auth there is one';
  return [unproven(context, what, 'Where another root module writes aws-auth, accept this with --accept-unverified.')];
};

const entryProblems = (context: Context): readonly Diagnostic[] => {
  const { facts, phase } = context;
  if (!endStates[phase].entries) return [];
  const lacks = (cluster: ClusterFact | undefined): boolean =>
    !facts.entries.some(({ after }) => after !== undefined && isOfCluster(after, cluster)) &&
    (facts.liveIn(cluster)?.entries ?? []).length === 0;
  const { migrated } = facts;
  // Beside those that are migrated there may be clusters that nothing is done to.
  const changed =
    migrated.length < 2 ? [] : migrated.filter(({ before, after }) => before !== after && after === 'API');
  const without = changed.filter(lacks);
  if (without.length === 0 && ![...migrated, ...(migrated.length === 0 ? [undefined] : [])].every(lacks)) return [];
  const named = without.length === 0 ? '' : ` of ${without.map(nameOrAddress).join(' and ')}`;
  const advice =
    'Apply phase add-access-entries first. Where the entries are not in this root module, name the live ones with --existing.';
  return [unproven(context, `the plan has no access entry${named}`, advice)];
};

/** Each phase changes one thing, so that what goes wrong has one cause. Source: docs/why/README.md */
export const phaseAllows: PlanRule = ({ judged, phase, strict }) =>
  judged.flatMap(({ change, verdict, reason }) => {
    // Each has a finding of its own, and neither is to be applied in another plan.
    if (isLostInUpgrade(change, phase) || (change.type === 'aws_eks_cluster' && isLost(change))) return [];
    const { address, actions, importing, previousAddress } = change;
    const action = [
      ...(importing ? ['import'] : []),
      ...(previousAddress === undefined ? [] : ['move']),
      ...(change.action === 'no-op' ? [] : [actions]),
    ].join(' and ');
    if (verdict === 'unexpected') return [diagnose('TAE508', { address, action, phase, reason: reason ?? '' })];
    if (verdict === 'expected' || !strict) return [];
    const said = `with --strict no other resource may change${lateValues[change.type] ?? ''}`;
    return [diagnose('TAE508', { address, action, phase, reason: said })];
  });

/** What the eks module looks up by its cluster, which is read in the apply of a plan that changes the cluster. Source: its main.tf. */
const lateValues: Readonly<Record<string, string>> = {
  aws_eks_addon: '; without addon_version in the source its version is looked up once the cluster is changed',
  aws_iam_openid_connect_provider:
    '; its thumbprint is read once the cluster is changed, so plan this phase without --strict',
};

/** What phase 0 destroys or replaces, see there. */
export const upgradeKeepsWhatIs: PlanRule = ({ facts, phase }) =>
  facts.changes
    .filter(change => isLostInUpgrade(change, phase))
    .map(({ address, action }) =>
      diagnose('TAE515', { address, what: action === 'replace' ? 'replaced' : 'destroyed' }),
    );
