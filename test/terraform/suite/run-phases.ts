import type { PhaseId } from '../../../lib/diagnostics/index.ts';
import type { World } from '../oracle/world.ts';
import { changeByHand, stepsOf } from './by-hand.ts';
import type { Case, Files } from './cases.ts';
import { problemOf } from './command.ts';
import { cutApply } from './cut-apply.ts';
import type { Finding, Step } from './findings.ts';
import { describeChange, isInForce, rightsIn, unequal } from './laws.ts';
import { missingEntries, planProblems } from './plan-table.ts';
import { changesOf, summary, type Plan } from './plan.ts';
import { withAdministrators, withLiveEntries } from './administrators.ts';
import { overrideFile, seedFiles, seedWorld } from './seed.ts';
import { supplements } from './supplements.ts';
import { inConfigMapMode } from './worlds.ts';
import * as workspaces from './workspace.ts';
import { byHandProblems, reportProblems, worldProblems } from './world-rules.ts';

export type PhaseRun = {
  phase: PhaseId;
  plan: Plan;
  planned: string;
  applied: string;
  cuts: number;
  findings: Finding[];
  /** Done with the AWS CLI: no revision, and a plan only to see that nothing drifts. */
  byHand?: true;
  worldBefore: World;
  /** After the apply. */
  world: World;
};

export type Options = Omit<workspaces.Workspace, 'directory'> & {
  /** Which applies are cut (law 2): all, after each call; or, of those that can be half done, after the first call and before the last. */
  cut?: 'all' | 'ends';
  /** Before the source is applied. */
  seed?: (world: World) => World;
  /** Between the source and the first phase: what happened to the cluster since. */
  age?: (world: World) => World;
  /** Other texts in place of what was written. */
  rewrite?: (phase: PhaseId, files: Files) => Files;
  observe?: (run: PhaseRun) => void;
  /** Whether the first phase that is wrong is the last. */
  stop?: true;
};

export type Outcome = { runs: PhaseRun[]; findings: Finding[]; world: World };

/** Applies the source of a case and then its phases, in one state, until the end or the first error of the engine. */
export async function runPhases(one: Case, options: Options): Promise<Outcome> {
  const { engine, cliConfig, environment, standin, seed = same, age = same } = options;
  const workspace = workspaces.createWorkspace({ engine, cliConfig, environment, standin });
  const steps = stepsOf(one);
  const runs: PhaseRun[] = [];
  try {
    workspaces.writeFiles(workspace, seedFiles(one));
    workspaces.writeWorld(workspace, seed(seedWorld(one)));
    await workspaces.must(workspace, 'init', '-no-color');
    await applySource(one, workspace);
    workspaces.writeWorld(
      workspace,
      withAdministrators(one, age(withLiveEntries(one, workspaces.readWorld(workspace)))),
    );
    const unreported = reportProblems(one, workspaces.readWorld(workspace));
    let calls = moduleCalls(seedFiles(one));
    for (const { phase, files = new Map<string, string>(), byHand } of steps) {
      const written = options.rewrite?.(phase, files) ?? files;
      workspaces.writeFiles(workspace, written);
      if ([...moduleCalls(written)].some(line => !calls.has(line)))
        await workspaces.must(workspace, 'init', '-upgrade', '-no-color');
      calls = new Set([...calls, ...moduleCalls(written)]);
      const run = byHand ? await runByHand(one, phase, workspace) : await runPhase(one, phase, workspace, options);
      runs.push(run);
      options.observe?.(run);
      if (run.findings.some(({ by }) => options.stop || by === 'engine')) break;
    }
    const findings: Finding[] = [
      ...unreported.map(text => ({ by: 'world rule' as const, step: 'source' as const, text })),
      ...runs.flatMap(run => run.findings),
    ];
    const complete = runs.length === steps.length && findings.every(({ by }) => !options.stop && by !== 'engine');
    // A last phase that plans nothing is a second plan.
    const isSaid = options.cut !== 'all' && runs.at(-1)?.planned === nothing.planned;
    if (complete && !isSaid) findings.push(...(await secondPlan(workspace)));
    const world = workspaces.readWorld(workspace);
    if (complete)
      findings.push(
        ...byHandProblems(one, world).map(text => ({ by: 'law 1' as const, step: 'the end' as const, text })),
      );
    return { runs, findings, world };
  } catch (error) {
    if (!(error instanceof workspaces.EngineError)) throw error;
    const step: Step = runs.length === 0 ? 'source' : 'the end';
    const findings = [...runs.flatMap(run => run.findings), { by: 'engine' as const, step, text: error.message }];
    return { runs, findings, world: workspaces.readWorld(workspace) };
  } finally {
    workspaces.removeWorkspace(workspace);
  }
}

/** Where modules come from, and in which versions: a new one has to be installed. */
const moduleCalls = (files: Files): Set<string> =>
  new Set(
    [...files.values()].flatMap(text => text.match(/^\s*(source|version)\s*=\s*".*"/gm) ?? []).map(line => line.trim()),
  );

