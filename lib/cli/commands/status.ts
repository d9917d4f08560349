import { fleetMisuse, statusMisuse } from '../convert/misuse.ts';
import { pathWord } from '../../escape/shell.ts';
import { cleanUpWaits } from '../../report/environments.ts';
import { flagsAgain } from '../arguments/again.ts';
import type { StatusFlags } from '../arguments/commands.ts';
import { stdinPath } from '../arguments/syntax.ts';
import type { Host } from '../host.ts';
import { present } from '../present.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import { findFleet, moduleToConvert } from '../root-modules.ts';
import { runModule } from '../run-module.ts';

/** Says at which phase the source is, what the rows become and what blocks. Writes nothing. */
export const statusCommand = async (flags: StatusFlags, host: Host): Promise<number> => {
  const problem = statusMisuse(flags);
  if (problem !== undefined) return printDiagnostics(problem, host, flags);
  const [path = '.'] = flags.paths;
  const fleet = path === stdinPath ? undefined : await findFleet(flags.paths, host.cwd);
  return fleet === undefined ? statusOfOne(path, flags, host) : statusOfMany(fleet, flags, host);
};

const statusOfOne = async (given: string, flags: StatusFlags, host: Host): Promise<number> => {
  const path = await moduleToConvert(given, host);
  const run = await runModule(path, flags, host, { revisions: flags.format === 'html', from: given });
  const { report } = run.result ?? {};
  const first = report?.phases.find(({ status: word }) => word === 'ready');
  // What comes next stands beside each environment.
  const waiting = report && first?.id === 'clean-up' && cleanUpWaits(report) ? undefined : first;
  // Of stdin one revision is printed, and nothing is staged.
  const phase = path === stdinPath ? ` --phase ${waiting?.id}` : '';
  const next = waiting ? [`Next: tf-access-entries convert ${pathWord(given)}${phase}${flagsAgain(flags)}`] : [];
  return present(run, flags, host, { summaryTo: 'stdout', next });
};

const statusOfMany = async (
  found: NonNullable<Awaited<ReturnType<typeof findFleet>>>,
  flags: StatusFlags,
  host: Host,
): Promise<number> => {
  const problem = fleetMisuse(flags);
  if (problem !== undefined) return printDiagnostics(problem, host, flags);
  const { runFleet } = await import('../status/run-fleet.ts');
  return runFleet(found, flags, host);
};
