import type { EventEmitter } from 'node:events';
import { dirname, join, relative, sep } from 'node:path';
import { diagnose, Refusal, type PhaseId } from '../diagnostics/index.ts';
import { FileProblem, reasonOf } from './file-problem.ts';
import { holdSignals, Interrupted } from './interrupt.ts';
import {
  kindOf,
  kindOfEntry,
  largestNamed,
  makeDirectory,
  mayWrite,
  moveOver,
  readBytes,
  removeEmptyDirectory,
  removeFile,
  syncDirectory,
  writeNewFile,
} from './io.ts';
import { interrupted, isMove, journalText, sha256, type Move } from './journal.ts';
import { takeLock } from './lock.ts';
import { journalName } from './module-files.ts';
import { removeTemporaries, temporaryName } from './temporaries.ts';

/** One file to write (`after`) or to remove. `before` is what must be there now; undefined for nothing. */
export type Change = {
  readonly path: string;
  /** How messages name it. */
  readonly label: string;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
  /** The root module or the output directory that it belongs to: one run at a time writes there. */
  readonly directory: string;
  /** Whoever may read it may run it. */
  readonly executable?: boolean;
  /** Of a root module: what is written. A crash among the renames there can be completed later. */
  readonly phase?: PhaseId;
};

export type WriteOptions = {
  readonly signals?: Pick<EventEmitter, 'on' | 'off'>;
  /** Called after each step, for tests that break it off there. */
  readonly onStep?: (step: 'temporary' | 'checked' | 'replaced', path: string) => void | Promise<void>;
};

/**
 * Replaces files in the order given: all or none of them. Temporaries first, each beside its file and synced; then the check
 * that no file has changed since it was read; then the renames. What fails before the last rename is undone.
 */
export const writeFiles = async (
  changes: readonly Change[],
  { signals = process, onStep = () => {} }: WriteOptions = {},
): Promise<void> => {
  const held = holdSignals(signals);
  const locks = new Map<string, string>();
  const temporaries = new Map<Change, string>();
  const journals: string[] = [];
  const created: string[] = [];
  const done: Change[] = [];
  let current: Change | undefined;
  try {
    for (current of changes) {
      const { directory, label } = current;
      if (locks.has(directory)) continue;
      created.push(...(await makeDirectory(directory)));
      locks.set(directory, await takeLock(directory, label));
    }
    for (const directory of directoriesOf(changes)) await removeTemporaries(directory);
    for (current of changes) {
      if (current.after === undefined) continue;
      created.push(...(await makeDirectory(dirname(current.path))));
      const temporary = join(dirname(current.path), temporaryName(temporaries.size));
      temporaries.set(current, temporary);
      await writeNewFile(temporary, current.after, current);
      await onStep('temporary', current.path);
      held.check();
    }
    for (current of changes) await checkUnchanged(current);
    await onStep('checked', '');
    held.check();
    await checkLocks(locks);
    // Before a journal names the temporaries, they and the directories that were made for them must last.
    for (const directory of [...directoriesOf(changes), ...created.map(dirname)]) await syncDirectory(directory);
    for (const phaseMoves of movesOf(temporaries)) journals.push(await writeJournal(phaseMoves));
    for (current of changes) {
      const temporary = temporaries.get(current);
      await checkLocks(locks);
      await (temporary === undefined ? removeFile(current.path) : moveOver(temporary, current.path));
      done.push(current);
      await onStep('replaced', current.path);
    }
    for (const directory of directoriesOf(changes)) await syncDirectory(directory);
    for (const journal of journals) await removeFile(journal);
  } catch (error) {
    // Without the lock nothing is put back: the files may be another run's by now. What a journal names can be completed.
    const isLost = error instanceof LockLost;
    const left = isLost ? done.map(({ label }) => label) : await putBack(done);
    const locked = changes.filter(({ directory }) => locks.has(directory));
    const idle = isLost && journals.length > 0 ? [] : locked;
    for (const directory of directoriesOf(idle)) await removeTemporaries(directory);
    if (!isLost) for (const journal of journals) await removeFile(journal).catch(() => {});
    throw failure(error, isLost ? changes[0] : current, left);
  } finally {
    for (const lock of locks.values()) await removeFile(lock).catch(() => {});
    for (const directory of created.toReversed()) await removeEmptyDirectory(directory);
    held.release();
  }
};

