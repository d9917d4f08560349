import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { phaseIds, type PhaseId } from '../../../lib/diagnostics/index.ts';
import { caseNamed, type Case } from './cases.ts';

const root = fileURLToPath(new URL('./hand-written', import.meta.url));

/** The cases of test/fixtures/inline with revisions that a person wrote: what the product's must do, they do. */
export const handWritten = (): Case[] =>
  readdirSync(root)
    .toSorted()
    .map(name => ({ ...caseNamed(`inline/${name}`), phases: phasesOf(join(root, name)) }));

function phasesOf(directory: string): Case['phases'] {
  const folders = readdirSync(directory);
  return phaseIds.filter(phase => folders.includes(phase)).map(phase => ({ phase, files: filesOf(directory, phase) }));
}

const filesOf = (directory: string, phase: PhaseId): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(join(directory, phase)).map(
      file => [file, readFileSync(join(directory, phase, file), 'utf8')] as const,
    ),
  );
