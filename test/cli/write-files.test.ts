import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../lib/diagnostics/index.ts';
import { Interrupted } from '../../lib/cli/interrupt.ts';
import { finishJournal } from '../../lib/cli/journal.ts';
import { journalName } from '../../lib/cli/module-files.ts';
import { writeFiles, type Change, type WriteOptions } from '../../lib/cli/write-files.ts';
import { contentOf, directoryWith } from './support/directory.ts';

const bytes = (text: string | undefined): Buffer | undefined => (text === undefined ? undefined : Buffer.from(text));

/** Changes of files in a directory: `[before, after]`. */
const changesIn = (directory: string, texts: Record<string, [string | undefined, string | undefined]>): Change[] =>
  Object.entries(texts).map(([name, [before, after]]) => ({
    path: join(directory, name),
    label: name,
    before: bytes(before),
    after: bytes(after),
    directory,
    phase: 'enable-api',
  }));

const failure = async (changes: readonly Change[], options: WriteOptions = {}): Promise<unknown> => {
  try {
    await writeFiles(changes, { signals: new EventEmitter(), ...options });
  } catch (error) {
    return error instanceof Refusal ? error.diagnostics.map(({ code, message }) => `${code} ${message}`) : error;
  }
  return 'done';
};

test('replaces, creates and removes', async () => {
  const directory = directoryWith({ 'a.tf': 'a', 'b.tf': 'b' });
  await writeFiles(
    changesIn(directory, { 'a.tf': ['a', 'A'], 'b.tf': ['b', undefined], 'x/y/c.tf': [undefined, 'C'] }),
  );
  expect(contentOf(directory)).toEqual({ 'a.tf': 'A', x: '/', 'x/y': '/', 'x/y/c.tf': 'C' });
});

test('keeps the mode', async () => {
  const directory = directoryWith({ 'a.tf': 'a' });
  chmodSync(join(directory, 'a.tf'), 0o640);
  await writeFiles(changesIn(directory, { 'a.tf': ['a', 'A'] }));
  expect(statSync(join(directory, 'a.tf')).mode & 0o7777).toBe(0o640);
});

// Only root may give files away.
if (process.getuid?.() === 0) {
  test('keeps the owner', async () => {
    const directory = directoryWith({ 'a.tf': 'a' });
    chownSync(join(directory, 'a.tf'), 65_534, 65_534);
    await writeFiles(changesIn(directory, { 'a.tf': ['a', 'A'] }));
    expect(statSync(join(directory, 'a.tf')).uid).toBe(65_534);
  });
}

describe('writes nothing', () => {
  const texts = { 'a.tf': ['a', 'A'], 'b.tf': ['b', 'B'], 'new/c.tf': [undefined, 'C'] } as Record<
    string,
    [string | undefined, string]
  >;
  const before = { 'a.tf': 'a', 'b.tf': 'b' };

  test('when a file was changed since it was read', async () => {
    const directory = directoryWith(before);
    const onStep = (step: string, path: string): void => {
      if (step === 'temporary' && path.endsWith('c.tf')) writeFileSync(join(directory, 'b.tf'), 'edited');
    };
    expect(await failure(changesIn(directory, texts), { onStep })).toEqual([
      'TAE110 b.tf cannot be written: it was changed since it was read.',
    ]);
    expect(contentOf(directory)).toEqual({ ...before, 'b.tf': 'edited' });
  });

  test('when a file was created or removed meanwhile', async () => {
    const directory = directoryWith({ ...before, 'new/c.tf': 'theirs' });
    expect(await failure(changesIn(directory, texts))).toEqual([
      'TAE110 new/c.tf cannot be written: it was created meanwhile.',
    ]);
    const other = directoryWith({ 'a.tf': 'a' });
    expect(await failure(changesIn(other, texts))).toEqual([
      'TAE110 b.tf cannot be written: it was changed since it was read.',
    ]);
    expect(contentOf(other)).toEqual({ 'a.tf': 'a' });
  });

  test('when a rename fails after another one succeeded', async () => {
    const directory = directoryWith(before);
    const onStep = (step: string, path: string): void => {
      if (step === 'replaced' && path.endsWith('b.tf')) mkdirSync(join(directory, 'new/c.tf/x'), { recursive: true });
    };
    expect(await failure(changesIn(directory, texts), { onStep })).toEqual([
      'TAE110 new/c.tf cannot be written: it is a directory.',
    ]);
    expect(contentOf(directory)).toEqual({ ...before, new: '/', 'new/c.tf': '/', 'new/c.tf/x': '/' });
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('on %s before the first rename', async signal => {
    for (const at of ['temporary', 'checked']) {
      const directory = directoryWith(before);
      const signals = new EventEmitter();
      const onStep = (step: string): void => {
        if (step === at) signals.emit(signal, signal);
      };
      expect(await failure(changesIn(directory, texts), { signals, onStep })).toBeInstanceOf(Interrupted);
      expect(contentOf(directory)).toEqual(before);
      expect(signals.eventNames()).toEqual([]);
    }
  });
});

test('a signal among the renames waits for the last one', async () => {
  const directory = directoryWith({ 'a.tf': 'a', 'b.tf': 'b' });
  const signals = new EventEmitter();
  const onStep = (step: string): void => {
    if (step === 'replaced') signals.emit('SIGINT', 'SIGINT');
  };
  expect(await failure(changesIn(directory, { 'a.tf': ['a', 'A'], 'b.tf': ['b', 'B'] }), { signals, onStep })).toBe(
    'done',
  );
  expect(contentOf(directory)).toEqual({ 'a.tf': 'A', 'b.tf': 'B' });
});

test('a signal of the system is held back, and ends a run that has replaced nothing', () => {
  const directory = directoryWith({ 'a.tf': 'a' });
  const script = `
    import { writeFiles } from ${JSON.stringify(new URL('../../dist/cli/write-files.js', import.meta.url).href)};
    const path = ${JSON.stringify(join(directory, 'a.tf'))};
    const change = { path, label: 'a.tf', before: Buffer.from('a'), after: Buffer.from('A'), directory: ${JSON.stringify(directory)} };
    await writeFiles([change], { onStep: async () => {
      process.kill(process.pid, 'SIGINT');
      await new Promise(resolve => setTimeout(resolve, 50));
    } }).catch(error => console.log(error.status, error.message));`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, '130 SIGINT: nothing was written\n']);
  expect(contentOf(directory)).toEqual({ 'a.tf': 'a' });
});

