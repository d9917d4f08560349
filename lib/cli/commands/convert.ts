import { convertMisuse } from '../convert/misuse.ts';
import { stdinPath } from '../stdin-path.ts';
import type { ConvertFlags } from '../arguments/convert.ts';
import type { Host } from '../host.ts';
import { printDiagnostics } from '../print-diagnostics.ts';

/** Stages every revision; or writes one in place, or prints diffs or one revision. */
export const convertCommand = async (flags: ConvertFlags, host: Host): Promise<number> => {
  const problem = convertMisuse(flags);
  if (problem !== undefined) return printDiagnostics([problem], host, flags);
  const { paths, write, diff, phase } = flags;
  const [path = '.'] = paths;
  if (write && phase !== undefined) {
    const { writeInPlace } = await import('../convert/write-in-place.ts');
    return writeInPlace(phase, flags, host);
  }
  if (diff) {
    const { printDiff } = await import('../convert/print-diff.ts');
    return printDiff(path, flags, host);
  }
  if (path === stdinPath && phase !== undefined) {
    const { printRevision } = await import('../convert/print-revision.ts');
    return printRevision(path, phase, flags, host);
  }
  const { stageRevisions } = await import('../convert/stage.ts');
  return stageRevisions(path, flags, host);
};
