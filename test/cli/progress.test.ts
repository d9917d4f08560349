import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { processHost } from '../../lib/cli/process-host.ts';
import { withProgress } from '../../lib/cli/progress.ts';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { rootModule } from './support/modules.ts';

const wait = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));

/** What is said of a run with three labels, the last of which comes after so many milliseconds. */
const said = async (milliseconds: number, { width = 80, isShown = true, label = 'live/c' } = {}): Promise<string[]> => {
  const lines: string[] = [];
  const host = { transient: (text: string) => void lines.push(text), width: () => width };
  await withProgress(host, 3, { isShown }, async begin => {
    begin('live/a');
    begin('live/b');
    await wait(milliseconds);
    begin(label);
  });
  return lines;
};

describe('progress', () => {
  test('says where a long run is, and is gone at its end', async () => {
    expect(await said(600)).toEqual(['3 of 3: live/c', '']);
  });

  test('says nothing of a short run, nor where nothing but errors is wanted', async () => {
    expect(await said(0)).toEqual([]);
    expect(await said(600, { isShown: false })).toEqual([]);
  });

  test('stays in its line, whatever a directory is called', async () => {
    const [line = ''] = await said(600, { width: 20, label: 'live/用户用户用户\u001b[2J\n' });
    expect(line).toBe('3 of 3: live/用户用');
  });

  test('is gone when the run fails', async () => {
    const lines: string[] = [];
    const host = { transient: (text: string) => void lines.push(text), width: () => 80 };
    const failing = withProgress(host, 1, { isShown: true }, async begin => {
      await wait(600);
      begin('live/a');
      throw new Error('gone');
    });
    await expect(failing).rejects.toThrow('gone');
    expect(lines.at(-1)).toBe('');
  });
});

/** What is written for a line that is put there and taken away. */
const written = (env: NodeJS.ProcessEnv, isTTY = true): string | undefined => {
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const streams = { stdout: new PassThrough(), stderr, stdin: Readable.from([]), env };
  const { transient } = processHost(streams as unknown as NodeJS.Process, '/');
  if (transient === undefined) return undefined;
  transient('a');
  transient('');
  return String(stderr.read());
};

describe('what is written to a terminal', () => {
  test('goes over the line before it', () => {
    expect(written({ TERM: 'xterm' })).toBe('\r\u001b[Ka\r\u001b[K');
  });

  test.each([
    ['in CI', { CI: 'true' }],
    ['with NO_COLOR', { NO_COLOR: '1' }],
    ['on a terminal that cannot erase', { TERM: 'dumb' }],
  ])('nothing %s', (_where, env) => {
    expect(written({ TERM: 'xterm', ...env })).toBeUndefined();
  });

  test('nothing in a pipe', () => {
    expect(written({ TERM: 'xterm' }, false)).toBeUndefined();
  });
});

test.each(['status live', 'check live'])('%s prints the same with it as without', async line => {
  const directory = directoryWith({ 'live/a/main.tf': rootModule(), 'live/b/main.tf': rootModule() });
  const plain = await runHere(directory, line.split(' '));
  expect(await runHere(directory, line.split(' '), { transient: () => {} })).toEqual(plain);
});
