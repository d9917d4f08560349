import type { EventEmitter } from 'node:events';
import { dirname, join, relative, sep } from 'node:path';
import { diagnose, Refusal } from '../diagnostics/index.ts';
import { holdSignals, Interrupted } from './interrupt.ts';
import {
  kindOf,
  makeDirectory,
  mayWrite,
  moveOver,
  readBytes,
  reasonOf,
  removeEmptyDirectory,
  removeFile,
  syncDirectory,
  writeNewFile,
} from './io.ts';
import { journalText, sha256, type Move } from './journal.ts';
import { journalName } from './module-files.ts';
import { removeTemporaries, temporaryName } from './temporaries.ts';

/** One file to write (`after`) or to remove. `before` is what must be there now; undefined for nothing. */
export type Change = {
  readonly path: string;
  /** How messages name it. */
  readonly label: string;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
  /** The root module the file belongs to: a crash among the renames there can be completed later. */
  readonly module?: string;
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
  const temporaries = new Map<Change, string>();
  const journals: string[] = [];
  const created: string[] = [];
  const done: Change[] = [];
  let current: Change | undefined;
  try {
    for (const directory of directoriesOf(changes)) await removeTemporaries(directory);
    for (current of changes) {
      if (current.after === undefined) continue;
      created.push(...(await createDirectory(dirname(current.path))));
      const temporary = join(dirname(current.path), temporaryName(temporaries.size));
      temporaries.set(current, temporary);
      await writeNewFile(temporary, current.after, current.path);
      await onStep('temporary', current.path);
      held.check();
    }
    for (current of changes) await checkUnchanged(current);
    await onStep('checked', '');
    held.check();
    for (const [module, moves] of movesOf(temporaries)) journals.push(await writeJournal(module, moves));
    for (current of changes) {
      const temporary = temporaries.get(current);
      await (temporary === undefined ? removeFile(current.path) : moveOver(temporary, current.path));
      done.push(current);
      await onStep('replaced', current.path);
    }
    for (const directory of directoriesOf(changes)) await syncDirectory(directory);
    for (const journal of journals) await removeFile(journal);
  } catch (error) {
    const stranded = await putBack(done);
    for (const directory of directoriesOf(changes)) await removeTemporaries(directory);
    for (const journal of journals) await removeFile(journal).catch(() => {});
    for (const directory of created.toReversed()) await removeEmptyDirectory(directory);
    throw failure(error, current, stranded);
  } finally {
    held.release();
  }
};

const directoriesOf = (changes: readonly Change[]): Set<string> =>
  new Set(changes.flatMap(({ path, module }) => (module === undefined ? [dirname(path)] : [dirname(path), module])));

/** The directories that were made, from the outermost. */
const createDirectory = async (path: string): Promise<string[]> => {
  const first = await makeDirectory(path);
  if (first === undefined) return [];
  const names = relative(first, path).split(sep).filter(Boolean);
  return [first, ...names.map((_name, index) => join(first, ...names.slice(0, index + 1)))];
};

const checkUnchanged = async ({ path, label, before }: Change): Promise<void> => {
  const refuse = (reason: string): never => {
    throw new Refusal(diagnose('TAE110', { path: label, reason }));
  };
  const kind = await kindOf(path);
  if (before === undefined) return kind === undefined ? undefined : refuse('it was created meanwhile');
  const now = kind === 'file' ? await readBytes(path) : undefined;
  if (now === undefined || Buffer.compare(now, before) !== 0) refuse('it was changed since it was read');
  if (!(await mayWrite(path))) refuse('it is read-only');
};

/** A single rename is one step: it needs no journal. */
const movesOf = (temporaries: ReadonlyMap<Change, string>): Map<string, Move[]> => {
  const moves = new Map<string, Move[]>();
  for (const [{ module, path, before, after }, temporary] of temporaries) {
    if (module === undefined || after === undefined) continue;
    const from = (target: string): string => relative(module, target).split(sep).join('/');
    const move = { before: before === undefined ? null : sha256(before), after: sha256(after) };
    moves.set(module, [...(moves.get(module) ?? []), { temporary: from(temporary), target: from(path), ...move }]);
  }
  return new Map([...moves].filter(([, list]) => list.length > 1));
};

const writeJournal = async (module: string, moves: readonly Move[]): Promise<string> => {
  const path = join(module, journalName);
  const temporary = join(module, temporaryName(999_999));
  await writeNewFile(temporary, Buffer.from(journalText(moves)));
  await moveOver(temporary, path);
  await syncDirectory(module);
  return path;
};

/** Undoes what was replaced; returns what could not be undone. */
const putBack = async (done: readonly Change[]): Promise<string[]> => {
  const stranded: string[] = [];
  for (const { path, label, before } of done.toReversed()) {
    const temporary = join(dirname(path), temporaryName(999_998));
    try {
      if (before === undefined) await removeFile(path);
      else {
        await writeNewFile(temporary, before, path);
        await moveOver(temporary, path);
      }
    } catch {
      stranded.push(label);
    }
  }
  return stranded;
};

const failure = (error: unknown, current: Change | undefined, stranded: readonly string[]): unknown => {
  if (error instanceof Refusal || error instanceof Interrupted) return error;
  const diagnostic = diagnose('TAE110', { path: current?.label ?? '', reason: reasonOf(error) });
  if (stranded.length === 0) return new Refusal(diagnostic);
  const hint = `Some files were replaced and could not be put back: ${stranded.join(', ')}. Restore them from version control.`;
  return new Refusal({ ...diagnostic, hint });
};
