import type { Config } from '../../config/config.ts';
import { defined, diagnose, exitStatus, Refusal, refusalOf, type PhaseId } from '../../diagnostics/index.ts';
import { YamlTooLarge } from '../../terraform/yaml.ts';
import { factsOf } from './facts.ts';
import { judgeCalls, judgeFor, refuseOthers, type Asked } from './judge.ts';
import type { PlanVerdict } from './verdict.ts';
import { readPlan } from './read-plan.ts';
import { phaseByVariable, type KnownPhase } from './phase-by-variable.ts';

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

/** Judges the text of `terraform show -json` for a phase. Only programming errors throw. */
export const verifyPlan = async (text: string, options: PlanOptions = {}): Promise<PlanVerdict> => {
  const { file = 'plan.json', existing, existingFile = 'entries.json', clusterName, config } = options;
  let { phase } = options;
  try {
    const plan = readPlan(file, text);
    const given = phaseByVariable(plan);
    const snapshot =
      existing === undefined
        ? undefined
        : (await import('../../parser/entries/read-snapshot.ts')).readSnapshot(existingFile, existing);
    const { strict = false, acceptUnverified = false } = options;
    const asked: Asked = { snapshot, ...defined({ clusterName, config }), strict, acceptUnverified };
    if (given && 'calls' in given && phase === undefined) {
      const verdict = await judgeCalls(plan, given, asked);
      return { ...verdict, fits: exitStatus(verdict.diagnostics) === 0, engineVersion: plan.engineVersion };
    }
    const known = given && 'calls' in given ? undefined : given;
    phase = phaseOf(known, phase);
    const facts = await factsOf(plan, snapshot, defined({ clusterName, config }));
    refuseOthers(facts, asked);
    const verdict = judgeFor(facts, phase, known?.number, asked);
    return { phase, fits: exitStatus(verdict.diagnostics) === 0, engineVersion: plan.engineVersion, ...verdict };
  } catch (error) {
    const diagnostics =
      error instanceof YamlTooLarge
        ? [diagnose('TAE020', { path: file, reason: `in its aws-auth, ${error.message}`, advice: 'Look at the rows.' })]
        : refusalOf(error);
    return { ...defined({ phase }), fits: false, clusters: [], changes: [], diagnostics };
  }
};

/** The phase that was named, or the one of the environment. What is said twice must be the same. */
const phaseOf = (given: KnownPhase | undefined, named: PhaseId | undefined): PhaseId => {
  if (given === undefined) {
    if (named === undefined) throw new Refusal(diagnose('TAE112', {}));
    return named;
  }
  // The revision as such leaves each environment where it is.
  if (named === undefined || named === given.phase || named === 'per-environment') return named ?? given.phase;
  throw new Refusal(diagnose('TAE523', { phase: named, number: given.number, own: given.phase }));
};
