import { join } from 'node:path';
import { listDirectory, removeFile } from './io.ts';
import { isAlive } from './processes.ts';

const pattern = /^\.tf-access-entries-(\d+)-\d+\.tmp$/;

/** Terraform and git-minded people skip it: a hidden name that tells whose it is. */
export const temporaryName = (number: number): string => `.tf-access-entries-${process.pid}-${number}.tmp`;

export const isTemporary = (name: string): boolean => pattern.test(name);

/** Removes what a run left behind that was killed. Files of a run that still lives stay. */
export const removeTemporaries = async (directory: string): Promise<void> => {
  for (const { name, kind } of await listDirectory(directory).catch(() => [])) {
    const pid = Number(pattern.exec(name)?.[1]);
    if (kind === 'file' && isTemporary(name) && (pid === process.pid || !isAlive({ pid, started: '0' }))) {
      await removeFile(join(directory, name)).catch(() => {});
    }
  }
};
