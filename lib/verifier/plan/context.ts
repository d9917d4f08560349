import type { Diagnostic, PhaseId } from '../../diagnostics/index.ts';
import type { Facts } from './facts.ts';
import type { JudgedChange } from './verdicts.ts';

export type Context = {
  readonly facts: Facts;
  readonly judged: readonly JudgedChange[];
  readonly phase: PhaseId;
  /** Whether changes of other resource types fail the plan. */
  readonly strict: boolean;
  /** Whether what the plan cannot show is taken as checked by hand. */
  readonly acceptUnverified: boolean;
};

/** One thing a plan must not do, or must show. */
export type PlanRule = (context: Context) => readonly Diagnostic[];
