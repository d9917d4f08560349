import { diagnose, exitStatus, phaseNumber, type PhaseId } from '../../diagnostics/index.ts';
import type { ConvertFlags } from '../arguments/convert.ts';
import type { Host } from '../host.ts';
import { present } from '../present.ts';
import { runModule } from '../run-module.ts';

/** Reads one file from stdin and prints it as it is at the end of a phase. */
export const printRevision = async (path: string, phase: PhaseId, flags: ConvertFlags, host: Host): Promise<number> => {
  const run = await runModule(path, flags, host);
  const { source, result } = run;
  if (source === undefined || result === undefined || exitStatus(run.diagnostics) > 1) return present(run, flags, host);
  const { revisions, blockedFrom } = result;
  if (blockedFrom !== undefined && phaseNumber(phase) >= phaseNumber(blockedFrom)) {
    run.diagnostics.push(diagnose('TAE111', { phase }));
    return present(run, flags, host);
  }
  // A phase that changes nothing leaves the text of the one before it.
  const last = revisions.findLast(revision => phaseNumber(revision.phase) <= phaseNumber(phase));
  for (const [file, text] of source.files) host.stdout(last?.files.get(file) ?? text);
  return present(run, flags, host);
};
