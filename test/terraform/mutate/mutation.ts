import type { PhaseId } from '../../../lib/diagnostics/index.ts';
import type { Case, RowReport } from '../suite/cases.ts';

/** One way to break what convert writes, in the phase named and in those after it. */
export type Mutation = {
  name: string;
  of: string;
  from: PhaseId;
  /** Not in CI: with --all. Another one has the same witness. */
  seldom?: true;
  /** Only this phase, where the next revision puts it right again. */
  only?: true;
  edit: (text: string, phase: PhaseId, file: string) => string;
  /** What the report says then. Without `edit` changing a text, it is the report alone that is wrong. */
  report?: (rows: readonly RowReport[]) => readonly RowReport[];
  /** The case in another setting, which is then run unbroken as well. */
  setting?: (one: Case) => Case;
};

export const unchanged = (text: string): string => text;
