import { diagnose, exitStatus, phaseNumber } from '../../diagnostics/index.ts';
import { phaseDiffs } from '../../report/formats/diff.ts';
import { stdinPath } from '../stdin-path.ts';
import type { ConvertFlags } from '../arguments/convert.ts';
import type { Host } from '../host.ts';
import { present } from '../present.ts';
import { runModule } from '../run-module.ts';
import { repositoryPaths } from './repository-paths.ts';

/** Prints what each phase changes, or one of them. Writes nothing. */
export const printDiff = async (path: string, flags: ConvertFlags, host: Host): Promise<number> => {
  const run = await runModule(path, flags, host);
  const { source, result } = run;
  const { phase } = flags;
  if (source === undefined || result === undefined || exitStatus(run.diagnostics) > 1) return present(run, flags, host);
  const { revisions, blockedFrom } = result;
  const pathOf = path === stdinPath ? (file: string) => file : await repositoryPaths(source);
  const diffs = phaseDiffs(source.files, revisions, pathOf);
  if (phase === undefined) {
    host.stdout(diffs.map(diff => `# Phase ${phaseNumber(diff.phase)}, ${diff.phase}\n${diff.text}`).join(''));
    return present(run, flags, host);
  }
  const diff = diffs.find(candidate => candidate.phase === phase);
  if (diff !== undefined) host.stdout(diff.text);
  else if (blockedFrom !== undefined && phaseNumber(phase) >= phaseNumber(blockedFrom)) {
    run.diagnostics.push(diagnose('TAE111', { phase }));
  } else run.diagnostics.push(diagnose('TAE012', { reason: `phase ${phase} changes nothing in this source` }));
  return present(run, flags, host);
};
