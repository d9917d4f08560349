import { exitStatus } from '../../diagnostics/index.ts';
import type { ConvertFlags } from '../arguments/commands.ts';
import { stdinPath } from '../arguments/syntax.ts';
import { convertMisuse } from '../convert/misuse.ts';
import type { Host } from '../host.ts';
import { present } from '../present.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import { moduleToConvert } from '../root-modules.ts';
import { runModule } from '../run-module.ts';

/** Stages every revision; or writes one in place, or prints diffs or one revision. */
export const convertCommand = async (given: ConvertFlags, host: Host): Promise<number> => {
  const flags = given.phase === 'per-environment' ? { ...given, perEnvironment: true } : given;
  const problem = convertMisuse(flags);
  if (problem !== undefined) return printDiagnostics(problem, host, flags);
  const { paths, write, diff, phase } = flags;
  const [from = '.'] = paths;
  if (write && phase !== undefined) {
    const { writeInPlace } = await import('../convert/write-in-place.ts');
    return writeInPlace(phase, flags, host);
  }
  const path = await moduleToConvert(from, host);
  if (path !== from) {
    const { sayRowsBeside } = await import('../convert/rows-beside.ts');
    await sayRowsBeside([{ path, from }], flags, host);
  }
  const run = await runModule(path, flags, host, { from });
  const { source, result } = run;
  if (source === undefined || result === undefined || exitStatus(run.diagnostics) > 1) return present(run, flags, host);
  const converted = Object.assign(run, { source, result });
  const { printDiff, printRevision } = await import('../convert/print.ts');
  if (diff) return printDiff(converted, flags, host);
  if (path === stdinPath && phase !== undefined) return printRevision(converted, { ...flags, phase }, host);
  const { stageRevisions } = await import('../convert/stage.ts');
  return stageRevisions(converted, flags, host);
};
