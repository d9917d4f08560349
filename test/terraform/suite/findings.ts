import type { PhaseId } from '../../../lib/diagnostics/index.ts';

/** What noticed that a revision is wrong. */
export type Witness = 'engine' | 'plan rule' | 'world rule' | 'law 1' | 'law 2' | 'second plan';

export type Step = PhaseId | 'source' | 'the end';

export type Finding = { by: Witness; step: Step; text: string };

export const describeFinding = ({ by, step, text }: Finding): string => `${step}: ${by}: ${text}`;