describe('a run that was killed', () => {
  const texts: Record<string, [string, string]> = { 'a.tf': ['a', 'A'], 'b.tf': ['b', 'B'], 'c.tf': ['c', 'C'] };
  const before = { 'a.tf': 'a', 'b.tf': 'b', 'c.tf': 'c' };
  const after = { 'a.tf': 'A', 'b.tf': 'B', 'c.tf': 'C' };

  /** Runs writeFiles in a process that kills itself at the given step. */
  const killed = (directory: string, at: string): void => {
    const changes = JSON.stringify(Object.entries(texts));
    const script = `
      import { join } from 'node:path';
      import { writeFiles } from ${JSON.stringify(new URL('../../dist/cli/write-files.js', import.meta.url).href)};
      const changes = ${changes}.map(([name, [before, after]]) => ({
        path: join(${JSON.stringify(directory)}, name), label: name, directory: ${JSON.stringify(directory)},
        phase: 'enable-api',
        before: Buffer.from(before), after: Buffer.from(after),
      }));
      await writeFiles(changes, { onStep: (step, path) => {
        if (step + ' ' + path.split('/').at(-1) === ${JSON.stringify(at)}) process.kill(process.pid, 'SIGKILL');
      } });`;
    const { signal, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect([signal, stderr]).toEqual(['SIGKILL', '']);
  };

  test.each(['temporary a.tf', 'temporary c.tf', 'checked '])('at "%s" has replaced nothing', async at => {
    const directory = directoryWith(before);
    killed(directory, at);
    expect(contentOf(directory)).toMatchObject(before);
    expect(existsSync(join(directory, journalName))).toBe(false);
    await finishJournal(directory, '.', 'enable-api');
    await writeFiles(changesIn(directory, texts));
    expect(contentOf(directory)).toEqual(after);
  });

  test.each(['replaced a.tf', 'replaced b.tf', 'replaced c.tf'])('at "%s" is completed', async at => {
    const directory = directoryWith(before);
    killed(directory, at);
    expect(existsSync(join(directory, journalName))).toBe(true);
    await finishJournal(directory, '.', 'enable-api');
    expect(contentOf(directory)).toEqual(after);
  });

  test('is not completed over an edit', async () => {
    const directory = directoryWith(before);
    killed(directory, 'replaced a.tf');
    writeFileSync(join(directory, 'b.tf'), 'edited');
    // The file that says which run wrote there goes: its run has ended.
    const left = Object.entries(contentOf(directory)).filter(([name]) => !name.endsWith('.lock'));
    await expect(finishJournal(directory, 'infra', 'enable-api')).rejects.toThrow(
      'TAE110: infra cannot be written: an earlier run was interrupted there, and b.tf was changed since; restore',
    );
    expect(Object.entries(contentOf(directory))).toEqual(left);
    // What it had replaced stays: the way out must not say otherwise.
    await expect(finishJournal(directory, 'infra', 'enable-api')).rejects.toMatchObject({
      diagnostics: [{ code: 'TAE110', hint: expect.stringContaining('may be replaced already') }],
    });
  });
});

describe('a journal that is not ours to follow', () => {
  const move = { temporary: '.tf-access-entries-1-0.tmp', target: 'a.tf', before: null, after: 'x' };

  test.each([
    ['no JSON', '{'],
    ['another version', JSON.stringify({ version: 1, phase: 'enable-api', moves: [] })],
    ['a target above', JSON.stringify({ version: 2, phase: 'enable-api', moves: [{ ...move, target: '../a.tf' }] })],
    [
      'an absolute target',
      JSON.stringify({ version: 2, phase: 'enable-api', moves: [{ ...move, target: '/tmp/a.tf' }] }),
    ],
    [
      'a target that is no Terraform',
      JSON.stringify({ version: 2, phase: 'enable-api', moves: [{ ...move, target: '.bashrc' }] }),
    ],
    [
      'a temporary of another name',
      JSON.stringify({ version: 2, phase: 'enable-api', moves: [{ ...move, temporary: 'main.tf' }] }),
    ],
    [
      'a temporary above',
      JSON.stringify({ version: 2, phase: 'enable-api', moves: [{ ...move, temporary: `../${move.temporary}` }] }),
    ],
  ])('%s', async (_name, text) => {
    const directory = directoryWith({ [journalName]: text });
    await expect(finishJournal(directory, '.', 'enable-api')).rejects.toThrow(`${journalName} cannot be read`);
    expect(contentOf(directory)).toEqual({ [journalName]: text });
  });
});
