import { dirname } from 'node:path';
import { diagnose, isPhaseBefore, phaseNumber } from '../../diagnostics/index.ts';
import { visibleLines } from '../../escape/terminal.ts';
import { phaseDiffs } from '../../report/formats/diff.ts';
import type { ConvertFlags } from '../arguments/commands.ts';
import { stdinPath } from '../arguments/syntax.ts';
import type { Host } from '../host.ts';
import { repositoryPaths } from '../links.ts';
import { present } from '../present.ts';
import type { Converted } from '../run-module.ts';

/** Prints what each phase changes, or one of them. */
export const printDiff = async (run: Converted, flags: ConvertFlags, host: Host): Promise<number> => {
  const { source, result, diagnostics } = run;
  const { phase, paths } = flags;
  const pathOf = paths[0] === stdinPath ? (file: string) => file : await repositoryPaths(source);
  const diffs = phaseDiffs(source.files, result.revisions, pathOf);
  if (phase === undefined) {
    printText(diffs.map(diff => `# Phase ${phaseNumber(diff.phase)}, ${diff.phase}\n${diff.text}`).join(''), host);
    return present(run, flags, host);
  }
  const diff = diffs.find(candidate => candidate.phase === phase);
  if (diff !== undefined) printText(diff.text, host);
  else if (isBlocked(run, phase)) diagnostics.push(diagnose('TAE111', { phase }));
  else diagnostics.push(diagnose('TAE012', { reason: `phase ${phase} changes nothing in this source` }));
  return present(run, flags, host);
};

/** Prints the one file of stdin as it is at the end of a phase. */
export const printRevision = async (
  run: Converted,
  { phase, ...flags }: ConvertFlags & Required<Pick<ConvertFlags, 'phase'>>,
  host: Host,
): Promise<number> => {
  const { source, result, diagnostics } = run;
  if (isBlocked(run, phase)) {
    diagnostics.push(diagnose('TAE111', { phase }));
    return present(run, flags, host);
  }
  // A phase that changes nothing leaves the text of the one before it.
  const last = result.revisions.findLast(revision => !isPhaseBefore(phase, revision.phase));
  for (const [file, text] of source.files) printText(last?.files.get(file) ?? text, host);
  const beside = [...(last?.files.keys() ?? [])].filter(file => !source.files.has(file));
  if (beside.length > 0) diagnostics.push(diagnose('TAE425', { directory: dirname(beside[0] ?? '') }));
  return present(run, flags, host);
};

/** Text of somebody's files: byte for byte, but for a terminal, which it must not steer. */
const printText = (text: string, host: Host): void =>
  host.stdout(host.isTerminal('stdout') ? visibleLines(text) : text);

const isBlocked = ({ result: { blockedFrom } }: Converted, phase: NonNullable<ConvertFlags['phase']>): boolean =>
  blockedFrom !== undefined && !isPhaseBefore(phase, blockedFrom);
