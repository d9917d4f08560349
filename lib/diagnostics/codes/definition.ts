import type { PhaseId } from '../phase-id.ts';
import type { Severity } from '../severity.ts';

/**
 * One code. `message` says what is and why that matters, `hint` what to do; neither holds a position. `exit` is the status a
 * run with this finding ends with (0 for notes and warnings). `stops` names the first phase that is not written.
 */
export type CodeDefinition<Args> = {
  readonly title: string;
  readonly severity: Severity;
  readonly exit: 0 | 1 | 2 | 3;
  readonly stops?: PhaseId;
  readonly message: (args: Args) => string;
  readonly hint?: (args: Args) => string;
};

type Words<Args> = Pick<CodeDefinition<Args>, 'title' | 'message' | 'hint'>;

/** An input that cannot be read or parsed: nothing is written. */
export const unreadable = <Args>(words: Words<Args>): CodeDefinition<Args> => ({
  ...words,
  severity: 'error',
  exit: 3,
});

/** Wrong usage or config: nothing is written. */
export const wrongUsage = <Args>(words: Words<Args>): CodeDefinition<Args> => ({
  ...words,
  severity: 'error',
  exit: 2,
});

/** Stops the phase named and all later ones. */
export const blocker =
  (stops: PhaseId) =>
  <Args>(words: Words<Args>): CodeDefinition<Args> => ({ ...words, severity: 'error', exit: 1, stops });

/** A request that is refused for what the module is or what is known of the cluster. Nothing is written. */
export const refusedRequest = <Args>(words: Words<Args>): CodeDefinition<Args> => ({
  ...words,
  severity: 'error',
  exit: 1,
});

/** A plan or a ConfigMap that does not fit. */
export const finding = <Args>(words: Words<Args>): CodeDefinition<Args> => ({ ...words, severity: 'error', exit: 1 });

/** A row that cannot be converted: phases 1 and 2 are written for the others, phase 3 is not. */
export const blockedRow = blocker('remove-aws-auth');

export const warning = <Args>(words: Words<Args>): CodeDefinition<Args> => ({ ...words, severity: 'warning', exit: 0 });

export const note = <Args>(words: Words<Args>): CodeDefinition<Args> => ({ ...words, severity: 'note', exit: 0 });
