import { exitStatus } from '../../diagnostics/index.ts';
import { verdictAdapters } from '../../report/verdict/index.ts';
import type { VerdictView } from '../../report/verdict/view.ts';
import type { Style } from '../../report/style.ts';
import type { Host } from '../host.ts';
import type { VerdictFlags } from './arguments.ts';

/** Prints a verdict in the format asked for and returns its exit status. Findings for people go to stderr. */
export const presentVerdict = (
  viewIn: (style: Style) => VerdictView,
  { format, color }: VerdictFlags,
  host: Host,
): number => {
  const { findings, verdict } = verdictAdapters[format];
  const view = viewIn(host.style('stdout', color));
  const found = findings({ ...view, style: host.style('stderr', color) });
  if (found !== '') host.stderr(`${found}\n`);
  host.stdout(verdict(view));
  return exitStatus(view.diagnostics);
};
