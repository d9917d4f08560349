import type { Diagnostic } from '../diagnostics/index.ts';
import type { PhaseChange } from './formats/diff.ts';
import type { Texts } from './places.ts';
import type { Report } from './report.ts';
import type { Style } from './style.ts';

/** What a command has to say, as values: every format prints the same one. Values in it are not escaped; a format does that. */
export type Output = {
  /** The contract of `--format json`. */
  readonly data: object;
  readonly findings: readonly Finding[];
  /** What the ranges of the findings point into. */
  readonly texts: Texts;
  /** A sentence: what was looked at, and how it ends. Without it there are findings only. */
  readonly headline?: string;
  /** How it ends, where the command judges. */
  readonly verdict?: 'good' | 'warned' | 'bad';
  /** The findings are of many root modules: for people they are grouped by those, and of many that are alike one is shown whole. */
  readonly grouped?: true;
  /**
   * It lists many root modules in short: people are told what is found by the sections, and on a terminal the headline stands below
   * them, where it is seen.
   */
  readonly brief?: true;
  /** Sentences that belong to the headline. */
  readonly details?: readonly string[];
  /** Where a person at a terminal reads more. */
  readonly readMore?: readonly string[];
  readonly sections?: readonly Section[];
  /** Paragraphs at the end: what was written, what to do next. */
  readonly closing?: readonly (readonly string[])[];
  /** The root modules, whole, for a page, which has room for them: in place of sections and findings, or below those of a list in short. */
  readonly modules?: readonly OutputModule[];
  /** Terraform that the command is called for. For people it stands alone. */
  readonly hcl?: string;
};

/** A root module as a page shows it. Files in it are named from the root module on. */
export type OutputModule = {
  readonly name: string;
  /** Absent where nothing is known of it but the findings. */
  readonly report?: Report;
  readonly findings: readonly Finding[];
  readonly texts: Texts;
  /** What each phase changes; nothing where a page of its own has it. */
  readonly changes: () => readonly PhaseChange[];
  /** The command that prints a page of its own. */
  readonly own?: string;
};

/** What is said of one root module among several. The file of its range is a path from where the command runs. */
export type Finding = { readonly module: string | undefined; readonly diagnostic: Diagnostic };

/** A table below a line of the same section is about that line. */
export type Section = { readonly title?: string; readonly parts: readonly (string | Table)[] };

export type Table = {
  readonly columns?: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The root module that each row is about: by its place in `modules`, -1 where it is not there. */
  readonly modules?: readonly number[];
  /** All rows are shown, whatever their number. */
  readonly whole?: boolean;
};

/** Nothing where the table has no rows. */
export const tableSection = (
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): readonly Section[] => (rows.length === 0 ? [] : [{ title, parts: [{ columns, rows }] }]);

/** Where something is printed. */
export type Surroundings = {
  readonly style: Style;
  /** The columns of a terminal; undefined elsewhere. */
  readonly width?: number | undefined;
  /** A path from where the command runs as a path of the repository. */
  readonly pathOf: (file: string) => FilePath;
  /** The version of this tool. */
  readonly version: string;
};

/** From the root of the repository with `/`; absolute where it is `outside` of it. */
export type FilePath = { readonly path: string; readonly outside: boolean };

/** `findings`, where they are not in the document, go to stderr for people to read. */
export type Format = {
  readonly findings?: (output: Output, surroundings: Surroundings) => string;
  readonly document: (output: Output, surroundings: Surroundings) => string;
};
