import { join } from 'node:path';
import { diagnose, Refusal } from '../diagnostics/index.ts';
import { errorCode } from './file-problem.ts';
import { listDirectory, removeFile, writeNewFile } from './io.ts';
import { isAlive, thisProcess, type ProcessId } from './processes.ts';

/**
 * Says which run writes into a directory. Each run has a file, whose name says all of it: it is there at once or not at
 * all, and whoever finds that its run has ended may remove it. A run first puts its file and then looks for others, so that of two
 * at the same time both may be refused and never both go on.
 */
const pattern = /^\.tf-access-entries-([0-9a-f]{12})-(\d+)-(\d+)\.lock$/;

export const isLock = (name: string): boolean => pattern.test(name);

/** Returns the path of the lock, which the caller removes. `label` is how messages call the directory. */
export const takeLock = async (directory: string, label: string): Promise<string> => {
  const refuse = (reason: string): never => {
    throw new Refusal(diagnose('TAE110', { path: label, reason }));
  };
  const self = await thisProcess();
  const name = `.tf-access-entries-${self.system}-${self.pid}-${self.started}.lock`;
  const path = join(directory, name);
  await writeNewFile(path, Buffer.of()).catch((error: unknown) => {
    if (errorCode(error) === 'EEXIST') refuse('this run writes there already');
    throw error;
  });
  try {
    for (const { name: other } of await listDirectory(directory)) {
      const owner = ownerOf(other);
      if (owner === undefined || other === name) continue;
      if (owner.system !== self.system) {
        refuse(
          `a run on another host, or before a restart of this one, left ${other} there; when that run has ended, remove the file`,
        );
      }
      if (isAlive(owner)) refuse(`another run, process ${owner.pid}, writes there; wait for its end, and run again`);
      await removeFile(join(directory, other));
    }
    return path;
  } catch (error) {
    await removeFile(path).catch(() => {});
    throw error;
  }
};

const ownerOf = (name: string): ProcessId | undefined => {
  const [, system, pid, started] = pattern.exec(name) ?? [];
  return system === undefined || started === undefined ? undefined : { system, pid: Number(pid), started };
};
