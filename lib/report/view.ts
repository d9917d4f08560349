import type { Diagnostic } from '../diagnostics/index.ts';
import type { Texts } from './places.ts';
import type { Report } from './report.ts';
import type { Style } from './style.ts';

/** What an adapter is given: a report, the texts its ranges point into, and what the command did with it. */
export type View = {
  /** How the root module is called in messages. */
  readonly module: string;
  readonly report: Report;
  readonly diagnostics: readonly Diagnostic[];
  readonly texts: Texts;
  /** How a file of a range is called in messages. */
  readonly nameOf: (file: string) => string;
  readonly style: Style;
  readonly outcome: Outcome;
};

export type Outcome = {
  /** How a phase is called that has a revision: `written`, or `ready` where nothing is written. */
  readonly revision: 'written' | 'ready';
  /** What was written, in sentences. */
  readonly written: readonly string[];
  /** What to do next, in sentences. */
  readonly next: readonly string[];
};

/** `findings` go to stderr; where `summary` goes is up to the command. */
export type Adapter = {
  readonly findings: (view: View) => string;
  readonly summary: (view: View) => string;
};
