import { join } from 'node:path';
import { phaseNumber, phaseWords, Refusal } from '../../diagnostics/index.ts';
import { pathWord } from '../../escape/shell.ts';
import type { ConvertFlags } from '../arguments/commands.ts';
import type { Host } from '../host.ts';
import { repositoryPaths } from '../links.ts';
import { pageOf, present, reportOf } from '../present.ts';
import { guarded, type Converted } from '../run-module.ts';
import { phaseDirectory, stagedFiles } from '../staged-files.ts';
import { outputDirectory, outputName } from '../output-directory.ts';
import { isStagedCopy, stagedCopy, writeOutput } from '../write-output.ts';

/** Writes every revision under the output directory, for people to read and do phase by phase. */
export const stageRevisions = async (run: Converted, flags: ConvertFlags, host: Host): Promise<number> => {
  const { source, result } = run;
  const { revisions, scripts, blockedFrom } = result;
  if (revisions.length === 0 && scripts.size === 0 && blockedFrom === undefined) return present(run, flags, host);

  const label = flags.out ?? join(source.label, outputName);
  const directory = outputDirectory(source.directory, flags, host);
  const pathOf = await repositoryPaths(source);
  const done = await guarded(run, async () => {
    if (isStagedCopy(source.directory)) {
      throw new Refusal(stagedCopy(source.label));
    }
    const files = stagedFiles(result, { report: reportOf(run), page: await pageOf(run) }, source.files, pathOf);
    await writeOutput({ directory, label, module: source.directory }, files);
    return true;
  });
  if (done === undefined) return present(run, flags, host);
  const [first] = revisions;
  const [script] = scripts.keys();
  const names = [
    ...revisions.map(({ phase }) => phaseDirectory(phase)),
    ...scripts.keys(),
    'MIGRATION.md',
    'gates.sh',
    'report.html',
    'report.json',
  ];
  const next = [
    first && `Next: read MIGRATION.md, and do ${phaseWords(first.phase)} as it says.`,
    script !== undefined &&
      `Next: read MIGRATION.md, then run each phase in turn: bash ${pathWord(join(label, script))} --help.`,
    blockedFrom &&
      `Phase ${phaseNumber(blockedFrom)} (${blockedFrom}) and later are blocked: do what the errors ask for, and run again.`,
  ];
  return present(run, flags, host, {
    revision: 'written',
    written: [`Written to ${label}: ${names.join(', ')}.`],
    next: next.filter(line => typeof line === 'string'),
  });
};
