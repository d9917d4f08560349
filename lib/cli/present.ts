import { exitStatus } from '../diagnostics/index.ts';
import { adapters } from '../report/index.ts';
import { reportDiagnostics } from '../report/places.ts';
import { emptyReport, type Report } from '../report/report.ts';
import type { Outcome, View } from '../report/view.ts';
import type { ModuleFlags } from './flags.ts';
import type { Host } from './host.ts';
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
 * it is what the command was called for. JSON goes to stdout.
 */
export const present = (run: ModuleRun, flags: ModuleFlags, host: Host, printed: Printed = {}): number => {
  const { format, quiet, color } = flags;
  const { summaryTo = 'stderr', revision = 'ready', written = [], next = [] } = printed;
  const adapter = adapters[format];
  const to = format === 'json' ? 'stdout' : summaryTo;
  const view: View = {
    module: run.source?.label ?? run.label,
    report: reportOf(run),
    diagnostics: quiet ? run.diagnostics.filter(({ severity }) => severity === 'error') : run.diagnostics,
    texts: run.texts,
    nameOf: run.nameOf,
    style: host.style('stderr', color),
    outcome: { revision, written, next },
  };
  const findings = adapter.findings(view);
  const known = run.result !== undefined && run.result.report.phases.length > 0;
  const shown = format === 'json' || (known && !quiet);
  const summary = shown ? adapter.summary({ ...view, style: host.style(to, color) }) : '';
  if (findings !== '') host.stderr(findings);
  if (summary !== '') host[to](findings !== '' && to === 'stderr' ? `\n${summary}` : summary);
  return exitStatus(run.diagnostics);
};
