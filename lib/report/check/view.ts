import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Texts } from '../places.ts';
import type { Style } from '../style.ts';
import type { CheckCounts } from './report.ts';

/** A finding of one root module among several. The file of its range is a path from where the command runs. */
export type Finding = { readonly module: string | undefined; readonly diagnostic: Diagnostic };

/** What an adapter of `check` is given: all that is left to look at, and the texts that ranges point into. */
export type CheckView = {
  readonly findings: readonly Finding[];
  readonly counts: CheckCounts;
  /** The file of the baseline, when it was written. */
  readonly written?: string;
  readonly texts: Texts;
  readonly style: Style;
};

/** Everything goes to stdout: findings are what the command is called for. */
export type CheckAdapter = (view: CheckView) => string;
