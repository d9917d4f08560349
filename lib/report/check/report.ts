import type { ReportDiagnostic } from '../report.ts';

/**
 * What `check --format json` prints. A versioned contract: fields are added within a version, never changed or removed. Paths
 * are those of the directory the command ran in; lines and columns count from 1.
 */
export type CheckReport = {
  version: 1;
  /** Whether nothing is left to look at: the exit status is 0. */
  clean: boolean;
  counts: CheckCounts;
  findings: CheckFinding[];
};

export type CheckCounts = {
  /** Root modules that were looked at. */
  modules: number;
  /** Those of them that cannot be read. */
  unreadable: number;
  errors: number;
  warnings: number;
  notes: number;
  /** Findings that are less severe than those asked for. */
  lessSevere: number;
  /** Findings that a comment silences. */
  suppressed: number;
  /** Findings that the baseline has. */
  baselined: number;
  /** Findings that the baseline has and that are gone. */
  stale: number;
};

export type CheckFinding = ReportDiagnostic & {
  /** The directory of the root module; null for what is about none, as a config of all of them. */
  module: string | null;
  /** A principal, the address of a call: what the finding is about, where there is such a thing. */
  subject: string | null;
};

export const noFindings: CheckCounts = {
  modules: 0,
  unreadable: 0,
  errors: 0,
  warnings: 0,
  notes: 0,
  lessSevere: 0,
  suppressed: 0,
  baselined: 0,
  stale: 0,
};
