import { type Diagnostic, type PhaseId, diagnose } from '../../diagnostics/index.ts';
import type { Facts } from './facts.ts';
import type { JudgedChange } from './phase-changes.ts';

export type Context = {
  readonly facts: Facts;
  readonly judged: readonly JudgedChange[];
  readonly phase: PhaseId;
  /** The number of the phase, where a variable of the source says it. */
  readonly byValue?: number;
  /** Whether changes of other resource types fail the plan. */
  readonly strict: boolean;
  /** Whether what the plan cannot show is taken as checked by hand. */
  readonly acceptUnverified: boolean;
};

/** One thing a plan must not do, or must show. */
export type PlanRule = (context: Context) => readonly Diagnostic[];

/** What tells which ConfigMap is that of which cluster, where neither the plan nor an order of the two does. */
export const pairAdvice =
  'Write into tf-access-entries.config.json which aws-auth call belongs to which eks call ("pair"), and name that file with --config.';

/** What the plan does not show: an error, or a warning where a person vouches for it. `what` is a sentence without its point. */
export const unproven = (
  { acceptUnverified }: Pick<Context, 'acceptUnverified'>,
  what: string,
  advice: string,
): Diagnostic => (acceptUnverified ? diagnose('TAE511', { what }) : diagnose('TAE510', { what, advice }));
