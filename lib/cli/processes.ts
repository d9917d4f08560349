import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { linkTarget, readBytes } from './io.ts';

/** A process as another one, at another time, finds it again. */
export type ProcessId = {
  /** Stands for the host since it was started, and for the namespace in which it counts its processes. */
  readonly system: string;
  readonly pid: number;
  /** When it was started, as the system counts; 0 where that is not told. A number is given again to later processes. */
  readonly started: string;
};

export const thisProcess = async (): Promise<ProcessId> => ({
  system: await systemId(),
  pid: process.pid,
  started: startOf(process.pid) ?? '0',
});

/** Of a process of this system. In doubt it lives. */
export const isAlive = ({ pid, started }: Omit<ProcessId, 'system'>): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startOf(pid);
  return now === undefined || started === '0' || now === started;
};

const systemId = async (): Promise<string> => {
  const namespace = await linkTarget('/proc/self/ns/pid').catch(() => '');
  const told = [hostname(), textOf('/proc/sys/kernel/random/boot_id'), namespace];
  return createHash('sha256').update(told.join('\n')).digest('hex').slice(0, 12);
};

/** Linux tells it. A process that has ended and is still listed was never started. Source: man 5 proc_pid_stat. */
const startOf = (pid: number): string | undefined => {
  const fields = textOf(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ');
  if (fields === undefined) return undefined;
  return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : fields[19];
};

const textOf = (path: string): string | undefined => {
  try {
    return readBytes(path)?.toString('latin1');
  } catch {
    return undefined;
  }
};
