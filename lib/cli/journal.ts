import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { diagnose, Refusal } from '../diagnostics/index.ts';
import { moveOver, readBytes, reasonOf, removeFile, syncDirectory } from './io.ts';
import { journalName } from './module-files.ts';
import { isTemporary } from './temporaries.ts';

/** Paths from the directory of the journal. `before` is null for a new file. */
export type Move = {
  readonly temporary: string;
  readonly target: string;
  readonly before: string | null;
  readonly after: string;
};

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const journalText = (moves: readonly Move[]): string => `${JSON.stringify({ version: 1, moves }, null, 2)}\n`;

/** Completes the run whose journal lies in a directory. Changes nothing when a file is not as that run left it. */
export const finishJournal = async (directory: string, label: string): Promise<void> => {
  try {
    await finish(directory, label);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(diagnose('TAE110', { path: label, reason: reasonOf(error) }));
  }
};

const finish = async (directory: string, label: string): Promise<void> => {
  const bytes = await readBytes(join(directory, journalName));
  if (bytes === undefined) return;
  const refuse = (reason: string): never => {
    const way = `restore the files from version control and remove ${journalName}`;
    throw new Refusal(
      diagnose('TAE110', { path: label, reason: `an earlier run was interrupted there, and ${reason}; ${way}` }),
    );
  };
  const moves = parseJournal(new TextDecoder().decode(bytes)) ?? refuse(`${journalName} cannot be read`);
  const pending: Move[] = [];
  for (const move of moves) {
    const [target, temporary] = await Promise.all([
      hashOf(join(directory, move.target)),
      hashOf(join(directory, move.temporary)),
    ]);
    if (target === move.after) continue;
    if (target !== move.before) refuse(`${move.target} was changed since`);
    if (temporary !== move.after) refuse(`what it was about to write to ${move.target} is gone`);
    pending.push(move);
  }
  for (const { temporary, target } of pending) await moveOver(join(directory, temporary), join(directory, target));
  for (const { target } of pending) await syncDirectory(join(directory, dirname(target)));
  await removeFile(join(directory, journalName));
};

const hashOf = async (path: string): Promise<string | null> => {
  const bytes = await readBytes(path);
  return bytes === undefined ? null : sha256(bytes);
};

const parseJournal = (text: string): Move[] | undefined => {
  try {
    const { version, moves } = JSON.parse(text) as { version: unknown; moves: unknown };
    return version === 1 && Array.isArray(moves) && moves.every(isMove) ? moves : undefined;
  } catch {
    return undefined;
  }
};

/** A journal that came with a checkout must not reach out of its directory, nor to files that are no Terraform. */
const isMove = (value: unknown): value is Move => {
  const { temporary, target, before, after } = (value ?? {}) as Record<string, unknown>;
  if (typeof temporary !== 'string' || typeof target !== 'string' || typeof after !== 'string') return false;
  const inside = [temporary, target].every(path => /^(?!\/)[^\\:]+$/.test(path) && !path.split('/').includes('..'));
  const names = isTemporary(temporary.split('/').at(-1) ?? '') && /\.(tf|tofu)$/.test(target);
  return inside && names && (before === null || typeof before === 'string');
};
