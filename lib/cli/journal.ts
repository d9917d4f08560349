import { createHash } from 'node:crypto';
import { dirname, join, posix, relative } from 'node:path';
import { diagnose, phaseIds, Refusal, type PhaseId } from '../diagnostics/index.ts';
import { unitFile } from '../terraform/foreign-files.ts';
import { reasonOf } from './file-problem.ts';
import { refusing } from './refusing.ts';
import { kindOfEntry, largestNamed, moveOver, readBytes, realPath, removeFile, syncDirectory } from './io.ts';
import { isInside } from './links.ts';
import { takeLock } from './lock.ts';
import { isInGit, journalName } from './module-files.ts';
import { isTemporary, removeTemporaries } from './temporaries.ts';

/** Paths from the directory of the journal on, both in one directory. `before` is null for a new file. */
export type Move = {
  readonly temporary: string;
  readonly target: string;
  readonly before: string | null;
  readonly after: string;
};

/** What a run was about to rename, and the phase that it was writing. */
export type Journal = { readonly phase: PhaseId; readonly moves: readonly Move[] };

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const journalText = (journal: Journal): string => `${JSON.stringify({ version: 2, ...journal }, null, 2)}\n`;

/** Nothing for a file that is no journal of ours. */
const readJournal = (directory: string): Journal | undefined => {
  try {
    const bytes = readBytes(join(directory, journalName), { links: false });
    const { version, phase, moves } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    const known = phaseIds.find(id => id === phase);
    if (version !== 2 || known === undefined || !Array.isArray(moves)) return undefined;
    return moves.every(isMove) ? { phase: known, moves } : undefined;
  } catch {
    return undefined;
  }
};

/** What stands where a run was interrupted. */
export const interrupted = (directory: string, path: string): Refusal => {
  const phase = readJournal(directory)?.phase ?? '<id>';
  return new Refusal(diagnose('TAE014', { path, phase }));
};

/**
 * Completes the run whose journal lies in a directory, when that run has ended and wrote the same phase. Changes nothing when a
 * file is not as that run left it.
 */
export const finishJournal = (directory: string, label: string, phase: PhaseId): Promise<void> =>
  refusing('TAE110', label, async () => {
    if ((await kindOfEntry(join(directory, journalName))) === undefined) return;
    const lock = await takeLock(directory, label);
    try {
      await finish(directory, label, phase);
    } finally {
      await removeFile(lock);
    }
  });

const finish = async (directory: string, label: string, phase: PhaseId): Promise<void> => {
  const stop = (what: string): never => {
    const reason = `an earlier run was interrupted there, and ${what}`;
    throw new Refusal(diagnose('TAE110', { path: label, reason, isBegun: true }));
  };
  const refuse = (reason: string): never =>
    stop(`${reason}; restore the files from version control and remove ${journalName}`);
  const journal = readJournal(directory) ?? refuse(`${journalName} cannot be read`);
  if (journal.phase !== phase) throw interrupted(directory, label);
  const pending: Move[] = [];
  for (const move of journal.moves) {
    const { target, temporary, before, after } = move;
    if (!(await staysInside(directory, dirname(target)))) refuse(`${target} is no file of this root module`);
    for (const path of [target, temporary]) {
      if (![undefined, 'file'].includes(await kindOfEntry(join(directory, path))))
        refuse(`${path} is no regular file of this directory`);
    }
    const now = hashOf(join(directory, target));
    if (now === after) continue;
    if (now !== before) refuse(`${target} was changed since`);
    pending.push(move);
  }
  const gone = pending.find(({ temporary, after }) => hashOf(join(directory, temporary)) !== after);
  // Where nothing was replaced, all is as it was before that run.
  if (gone === undefined) await replace(directory, pending).catch((error: unknown) => stop(reasonOf(error)));
  else if (pending.length < journal.moves.length) refuse(`what it was about to write to ${gone.target} is gone`);
  await removeFile(join(directory, journalName));
  for (const place of placesOf(directory, journal.moves)) await removeTemporaries(place);
};

/** A directory may be a link by now. */
const staysInside = async (directory: string, place: string): Promise<boolean> => {
  if (place === '.') return true;
  const real = await realPath(join(directory, place));
  if (real === undefined) return staysInside(directory, dirname(place));
  return isInside(directory, real) && !isInGit(relative(directory, real));
};

const placesOf = (directory: string, moves: readonly Move[]): ReadonlySet<string> =>
  new Set([...moves.map(({ target }) => dirname(join(directory, target))), directory]);

const replace = async (directory: string, moves: readonly Move[]): Promise<void> => {
  for (const { temporary, target } of moves) await moveOver(join(directory, temporary), join(directory, target));
  for (const place of placesOf(directory, moves)) await syncDirectory(place);
};

const hashOf = (path: string): string | null => {
  const bytes = readBytes(path, { most: largestNamed, links: false });
  return bytes === undefined ? null : sha256(bytes);
};

/** A journal that came with a checkout must not reach out of its directory, nor to files that are no Terraform. */
export const isMove = (value: unknown): value is Move => {
  const { temporary, target, before, after } = (value ?? {}) as Record<string, unknown>;
  if (typeof temporary !== 'string' || typeof target !== 'string' || typeof after !== 'string') return false;
  const isBeside = posix.dirname(temporary) === posix.dirname(target) && isTemporary(posix.basename(temporary));
  const isOurs = /^[^/\\:]+\.(tf|tofu)$/.test(target) || target === unitFile || isOfEntriesModule(target);
  return isBeside && isOurs && (before === null || typeof before === 'string');
};

/** The one module below the root module that is written with it, as this release or another lays it out. */
const isOfEntriesModule = (target: string): boolean =>
  /^(?:(?!\.{1,2}\/)[\w.-]+\/)*aws-auth-entries\/(?:tests\/(?:[\w-]+\/)*)?[\w-]+\.(?:tf|md|tftest\.hcl)$/.test(
    target,
  ) && !isInGit(target);
