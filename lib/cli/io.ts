import type { Stats } from 'node:fs';
import { readFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/**
 * The one file that touches the disk. A path that is not there reads as undefined; what else goes wrong is thrown as
 * Node gives it, and `reasonOf` puts it into words.
 */

export type Kind = 'file' | 'directory' | 'link' | 'other';

export const readBytes = (path: string): Promise<Buffer | undefined> => absent(fs.readFile(path));

/**
 * The same, without a turn of the event loop: for the first look at thousands of files, of which a read by itself takes no time
 * and its way through the thread pool does.
 */
export const readBytesNow = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** In bytes; 0 for what has no size, as a pipe. */
export const sizeOf = async (path: string): Promise<number | undefined> => (await absent(fs.stat(path)))?.size;

/** Follows links, unlike `ownKindOf`. */
export const kindOf = async (path: string): Promise<Kind | undefined> => kind(await absent(fs.stat(path)));
export const ownKindOf = async (path: string): Promise<Kind | undefined> => kind(await absent(fs.lstat(path)));

export const realPath = (path: string): Promise<string | undefined> => absent(fs.realpath(path));
export const linkTarget = (path: string): Promise<string> => fs.readlink(path);

/** Names in a directory with their kinds, links not followed, in the order of their code points. */
export const listDirectory = async (path: string): Promise<{ readonly name: string; readonly kind: Kind }[]> => {
  const entries = await fs.readdir(path, { withFileTypes: true });
  return entries
    .map(entry => ({ name: entry.name, kind: kind(entry) }))
    .toSorted(({ name: a }, { name: b }) => (a < b ? -1 : 1));
};

/** Writes a file that is not there yet, to the disk and not only to its cache, with the mode and owner of another. */
export const writeNewFile = async (path: string, bytes: Uint8Array, like?: string): Promise<void> => {
  const model = like === undefined ? undefined : await absent(fs.stat(like));
  const file = await fs.open(path, 'wx');
  try {
    await file.writeFile(bytes);
    if (model !== undefined) {
      await file.chmod(model.mode & 0o7777);
      const own = await file.stat();
      if (own.uid !== model.uid || own.gid !== model.gid) await file.chown(model.uid, model.gid).catch(() => {});
    }
    await file.sync();
  } finally {
    await file.close();
  }
};

export const mayWrite = async (path: string): Promise<boolean> =>
  fs.access(path, fs.constants.W_OK).then(
    () => true,
    () => false,
  );

export const moveOver = (from: string, to: string): Promise<void> => fs.rename(from, to);

export const removeFile = (path: string): Promise<void> => fs.rm(path, { force: true });

/** Creates a directory and what is missing above it; returns the first one that was made. */
export const makeDirectory = (path: string): Promise<string | undefined> => fs.mkdir(path, { recursive: true });

/** Leaves a directory that holds something. */
export const removeEmptyDirectory = async (path: string): Promise<void> => {
  await fs.rmdir(path).catch(() => {});
};

/** Makes renames in a directory last. Not every system can. */
export const syncDirectory = async (path: string): Promise<void> => {
  const directory = await fs.open(path).catch(() => undefined);
  await directory?.sync().catch(() => {});
  await directory?.close();
};

/** A file of this package, from lib/ and from dist/. */
export const readPackageFile = (path: string): Promise<Buffer | undefined> =>
  readBytes(fileURLToPath(new URL(`../../${path}`, import.meta.url)));

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'the operation is not permitted',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of the path is no directory',
  EISDIR: 'it is a directory',
  ELOOP: 'its symbolic links lead in a circle',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EBUSY: 'it is in use, or mounted by itself',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the path is too long',
};

/** An error of the file system in words; any other error is thrown again. */
export const reasonOf = (error: unknown): string => {
  const code = codeOf(error);
  if (code === undefined) throw error;
  return reasons[code] ?? code;
};

const codeOf = (error: unknown): string | undefined => {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('syscall' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
};

const absent = async <Value>(promise: Promise<Value>): Promise<Value | undefined> => {
  try {
    return await promise;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

type Typed = Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>;

function kind(entry: Typed): Kind;
function kind(entry: Typed | undefined): Kind | undefined;
function kind(entry: Typed | undefined): Kind | undefined {
  if (entry === undefined) return undefined;
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : entry.isSymbolicLink() ? 'link' : 'other';
}