export async function applySource(one: Case, workspace: workspaces.Workspace): Promise<void> {
  const { first = [], olderCluster } = supplements[one.name] ?? {};
  const apply = (...flags: readonly string[]): Promise<unknown> =>
    workspaces.must(workspace, 'apply', '-auto-approve', '-no-color', ...flags);
  if (first.length > 0) await apply(...first.map(address => `-target=${address}`));
  if (olderCluster) {
    const override = seedFiles(one).get(overrideFile) ?? '';
    const mode = 'module "eks" {\n  authentication_mode = "API_AND_CONFIG_MAP"\n';
    workspaces.writeFiles(workspace, new Map([[overrideFile, override.replace('module "eks" {\n', mode)]]));
    await apply();
    workspaces.writeFiles(workspace, new Map([[overrideFile, override]]));
    workspaces.writeWorld(workspace, inConfigMapMode(workspaces.readWorld(workspace)));
  }
  await apply();
}

const same = (world: World): World => world;

const startOf = (phase: PhaseId): PhaseRun => ({
  phase,
  plan: { format_version: '', terraform_version: '' },
  ...nothing,
  findings: [],
  worldBefore: {},
  world: {},
});

/** The same law as for a revision; and the configuration that says nothing of the mode must not want it back. */
async function runByHand(one: Case, phase: PhaseId, workspace: workspaces.Workspace): Promise<PhaseRun> {
  const run: PhaseRun = { ...startOf(phase), byHand: true, planned: 'nothing, by hand' };
  run.worldBefore = workspaces.readWorld(workspace);
  const { problems, drift } = await changeByHand(phase, workspace);
  run.world = workspaces.readWorld(workspace);
  run.applied = count(callsOf(run.world));
  const lost = unequal(one, rightsIn(run.worldBefore), rightsIn(run.world)).map(describeChange);
  run.findings.push(
    ...problems.map(text => ({ by: 'engine' as const, step: phase, text })),
    ...drift.map(text => ({ by: 'plan rule' as const, step: phase, text })),
    ...lost.map(text => ({ by: 'law 1' as const, step: phase, text })),
  );
  return run;
}

async function runPhase(
  one: Case,
  phase: PhaseId,
  workspace: workspaces.Workspace,
  options: Options,
): Promise<PhaseRun> {
  const run = startOf(phase);
  const say = (by: Finding['by'], ...texts: readonly string[]): void =>
    void run.findings.push(...texts.map(text => ({ by, step: phase, text })));
  try {
    run.worldBefore = workspaces.readWorld(workspace);
    const before = rightsIn(run.worldBefore);
    run.plan = await workspaces.plan(workspace);
    run.planned = summary(run.plan);
    // A row whose guard is false has no entry either.
    const rows = one.rows.filter(({ principal }) => isInForce(principal, before));
    say('plan rule', ...planProblems(phase, run.plan), ...missingEntries(phase, run.plan, rows));
    if (options.cut === 'ends' && run.planned === nothing.planned) {
      run.world = run.worldBefore;
      say('world rule', ...worldProblems(one, phase, run.worldBefore, run.world));
      return run;
    }
    const several = options.cut === 'ends' && changesOf(run.plan).length > 1;
    const pristine = options.cut === 'all' || several ? workspaces.copyWorkspace(workspace) : undefined;
    try {
      workspaces.writeWorld(workspace, { ...workspaces.readWorld(workspace), calls: [] });
      const answer = await workspaces.apply(workspace);
      run.world = workspaces.readWorld(workspace);
      const calls = callsOf(run.world);
      run.applied = count(calls);
      if (answer.code !== 0) say('engine', `apply: ${problemOf(answer)}`);
      say('law 1', ...unequal(one, before, rightsIn(run.world)).map(describeChange));
      if (answer.code === 0) say('world rule', ...worldProblems(one, phase, run.worldBefore, run.world));
      if (pristine && answer.code === 0) {
        const every = calls.map((_, done) => done);
        const after = options.cut === 'all' ? every : every.filter(done => done === 1 || done === calls.length - 1);
        run.cuts = after.length;
        run.findings.push(...(await cutApply(one, phase, pristine, after, run.world)));
      }
    } finally {
      if (pristine) workspaces.removeWorkspace(pristine);
    }
  } catch (error) {
    if (!(error instanceof workspaces.EngineError)) throw error;
    say('engine', error.message);
  }
  return run;
}

const nothing = { planned: 'nothing', applied: 'nothing', cuts: 0 };

type Call = { call: string; ok: boolean };

const callsOf = ({ calls }: World): readonly Call[] => (calls as readonly Call[] | undefined) ?? [];

function count(calls: readonly Call[]): string {
  const counts = new Map<string, number>();
  for (const { call, ok } of calls) {
    const name = ok ? call : `failed ${call}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, times]) => `${times} ${name}`).join(', ') || 'nothing';
}

/** Once all is applied, the engine has nothing to say. */
async function secondPlan(workspace: workspaces.Workspace): Promise<Finding[]> {
  const plan = await workspaces.plan(workspace);
  const left = changesOf(plan).length > 0 ? [summary(plan)] : [];
  return left.map(text => ({ by: 'second plan', step: 'the end', text }));
}
