import type { Diagnostic } from '../diagnostics/index.ts';
import { phaseChanges } from '../report/formats/diff.ts';
import { moduleOutput, type Outcome } from '../report/module-output.ts';
import type { Output, OutputModule } from '../report/output.ts';
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
  { summaryTo = 'stderr', ...outcome }: Printed = {},
): Promise<number> => printOutput(outputOf(run, flags, outcome), flags, host, { document: summaryTo });

const outputOf = (
  run: ModuleRun,
  { quiet = false }: Pick<ModuleFlags, 'quiet'>,
  { revision = 'ready', written = [], next = [] }: Partial<Outcome> = {},
): Output => {
  const report = reportOf(run);
  const shown = quiet ? run.diagnostics.filter(({ severity }) => severity === 'error') : run.diagnostics;
  const known = run.result !== undefined && run.result.report.phases.length > 0;
  const summary =
    known && !quiet ? moduleOutput(run.source?.label ?? run.label, report, { revision, written, next }) : {};
  const modules = known ? [outputModule(run, shown)] : [];
  return { data: report, ...namedFindings(run, shown), ...summary, modules };
};

/** `report.html`: what `--format html` prints, without what the command did. */
export const pageOf = async (run: ModuleRun): Promise<string> =>
  (await import('../report/formats/html.ts')).htmlPage(outputOf(run, {}));

/** A run as a page shows it: files are named as in the report. */
export const outputModule = (run: ModuleRun, diagnostics: readonly Diagnostic[]): OutputModule => ({
  name: run.source?.label ?? run.label,
  report: reportOf(run),
  findings: diagnostics.map(diagnostic => ({ module: undefined, diagnostic })),
  texts: run.texts,
  changes: () => phaseChanges(run.source?.files ?? new Map(), run.result?.revisions ?? [], file => file),
});
