import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Style } from '../style.ts';

/** What a verdict prints, whatever the command: a headline, tables, findings. */
export type VerdictView = {
  /** A sentence: what was judged, and how it ends. */
  readonly headline: string;
  readonly good: boolean;
  readonly sections: readonly VerdictSection[];
  readonly diagnostics: readonly Diagnostic[];
  /** The same as data: the contract of `--format json`. */
  readonly report: object;
  readonly style: Style;
};

export type VerdictSection = {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/** `findings` go to stderr, the verdict to stdout. */
export type VerdictAdapter = {
  readonly findings: (view: VerdictView) => string;
  readonly verdict: (view: VerdictView) => string;
};
