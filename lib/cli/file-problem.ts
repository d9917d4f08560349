/** Why a file is not read or written where the system has no word for it; `message` completes "cannot be read: ...". */
export class FileProblem extends Error {}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'the operation is not permitted',
  ENOENT: 'it does not exist',
  EEXIST: 'something else is there',
  ENOTDIR: 'a part of the path is no directory',
  EISDIR: 'it is a directory',
  ELOOP: 'its symbolic links lead in a circle',
  ENXIO: 'it is no regular file',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it would be larger than the system allows',
  EBUSY: 'it is in use, or mounted by itself',
  ETXTBSY: 'it is in use',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENAMETOOLONG: 'the path is too long',
  EIO: 'the disk or the network failed',
  ESTALE: 'the network file system lost it',
};

/** An error of the file system in words; any other error is thrown again. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof FileProblem) return error.message;
  const code = errorCode(error);
  if (code === undefined) throw error;
  return reasons[code] ?? code;
};

/** `ENOENT` and the like, of an error that the system gave. */
export const errorCode = (error: unknown): string | undefined => {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('syscall' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
};
