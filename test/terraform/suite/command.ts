import { spawn } from 'node:child_process';
import { env } from 'node:process';

export type Answer = { code: number; stdout: string; stderr: string; ms: number };

/** Runs an engine. It never asks, and its colours are off. */
export function run(
  path: string,
  args: readonly string[],
  options: { cwd: string; env: Readonly<Record<string, string>> },
): Promise<Answer> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, {
      cwd: options.cwd,
      env: { ...env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', code => resolve({ code: code ?? -1, stdout, stderr, ms: performance.now() - started }));
  });
}

/** The errors of an engine on one line. */
export function problemOf({ stdout, stderr }: Answer, most = 900): string {
  const text = (stderr || stdout).replace(/\u001b\[[0-9;]*m/g, '').replace(/[│╷╵]/g, ' ');
  const errors = text.slice(Math.max(0, text.indexOf('Error:')));
  return errors.replace(/\s+/g, ' ').trim().slice(0, most);
}
