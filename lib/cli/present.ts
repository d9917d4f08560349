import { phaseDiffs, type PhaseDiff } from '../report/formats/diff.ts';
import { moduleOutput, type Outcome } from '../report/module-output.ts';
import { reportDiagnostics } from '../report/places.ts';
import { emptyReport, type Report } from '../report/report.ts';
import type { ModuleFlags } from './arguments/commands.ts';
import type { Host } from './host.ts';
import { namedFindings } from './named-findings.ts';
import { printOutput } from './print-output.ts';
import type { ModuleRun } from './run-module.ts';

/** The report of a run, with what the command itself had to say. */
export const reportOf = ({ result, diagnostics, texts }: ModuleRun): Report => ({
  ...(result?.report ?? emptyReport([])),
  diagnostics: reportDiagnostics(diagnostics, texts),
});

type Printed = Partial<Outcome> & {
  /** Where the summary goes: nowhere when stdout holds something else and the run failed before there was one. */
  readonly summaryTo?: 'stdout' | 'stderr';
};

/**
 * Prints a run in the format asked for and returns its exit status. Findings go to stderr. The summary goes there too, unless
 * it is what the command was called for.
 */
export const present = async (
  run: ModuleRun,
  flags: ModuleFlags,
  host: Host,
  { summaryTo = 'stderr', revision = 'ready', written = [], next = [] }: Printed = {},
): Promise<number> => {
  const { quiet = false } = flags;
  const report = reportOf(run);
  const shown = quiet ? run.diagnostics.filter(({ severity }) => severity === 'error') : run.diagnostics;
  const known = run.result !== undefined && run.result.report.phases.length > 0;
  const summary =
    known && !quiet ? moduleOutput(run.source?.label ?? run.label, report, { revision, written, next }) : {};
  const changes = (): PhaseDiff[] =>
    phaseDiffs(run.source?.files ?? new Map(), run.result?.revisions ?? [], run.nameOf);
  return printOutput({ data: report, ...namedFindings(run, shown), ...summary, changes }, flags, host, {
    document: summaryTo,
  });
};
