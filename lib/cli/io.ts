import { closeSync, constants, createReadStream, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorCode, FileProblem } from './file-problem.ts';

/**
 * The one file that touches the disk. A path that is not there reads as undefined; what else goes wrong is thrown as
 * Node gives it, and `reasonOf` puts it into words.
 */

export type Kind = 'file' | 'directory' | 'link' | 'pipe' | 'other';

/** Bytes of a file that is found. HashiCorp's parser takes 2.4 GB of memory for as many, and can have 4 GB. */
export const largestFound = 20_000_000;

/** Bytes of a file that was named. Node holds texts of about 512 MB at most. */
export const largestNamed = 500_000_000;

export type ReadOptions = {
  /** How many bytes there may be. */
  readonly most?: number;
  /** False refuses a file that is a link itself. */
  readonly links?: boolean;
};

/**
 * A regular file. No other is waited for: a pipe may have no writer, and a device no end. Read without a turn of the event loop:
 * a read of thousands of small files takes no time, and its way through the thread pool does.
 */
export const readBytes = (
  path: string,
  { most = largestFound, links = true }: ReadOptions = {},
): Buffer | undefined => {
  const file = openToRead(path, links);
  if (file === undefined) return undefined;
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new FileProblem(stats.isDirectory() ? 'it is a directory' : 'it is no regular file');
    if (stats.size > most) throw tooLarge(most);
    // A file of /proc says that it has 0 bytes and holds something.
    const bytes = readFileSync(file);
    if (bytes.length > most) throw tooLarge(most);
    return bytes;
  } finally {
    closeSync(file);
  }
};

const openToRead = (path: string, links: boolean): number | undefined => {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | (links ? 0 : constants.O_NOFOLLOW));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    if (errorCode(error) === 'ELOOP' && !links) throw new FileProblem('it is a symbolic link');
    throw error;
  }
};

const tooLarge = (most: number): FileProblem => new FileProblem(`it has more than ${most / 1e6} MB`);

/** A file that was named. A pipe is read as well, to its end: `--existing <(...)`. */
export const readNamedBytes = async (path: string): Promise<Buffer | undefined> =>
  (await kindOf(path)) === 'pipe'
    ? readStream(createReadStream(path), largestNamed)
    : readBytes(path, { most: largestNamed });

/** Reads a stream to its end. */
export const readStream = async (stream: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    total += chunk.length;
    if (total > most) throw tooLarge(most);
  }
  return Buffer.concat(chunks);
};

/** Follows links, unlike `kindOfEntry`. */
export const kindOf = (path: string): Promise<Kind | undefined> => absent(fs.stat(path).then(kind));
export const kindOfEntry = (path: string): Promise<Kind | undefined> => absent(fs.lstat(path).then(kind));

export const realPath = (path: string): Promise<string | undefined> => absent(fs.realpath(path));
export const linkTarget = (path: string): Promise<string> => fs.readlink(path);

export type Listed = { readonly name: string; readonly kind: Kind };

/** Names in a directory with their kinds, links not followed, in the order of their code points. */
export const listDirectory = async (path: string): Promise<Listed[]> => {
  const entries = await fs.readdir(path, { withFileTypes: true });
  return entries
    .map(entry => ({ name: entry.name, kind: kind(entry) }))
    .toSorted(({ name: a }, { name: b }) => (a < b ? -1 : 1));
};

/**
 * Writes a file that is not there yet, to the disk and not only to its cache, with the mode and owner of the one that it is to replace.
 */
export const writeNewFile = async (
  path: string,
  bytes: Uint8Array,
  like?: { readonly path: string; readonly executable?: boolean },
): Promise<void> => {
  const model = like === undefined ? undefined : await absent(fs.stat(like.path));
  const file = await fs.open(path, 'wx');
  try {
    await file.writeFile(bytes);
    if (model !== undefined) {
      await file.chmod(model.mode & 0o7777);
      const { uid, gid } = await file.stat();
      if (uid !== model.uid || gid !== model.gid) await file.chown(model.uid, model.gid).catch(() => {});
    }
    if (like?.executable) await file.chmod(executableMode((await file.stat()).mode));
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Whoever may read may run. */
const executableMode = (mode: number): number => (mode & 0o7777) | ((mode & 0o444) >> 2);

export const mayWrite = async (path: string): Promise<boolean> =>
  fs.access(path, fs.constants.W_OK).then(
    () => true,
    () => false,
  );

export const moveOver = (from: string, to: string): Promise<void> => fs.rename(from, to);

export const removeFile = (path: string): Promise<void> => fs.rm(path, { force: true });

/** Creates a directory and what is missing above it; returns those that were made, from the outermost. */
export const makeDirectory = async (path: string): Promise<string[]> => {
  try {
    await fs.mkdir(path);
    return [path];
  } catch (error) {
    if (errorCode(error) === 'EEXIST' && (await kindOf(path)) === 'directory') return [];
    // Node's `recursive` says ENOENT where a file system is read-only.
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    const above = await makeDirectory(dirname(path));
    await fs.mkdir(path);
    return [...above, path];
  }
};

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
export const readPackageFile = (path: string): Buffer | undefined =>
  readBytes(fileURLToPath(new URL(`../../${path}`, import.meta.url)));

export const toolVersion = (): string => {
  const manifest = readPackageFile('package.json')?.toString('utf8') ?? '{}';
  return (JSON.parse(manifest) as { version?: string }).version ?? 'unknown';
};

export const absent = async <Value>(promise: Promise<Value>): Promise<Value | undefined> => {
  try {
    return await promise;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
};

type Typed = Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink' | 'isFIFO'>;

const kind = (entry: Typed): Kind => {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  if (entry.isSymbolicLink()) return 'link';
  return entry.isFIFO() ? 'pipe' : 'other';
};
