import { spawnSync } from 'node:child_process';
import { PassThrough, Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { processHost } from '../../lib/cli/process-host.ts';

const fake = (stdin: Iterable<Uint8Array> = []) => {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough(), stdin: Readable.from(stdin) };
  return { streams, host: processHost({ ...streams, env: {} } as unknown as NodeJS.Process, '/') };
};

/** What a process prints that colours a text for a terminal. */
const coloured = (env: NodeJS.ProcessEnv, color = true, isTTY = true): string => {
  const script = `
    import { processHost } from ${JSON.stringify(new URL('../../dist/cli/process-host.js', import.meta.url).href)};
    import { PassThrough } from 'node:stream';
    import { WriteStream } from 'node:tty';
    const { getColorDepth } = WriteStream.prototype;
    const stream = Object.assign(new PassThrough(), { isTTY: ${isTTY}, getColorDepth });
    const host = processHost({ stdout: stream, stderr: stream, env: process.env }, '/');
    process.stdout.write(host.style('stderr', ${color})('red', 'x'));`;
  // Node counts colours by a dozen variables, CI among them: only those of the case are there.
  const options = { encoding: 'utf8', env: { TERM: 'xterm-256color', ...env } } as const;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], options).stdout;
};

test('colours on a terminal, or with FORCE_COLOR; none in a pipe, with --no-color or with NO_COLOR', () => {
  expect(coloured({})).toBe('\u001b[31mx\u001b[39m');
  expect(coloured({ NO_COLOR: '1' })).toBe('x');
  expect(coloured({}, false)).toBe('x');
  expect(coloured({}, true, false)).toBe('x');
  expect(coloured({ FORCE_COLOR: '1' }, true, false)).toBe('\u001b[31mx\u001b[39m');
});

test('a closed pipe is no error, a full disk is one', async () => {
  const { streams, host } = fake();
  streams.stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' }));
  expect(await host.close()).toBeUndefined();
  streams.stderr.emit('error', Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC', syscall: 'write' }));
  expect(await host.close()).toBe('stderr cannot be written: the disk is full.');
});

test('stdin is read whole', async () => {
  const { host } = fake([Uint8Array.of(0xc3), Uint8Array.of(0xa4)]);
  expect(Buffer.from(await host.readStdin(2)).toString()).toBe('ä');
});
