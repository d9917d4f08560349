import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const cli = fileURLToPath(new URL('../../../dist/bundle/main.js', import.meta.url));

export type Outcome = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

/** Runs the built command in a directory. */
export const command = (cwd: string, args: readonly string[], options: SpawnSyncOptions = {}): Outcome => {
  const { error, status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...options,
  });
  if (error !== undefined) throw error;
  return { status, stdout: String(stdout), stderr: String(stderr) };
};

/** Root may read and write everything, so what permissions do is tried as a user without rights. */
export const unprivileged: SpawnSyncOptions = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
