import { statusMisuse } from '../convert/misuse.ts';
import { shellQuote } from '../../escape/shell.ts';
import { flagsAgain } from '../arguments/again.ts';
import type { StatusFlags } from '../arguments/commands.ts';
import type { Host } from '../host.ts';
import { present } from '../present.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import { runModule } from '../run-module.ts';

/** Says at which phase the source is, what the rows become and what blocks. Writes nothing. */
export const statusCommand = async (flags: StatusFlags, host: Host): Promise<number> => {
  const problem = statusMisuse(flags);
  if (problem !== undefined) return printDiagnostics(problem, host, flags);
  const run = await runModule(flags.path, flags, host, { revisions: false });
  const waiting = run.result?.report.phases.some(({ status: word }) => word === 'ready') ?? false;
  const next = waiting ? [`Next: tf-access-entries convert ${shellQuote(flags.path)}${flagsAgain(flags)}`] : [];
  return present(run, flags, host, { summaryTo: 'stdout', next });
};