/** Somebody has removed the lock: whoever came then holds the directory for itself. */
class LockLost extends FileProblem {}

const checkLocks = async (locks: ReadonlyMap<string, string>): Promise<void> => {
  for (const lock of locks.values()) if ((await kindOfEntry(lock)) === undefined) throw new LockLost(lostLock);
};

const lostLock =
  'the lock of its directory was removed while this run was at work, so that another run may have written there';

const directoriesOf = (changes: readonly Change[]): Set<string> =>
  new Set(changes.flatMap(({ path, directory }) => [dirname(path), directory]));

const checkUnchanged = async ({ path, label, before, directory }: Change): Promise<void> => {
  if ((await kindOfEntry(join(directory, journalName))) !== undefined) throw interrupted(directory, label);
  const refuse = (reason: string): never => {
    throw new Refusal(diagnose('TAE110', { path: label, reason }));
  };
  const kind = await kindOf(path);
  if (before === undefined) return kind === undefined ? undefined : refuse('it was created meanwhile');
  const now = kind === 'file' ? readBytes(path, { most: largestNamed }) : undefined;
  if (!isEqual(now, before)) refuse('it was changed since it was read');
  if (!(await mayWrite(path))) refuse('it is read-only');
};

type PhaseMoves = { readonly directory: string; readonly phase: PhaseId; readonly moves: readonly Move[] };

/**
 * A single rename is one step: it needs no journal. Of several in different directories each directory has one, so that whoever looks at
 * one of them learns of it. What a journal could not name is left to the command that is run again.
 */
const movesOf = (temporaries: ReadonlyMap<Change, string>): PhaseMoves[] => {
  const found = new Map<string, PhaseMoves>();
  for (const [{ directory, phase, path, before, after }, temporary] of temporaries) {
    if (phase === undefined || after === undefined) continue;
    const from = (target: string): string => relative(directory, target).split(sep).join('/');
    const hashes = { before: before === undefined ? null : sha256(before), after: sha256(after) };
    const move = { temporary: from(temporary), target: from(path), ...hashes };
    if (!isMove(move)) continue;
    found.set(directory, { directory, phase, moves: [...(found.get(directory)?.moves ?? []), move] });
  }
  const all = [...found.values()];
  return all.flatMap(({ moves }) => moves).length > 1 ? all : [];
};

const writeJournal = async ({ directory, phase, moves }: PhaseMoves): Promise<string> => {
  const path = join(directory, journalName);
  const temporary = join(directory, temporaryName(999_999));
  await writeNewFile(temporary, Buffer.from(journalText({ phase, moves })));
  await moveOver(temporary, path);
  await syncDirectory(directory);
  return path;
};

/** Undoes what was replaced; returns what could not be undone, or is somebody else's by now. */
const putBack = async (done: readonly Change[]): Promise<string[]> => {
  const stranded: string[] = [];
  for (const { path, label, before, after } of done.toReversed()) {
    const temporary = join(dirname(path), temporaryName(999_998));
    try {
      if (!isEqual(readBytes(path, { most: largestNamed }), after)) stranded.push(label);
      else if (before === undefined) await removeFile(path);
      else {
        await writeNewFile(temporary, before, { path });
        await moveOver(temporary, path);
      }
    } catch {
      stranded.push(label);
    }
  }
  return stranded;
};

const isEqual = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;

/** `left`: the files that are not as they were. */
const failure = (error: unknown, current: Change | undefined, left: readonly string[]): unknown => {
  if (error instanceof Refusal || error instanceof Interrupted) return error;
  const diagnostic = diagnose('TAE110', { path: current?.label ?? '', reason: reasonOf(error) });
  if (left.length === 0) return new Refusal(diagnostic);
  const labels = left.join(', ');
  const hint =
    error instanceof LockLost
      ? `This run had replaced ${labels}, and has put nothing back. Compare the files with version control, and run again.`
      : `Some files were replaced and could not be put back: ${labels}. Restore them from version control.`;
  return new Refusal({ ...diagnostic, hint });
};
