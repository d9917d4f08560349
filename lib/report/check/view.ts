import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Texts } from '../places.ts';
import type { Style } from '../style.ts';
import type { CheckCounts } from './report.ts';

/** A finding of one root module among several. The file of its range is a path from where the command runs. */
export type Finding = { readonly module: string | undefined; readonly diagnostic: Diagnostic };

/** From the root of the repository with `/`; absolute where it is `outside` of it. */
export type FilePath = { readonly path: string; readonly outside: boolean };

/** What an adapter of `check` is given: all that is left to look at, and the texts that ranges point into. */
export type CheckView = {
  readonly findings: readonly Finding[];
  readonly counts: CheckCounts;
  /** The file of the baseline, when it was written. */
  readonly written?: string;
  readonly texts: Texts;
  /** A path from where the command runs as a path of the repository. */
  readonly pathOf: (file: string) => FilePath;
  /** The version of this tool. */
  readonly version: string;
  readonly style: Style;
};

/** Everything goes to stdout: findings are what the command is called for. */
export type CheckAdapter = (view: CheckView) => string;
