import { dirname, join } from 'node:path';
import {
  defined,
  diagnose,
  exitStatus,
  isPhaseBefore,
  phaseNumber,
  phaseWords,
  type Code,
  type Diagnostic,
  type PhaseId,
} from '../../diagnostics/index.ts';
import { environmentsIn } from '../environment-files.ts';
import { environmentProblems } from './environment-gate.ts';
import { seemsCalled } from '../../terraform/index.ts';
import { decidePhase, type Decision } from '../decide-phase.ts';
import { flagsAgain } from '../arguments/again.ts';
import type { ConvertFlags } from '../arguments/commands.ts';
import type { Host } from '../host.ts';
import { withoutCluster } from '../../report/fleet/reasons.ts';
import { clusterElsewhere, type Place } from '../root-modules.ts';
import { runModule, type Converted, type ModuleRun } from '../run-module.ts';
import type { Change } from '../write-files.ts';
import { isOfCaller } from '../module-files.ts';
import { isStagedCopy, stagedCopy } from '../write-output.ts';

/** A root module that was read, and what is to become of it; no decision where it cannot be read, or is refused as a whole. */
export type Prepared = { readonly run: ModuleRun; readonly decision: Decision | undefined };

/** What says that there is nothing to convert here: a root module without a cluster, or one of another tool. */
const elsewhere: readonly Code[] = [...withoutCluster, ...clusterElsewhere];

export const isDue = ({ run, decision }: Prepared): boolean =>
  decision === undefined ? !run.diagnostics.some(({ code }) => elsewhere.includes(code)) : isNext(decision);

const isNext = (decision: Decision): boolean =>
  decision.kind === 'write' || (decision.kind === 'refused' && !decision.waits);

/** What a module is read with, where it is one of several: the files of environments are those that its own directory has. */
export const flagsOfEach = async (flags: ConvertFlags, { roots }: Place, { cwd }: Host): Promise<ConvertFlags> =>
  flags.environments === undefined
    ? flags
    : { ...flags, environments: await environmentsIn(roots, flags.environments, cwd) };

/** Reads a root module and decides whether the phase is written. */
export const prepare = async (
  { path, from }: Place,
  phase: PhaseId,
  flags: ConvertFlags,
  host: Host,
): Promise<Prepared> => {
  const run = await runModule(path, flags, host, { finish: phase, from });
  if (!isConverted(run)) return { run, decision: undefined };
  const decision = decidePhase(run.result, phase);
  const copies = copyProblems(run);
  // Before all that may refuse the phase: what is not live yet, or blocks it, is not to fail the commit of the phase before.
  if (flags.whereDue && isNext(decision) && copies.length === 0) {
    const { waitsForCommit } = await import('./last-phase-in-head.ts');
    const waiting = await waitsForCommit(run, phase, flags, host);
    if (waiting !== undefined) return { run, decision: waiting };
  }
  if (decision.kind !== 'write') {
    const said = decision.kind === 'nothing' && run.diagnostics.some(({ code }) => code === 'TAE012');
    const byHand = decision.kind === 'nothing' && isByHand(run, phase);
    if (byHand) run.diagnostics.push(diagnose('TAE012', { reason: byHandReason(run, phase) }));
    else if (!said) run.diagnostics.push(decision.diagnostic);
    return { run, decision };
  }
  const gates = [...(await accessProblems(run, phase, host)), ...(await gateProblems(run, phase, flags, host))];
  const problems = [...copies, ...environmentProblems(run, phase, flags), ...gates];
  run.diagnostics.push(...problems.filter(problem => !isSaid(run, problem)));
  const diagnostic = problems.find(({ severity }) => severity === 'error');
  return { run, decision: diagnostic === undefined ? decision : { kind: 'refused', diagnostic } };
};

/** Whether it is known which phases there are: of what is refused as a whole no phase is. */
const isConverted = (run: ModuleRun): run is Converted => {
  const status = exitStatus(run.diagnostics);
  return run.result !== undefined && status < 2 && (status === 0 || run.result.state !== undefined);
};

/** The command that writes a phase of the same root modules. */
const again = (paths: string, phase: PhaseId, flags: ConvertFlags): string =>
  `tf-access-entries convert ${paths} --write --phase ${phase}${flagsAgain(flags)}${flags.clusterCreatorAdmin ? ' --cluster-creator-admin' : ''}${flags.commit ? ' --commit' : ''}`;

const byHandReason = ({ result }: ModuleRun, phase: PhaseId): string => {
  const [value] = result?.report.phases.find(({ id }) => id === phase)?.changes ?? [];
  return result?.state?.phased
    ? `phase ${phase} is reached by a value here: ${value} in ${isCalledByNumber(result) ? 'the call of a root module' : 'the file of an environment'}`
    : `phase ${phase} is done by hand, as MIGRATION.md says`;
};

/** Whether those who call the module say in their calls how far they are. */
const isCalledByNumber = ({ state }: NonNullable<ModuleRun['result']>): boolean => (state?.calls ?? []).length > 0;

/** The source has nothing to change for the phase, and something changes all the same. */
const isByHand = ({ result }: ModuleRun, phase: PhaseId): boolean =>
  result?.report.phases.some(
    ({ id, status, changes }) => id === phase && status === 'nothing-to-change' && changes.length > 0,
  ) ?? false;

const copyProblems = ({ source }: ModuleRun): Diagnostic[] => {
  if (source === undefined || !isStagedCopy(source.directory)) return [];
  return [stagedCopy(source.label)];
};

