import type { Config as ProductConfig } from '../../../lib/index.ts';
import { phaseIds, type PhaseId } from '../../../lib/diagnostics/index.ts';
import { verifyPlan } from '../../../lib/index.ts';
import type { World } from '../oracle/world.ts';
import type { Case } from './cases.ts';
import type { Plan } from './plan.ts';
import { say } from './report.ts';
import type { PhaseRun } from './run-phases.ts';
import { supplements } from './supplements.ts';
import { labelOf, type Engine } from './tools.ts';

/** What each phase leaves, in words of `docs/why`: a plan that ends otherwise is not its plan. */
const ends: Readonly<Record<PhaseId, string | undefined>> = {
  // The mode stays what it was, so a plan of the next phase that changes nothing may be its plan, too.
  'split-aws-auth': undefined,
  'enable-api': 'both, aws-auth',
  'add-access-entries': 'both, aws-auth',
  'remove-aws-auth': 'both',
  'api-only': 'API',
  'clean-up': 'API',
  // Each environment stays as it is.
  'per-environment': undefined,
  // The mode stays what it is.
  'upgrade-to-v21': undefined,
};

/** Plans that do not leave what their phase has to leave, since the suite does not do what the runbook asks for before. */
const unfit: Readonly<Record<string, string>> = {
  'mode/variable clean-up': 'the mode is a variable, and the suite leaves its value as it is',
  'drop/rows-and-accounts remove-aws-auth':
    'a row is dropped by the output of a module, and a plan has the ARN and not the output',
  'clusters/elsewhere-as-resources clean-up':
    'the mode is changed in another root module, which the suite does not have',
  'raw/elsewhere-as-resources clean-up': 'the same',
  'entries/in-the-snapshot remove-aws-auth':
    'a live entry is of a type that does not fit to its row, which verify-access asks to settle before phase 3',
  'nodes/in-the-snapshot remove-aws-auth': 'the same',
};

type Verdicts = { fits: PhaseId[]; problems: string[] };

/**
 * What `verify-plan` says of a plan of the engine for each phase: it fits its own, and none that ends in another state. Phases with
 * one end are told apart by what they may change: a plan that makes entries is not the plan of enable-api. One snapshot has the
 * entries of all clusters; where not all are migrated, the one that is gets named.
 */
async function verdictsOf({ name, config }: Case, own: PhaseId, plan: Plan, world: World): Promise<Verdicts> {
  const text = JSON.stringify(plan);
  const all = Object.keys(world.clusters ?? {});
  const named = supplements[name]?.migrated;
  const clusters = named ?? all;
  const judged: readonly (string | undefined)[] = named ?? [undefined];
  const fits: PhaseId[] = [];
  const problems: string[] = [];
  // Nobody could help while the entries wait for their policies: that is for a person to accept.
  const isAlone =
    own === 'add-access-entries' &&
    makesAdministrators(plan) &&
    !clusters.every(cluster => hasAdministrator(world, cluster));
  for (const phase of phaseIds) {
    const verdicts = await Promise.all(
      judged.map(cluster =>
        verifyPlan(text, {
          phase,
          ...existingOf(world, all),
          config: config as unknown as ProductConfig,
          // What no plan shows is looked up by hand: aws-auth that nothing here writes.
          acceptUnverified: isAlone || (!writesAwsAuth(plan) && ends[own] === 'both, aws-auth'),
          ...(cluster === undefined ? {} : { clusterName: cluster }),
        }),
      ),
    );
    const isFit = verdicts.every(verdict => verdict.fits);
    if (isFit) fits.push(phase);
    const said = verdicts.flatMap(({ diagnostics }) => diagnostics).filter(({ severity }) => severity === 'error');
    if (unfit[`${name} ${own}`] !== undefined) continue;
    if (phase === own && !isFit)
      problems.push(`verify-plan refuses the plan: ${said.map(({ message }) => message).join(' ')}`);
    const other =
      (ends[phase] !== undefined && endOf(phase, plan) !== endOf(own, plan)) ||
      (isBefore(phase, own) && makesEntries(plan));
    if (other && isFit) problems.push(`verify-plan takes the plan for ${phase}`);
  }
  if (isAlone) {
    const { fits: unasked } = await verifyPlan(text, { phase: own, ...existingOf(world, all) });
    if (unasked) problems.push('verify-plan takes the plan although no administrator is outside of it');
  }
  return { fits, problems };
}

