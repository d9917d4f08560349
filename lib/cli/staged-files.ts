import { basename } from 'node:path';
import type { ConvertResult } from '../convert.ts';
import { phaseNumber, type PhaseId } from '../diagnostics/index.ts';
import { phaseDiffs } from '../report/formats/diff.ts';
import { jsonText } from '../report/formats/json.ts';
import { markdownCode } from '../escape/markdown.ts';
import type { Report } from '../report/report.ts';
import { isUnitFile } from '../terraform/foreign-files.ts';
import { isOfCaller, warningName } from './module-files.ts';

export const phaseDirectory = (phase: PhaseId): string =>
  phase === 'per-environment' ? phase : `${phaseNumber(phase)}-${phase}`;

/** All that a run stages, by path from the output directory; without the manifest. */
export const stagedFiles = (
  { revisions, scripts, runbook, gates }: ConvertResult,
  { report, page }: { readonly report: Report; readonly page: string },
  source: ReadonlyMap<string, string>,
  pathOf: (file: string) => string,
): Map<string, string> => {
  const diffs = phaseDiffs(source, revisions, pathOf);
  const files = new Map<string, string>();
  // With files of other root modules all have their paths from the root of the repository on.
  const isSpread = revisions.some(({ files: texts }) => [...texts.keys()].some(isOfCaller));
  // `terragrunt run --all` runs each unit that it finds in a directory below. Source: terragrunt.gruntwork.io/docs/reference/cli/commands/find
  const placeOf = (file: string): string =>
    `${isSpread ? pathOf(file) : file}${isUnitFile(basename(file)) ? '.txt' : ''}`;
  revisions.forEach(({ phase, files: texts }, index) => {
    const directory = phaseDirectory(phase);
    for (const [file, text] of texts) files.set(`${directory}/${placeOf(file)}`, text);
    files.set(`${directory}/phase.diff`, diffs[index]?.text ?? '');
    files.set(`${directory}/${warningName}`, warningText(phase, [...texts.keys()].map(placeOf)));
  });
  for (const [file, text] of scripts) files.set(file, text);
  files.set('MIGRATION.md', runbook);
  files.set('gates.sh', gates);
  files.set('report.html', page);
  files.set('report.json', jsonText(report));
  files.set('.gitignore', '*\n');
  return files;
};

const warningText = (phase: PhaseId, files: readonly string[]): string => `# Do not apply here

This directory is not a root module. It holds the files that change up to phase ${phase === 'per-environment' ? phase : `${phaseNumber(phase)}, ${phase}`}:
${files.map(markdownCode).join(', ')}. The rest of the module, which may include its backend, is not here. A plan
made here would want to create what exists or destroy what is declared elsewhere.

Do not copy these files over those of the root module: what was edited since would be lost. \`../MIGRATION.md\` has the command that writes
this phase into the root module as it is, and says what the plan must show. \`phase.diff\` is against the phase before.
`;