/** Phases that take access away, or cannot be undone, when what the source shows is not live. */
const gated: ReadonlySet<PhaseId> = new Set(['remove-aws-auth', 'api-only']);

const isSaid = ({ diagnostics }: ModuleRun, { code, message }: Diagnostic): boolean =>
  diagnostics.some(said => said.code === code && said.message === message);

/** Who would lose access, by the ConfigMap and the entries that were given. What is proven is not for --accept-unverified to accept. */
const accessProblems = async (
  { awsAuth, existing, config, result }: ModuleRun,
  phase: PhaseId,
  host: Host,
): Promise<readonly Diagnostic[]> => {
  if (!gated.has(phase) || awsAuth === undefined || existing === undefined) return [];
  const { verifyAccess } = await host.pipeline();
  const files = { awsAuth: awsAuth.file, existing: existing.file };
  const { clusters = [], live } = result?.state?.source ?? {};
  const named = clusters.length < 2 ? (clusters[0]?.name ?? config?.clusterName) : undefined;
  const clusterName = named ?? live?.cluster.name;
  const { diagnostics } = await verifyAccess(awsAuth.text, existing.text, {
    files,
    ...defined({ config, clusterName }),
  });
  return diagnostics;
};

const gateProblems = async (
  { result, snapshot, runner, awsAuth }: ModuleRun,
  phase: PhaseId,
  { acceptUnverified }: ConvertFlags,
  host: Host,
): Promise<Diagnostic[]> => {
  if (result === undefined) return [];
  const problem = (reason: string, isProven = false, fix?: string): Diagnostic =>
    diagnose('TAE109', { phase, reason, isProven, fix });
  if (phase === 'add-access-entries' && snapshot !== undefined && !acceptUnverified) {
    const { snapshotGaps } = await host.pipeline();
    return snapshotGaps(result, snapshot).map(({ reason, isProven, fix }) => problem(reason, isProven, fix));
  }
  if (!gated.has(phase)) return [];
  if (!acceptUnverified) {
    if (snapshot === undefined && runner === undefined) return [problem('neither a snapshot nor the runner is given')];
    if (snapshot === undefined) return [problem('no snapshot of the live entries is given')];
    if (runner === undefined) return [problem('the runner is not given')];
  }
  if (snapshot === undefined) return [];
  const { liveGateProblems } = await host.pipeline();
  return liveGateProblems(result, snapshot, runner, { isCompared: awsAuth !== undefined })
    .filter(({ isProven }) => isProven || !acceptUnverified)
    .map(({ reason, isProven, fix }) => problem(reason, isProven, fix));
};

export const changesOf = ({ run: { source }, decision }: Prepared): Change[] => {
  if (source === undefined || decision?.kind !== 'write') return [];
  // What is called before what calls it, and what is no longer given before what no longer takes it: wherever a run ends, Terraform can
  // load the root modules.
  const { phase } = decision.revision;
  const rank = (file: string): number =>
    isOfCaller(file) ? (phase === 'clean-up' ? -1 : 2) : file.includes('/') ? 0 : 1;
  const files = [...decision.revision.files].toSorted(([a], [b]) => rank(a) - rank(b));
  return files.map(([file, text]): Change => {
    const before = source.files.get(file);
    const path = join(source.directory, source.links.get(file) ?? file);
    return {
      path,
      label: join(source.label, file),
      before: before === undefined ? undefined : Buffer.from(before),
      after: Buffer.from(text),
      // Each root module has a journal of its own: a run that ended between two of them is completed by the same command.
      directory: isOfCaller(file) ? dirname(join(source.directory, file)) : source.directory,
      phase,
    };
  });
};

/** What to do once it is written. `paths`: the root modules, as the next command names them. */
export const nextSteps = (
  { run, decision }: Prepared,
  phase: PhaseId,
  paths: string,
  flags: ConvertFlags,
): string[] => {
  if (decision?.kind !== 'write') return [];
  const following = run.result?.revisions[1]?.phase;
  const skipped = run.result?.report.phases.filter(
    ({ id }) => isPhaseBefore(phase, id) && (!following || isPhaseBefore(id, following)) && isByHand(run, id),
  );
  return [
    ...(phase === 'add-access-entries'
      ? ['Before its apply, phase 1 (enable-api) must be applied: a cluster takes entries only in a mode with the API.']
      : []),
    `Next: plan and apply ${phaseWords(phase)}.`,
    ...(phase === 'per-environment' ? stepsOfEach(run) : []),
    ...(skipped ?? []).map(({ number, id }) => `Then phase ${number} (${id}), by hand: MIGRATION.md says how.`),
    ...(following === undefined || phase === 'per-environment'
      ? []
      : [`Then phase ${phaseNumber(following)} (${following}): ${again(paths, following, flags)}`]),
  ];
};

/** What to do in each environment, or in each root module that calls this one. */
const stepsOfEach = ({ result }: ModuleRun): readonly string[] => {
  if (result && isCalledByNumber(result))
    return [
      'Then, in each root module that calls this one by itself: set access_entries_phase one higher in its call, plan, verify-plan, apply; up to 4.',
      'Once all are at 4, clean-up takes the numbers and the variable out.',
    ];
  return [
    'Then, in each environment by itself: set access_entries_phase one higher in its file, plan, verify-plan, apply; up to 4.',
    ...(result?.state && seemsCalled(result.state.source.module)
      ? ['Who calls this module gives access_entries_phase to it, or hands a variable of the root module on.']
      : []),
    'Once all are at 4, clean-up takes the variable out; it wants their files with --environments.',
  ];
};