const isAdministrator = (policy: string): boolean => policy.endsWith('/AmazonEKSClusterAdminPolicy');

const hasAdministrator = ({ clusters = {} }: World, name: string): boolean =>
  Object.values(clusters[name]?.entries ?? {}).some(({ policies }) =>
    (policies ?? []).some(({ arn, scopeType }) => scopeType === 'cluster' && isAdministrator(arn)),
  );

const makesAdministrators = ({ resource_changes = [] }: Plan): boolean =>
  resource_changes.some(
    ({ type, change }) =>
      type === 'aws_eks_access_policy_association' &&
      change.actions.includes('create') &&
      isAdministrator((change.after as { policy_arn?: string } | null)?.policy_arn ?? ''),
  );

/** A plan of one phase, as the engine made it. */
type JudgedPlan = { one: Case; engine: Engine; run: Pick<PhaseRun, 'phase' | 'plan' | 'worldBefore'> };

/** What is wrong with the verdicts on all of these plans; a table of them is printed. */
export async function wrongVerdicts(planned: readonly JudgedPlan[]): Promise<string[]> {
  const counts = new Map<string, number>();
  const problems: string[] = [];
  for (const { one, engine, run } of planned) {
    const verdicts = await verdictsOf(one, run.phase, run.plan, run.worldBefore);
    for (const phase of verdicts.fits)
      counts.set(`${run.phase} ${phase}`, (counts.get(`${run.phase} ${phase}`) ?? 0) + 1);
    problems.push(...verdicts.problems.map(problem => `${one.name} on ${labelOf(engine)}: ${run.phase}: ${problem}`));
  }
  const owns = planned.map(({ run }) => run.phase);
  for (const line of matrix(owns, counts)) say(line);
  return problems;
}

/** Down the phases that plans are of, across those they were judged for: of how many plans verify-plan says that they fit. */
function matrix(owns: readonly PhaseId[], counts: ReadonlyMap<string, number>): string[] {
  const wide = Math.max(...phaseIds.map(id => id.length));
  const rows = phaseIds.filter(own => owns.includes(own));
  return [
    ['plan of', 'plans', ...phaseIds],
    ...rows.map(own => {
      const fits = phaseIds.map(phase => String(counts.get(`${own} ${phase}`) ?? 0));
      return [own, String(owns.filter(phase => phase === own).length), ...fits];
    }),
  ].map(cells => `verify-plan  ${cells.map(cell => cell.padEnd(wide)).join('  ')}`.trimEnd());
}

/** Where nothing writes aws-auth, there is none after any phase. */
const endOf = (phase: PhaseId, plan: Plan): string | undefined =>
  writesAwsAuth(plan) ? ends[phase] : ends[phase]?.replace(', aws-auth', '');

const writesAwsAuth = ({ resource_changes = [] }: Plan): boolean =>
  resource_changes.some(({ type }) => type.startsWith('kubernetes_config_map'));

const isBefore = (phase: PhaseId, own: PhaseId): boolean => own === 'add-access-entries' && phase === 'enable-api';

const makesEntries = ({ resource_changes = [] }: Plan): boolean =>
  resource_changes.some(({ type, change }) => type === 'aws_eks_access_entry' && change.actions.includes('create'));

/** In mode CONFIG_MAP there are none, and no snapshot. */
function existingOf(world: World, clusters: readonly string[]): { existing?: string } {
  const existing = clusters
    .map(cluster => liveEntries(world, cluster))
    .join('\n')
    .trim();
  return existing === '' ? {} : { existing };
}

/** What the two commands of the AWS CLI print of all entries of a cluster. */
function liveEntries({ clusters = {} }: World, clusterName: string): string {
  return Object.entries(clusters[clusterName]?.entries ?? {})
    .flatMap(([principalArn, { type = 'STANDARD', username, groups, policies }]) => [
      { accessEntry: { clusterName, principalArn, type, username, kubernetesGroups: groups ?? [] } },
      {
        clusterName,
        principalArn,
        associatedAccessPolicies: (policies ?? []).map(({ arn, scopeType, namespaces }) => ({
          policyArn: arn,
          accessScope: { type: scopeType, namespaces: namespaces ?? [] },
        })),
      },
    ])
    .map(document => JSON.stringify(document))
    .join('\n');
}
