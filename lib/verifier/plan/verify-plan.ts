import type { Config } from '../../config/config.ts';
import {
  defined,
  diagnose,
  exitStatus,
  Refusal,
  refusalOf,
  type Diagnostic,
  type PhaseId,
} from '../../diagnostics/index.ts';
import { snapshotClusters, ofClusters } from '../../parser/index.ts';
import { YamlTooLarge } from '../../terraform/yaml.ts';
import { factsOf, type Facts } from './facts.ts';
import { readPlan } from './read-plan.ts';
import { phaseByVariable, type PhaseByVariable } from './phase-by-variable.ts';
import { planRules } from './rules/index.ts';
import { judgedChanges, type JudgedChange } from './phase-changes.ts';

export type PlanOptions = {
  /** Not needed where a variable of the source says it. */
  readonly phase?: PhaseId;
  /** How messages name the plan. */
  readonly file?: string;
  /** The live entries: the text that `--existing` takes. */
  readonly existing?: string;
  readonly existingFile?: string;
  /** The cluster that the phase is about, by its name in EKS, where a plan has others that are not migrated with it. */
  readonly clusterName?: string;
  /** Principals that it drops may lose their access. */
  readonly config?: Config;
  readonly strict?: boolean;
  readonly acceptUnverified?: boolean;
};

/** What a plan does, judged for one phase. `fits` is false for a plan that cannot be read. */
export type PlanVerdict = {
  /** Not there where nothing says which it is. */
  readonly phase?: PhaseId;
  readonly fits: boolean;
  readonly engineVersion?: string;
  readonly clusters: readonly PlanCluster[];
  readonly changes: readonly PlanChange[];
  readonly diagnostics: readonly Diagnostic[];
};

export type PlanCluster = {
  readonly address: string;
  readonly modeBefore: string | null;
  readonly modeAfter: string | null;
};

export type PlanChange = {
  readonly address: string;
  readonly type: string;
  readonly actions: string;
  readonly previousAddress?: string;
  readonly importing: boolean;
  readonly verdict: JudgedChange['verdict'];
};

/** Judges the text of `terraform show -json` for a phase. Only programming errors throw. */
export const verifyPlan = async (text: string, options: PlanOptions = {}): Promise<PlanVerdict> => {
  const { file = 'plan.json', existing, existingFile = 'entries.json', clusterName, config } = options;
  let { phase } = options;
  try {
    const plan = readPlan(file, text);
    const given = phaseByVariable(plan);
    phase = phaseOf(given, options.phase);
    const snapshot =
      existing === undefined
        ? undefined
        : (await import('../../parser/entries/read-snapshot.ts')).readSnapshot(existingFile, existing);
    const facts = await factsOf(plan, snapshot, defined({ clusterName, config }));
    refuseForeignSnapshot(facts);
    refuseUnknownCluster(facts, clusterName);
    const judged = judgedChanges(facts, phase);
    const { strict = false, acceptUnverified = false } = options;
    const byValue = given === undefined || given === 'several' ? undefined : given.number;
    const context = { facts, judged, phase, strict, acceptUnverified, ...defined({ byValue }) };
    const diagnostics = planRules.flatMap(rule => rule(context));
    return {
      phase,
      fits: exitStatus(diagnostics) === 0,
      engineVersion: plan.engineVersion,
      clusters: facts.clusters.map(({ change, before, after }) => ({
        address: change.address,
        modeBefore: before ?? null,
        modeAfter: after ?? null,
      })),
      changes: judged.map(planChange),
      diagnostics,
    };
  } catch (error) {
    const diagnostics =
      error instanceof YamlTooLarge
        ? [diagnose('TAE020', { path: file, reason: `in its aws-auth, ${error.message}`, advice: 'Look at the rows.' })]
        : refusalOf(error);
    return { ...defined({ phase }), fits: false, clusters: [], changes: [], diagnostics };
  }
};

/** The phase that was named, or the one of the environment. What is said twice must be the same. */
const phaseOf = (given: PhaseByVariable, named: PhaseId | undefined): PhaseId => {
  if (named === undefined && (given === undefined || given === 'several'))
    throw new Refusal(given === 'several' ? diagnose('TAE524', {}) : diagnose('TAE112', {}));
  if (given === undefined || given === 'several') return named!;
  // The revision as such leaves each environment where it is.
  if (named === undefined || named === given.phase || named === 'per-environment') return named ?? given.phase;
  throw new Refusal(diagnose('TAE523', { phase: named, number: given.number, own: given.phase }));
};

const planChange = ({ change, verdict }: JudgedChange): PlanChange => {
  const { address, type, actions, previousAddress, importing } = change;
  return { address, type, actions, ...defined({ previousAddress }), importing, verdict };
};

/** A snapshot of another cluster would prove entries that are not there. */
const refuseForeignSnapshot = ({ snapshot, clusters }: Facts): void => {
  if (!snapshot || clusters.length === 0) return;
  const live = snapshotClusters(snapshot);
  if (live.length === 0 || clusters.some(({ name }) => name === undefined || live.includes(name))) return;
  const names = clusters.map(({ name }) => name).join(', ');
  const reason = `it is ${ofClusters(snapshot)}, the plan is of ${names}`;
  throw new Refusal(diagnose('TAE010', { path: snapshot.file, reason }));
};

/** A name that no cluster has would leave all of them unjudged. */
const refuseUnknownCluster = ({ clusters, migrated }: Facts, clusterName: string | undefined): void => {
  if (clusterName === undefined || clusters.length === 0 || migrated.length > 0) return;
  const names = clusters.flatMap(({ name }) => name ?? []).join(', ');
  throw new Refusal(diagnose('TAE125', { name: clusterName, names }));
};
