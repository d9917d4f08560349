import { EventEmitter } from 'node:events';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../lib/diagnostics/index.ts';
import { writeOutput } from '../../lib/cli/write-output.ts';
import type { WriteOptions } from '../../lib/cli/write-files.ts';
import { contentOf, directoryWith } from './support/directory.ts';

const first = new Map([
  ['1-enable-api/main.tf', 'one'],
  ['2-add-access-entries/main.tf', 'two'],
  ['MIGRATION.md', '# read me'],
  ['.gitignore', '*\n'],
]);
const second = new Map([...first, ['1-enable-api/main.tf', 'ONE'], ['3-remove-aws-auth/main.tf', 'three']]);
const third = new Map([...second].filter(([path]) => !path.startsWith('1-')));

const inside = (root: string, name = 'out') => ({
  directory: join(root, name),
  label: name,
  module: join(root, 'infra'),
});
const write = (root: string, files: Map<string, string>, options: WriteOptions = {}, name = 'out'): Promise<void> =>
  writeOutput(inside(root, name), files, { signals: new EventEmitter(), ...options });

const refused = async (root: string, files = second, name = 'out'): Promise<string> => {
  const before = contentOf(root);
  try {
    await write(root, files, {}, name);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(contentOf(root)).toEqual(before);
    return error.diagnostics.map(({ code, message }) => `${code} ${message}`).join();
  }
  return 'written';
};

/** Files without directories and without the manifest. */
const staged = (root: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(contentOf(join(root, 'out'))).filter(([path, text]) => text !== '/' && path !== 'manifest.json'),
  );

test('writes the files and a manifest of them', async () => {
  const root = directoryWith();
  await write(root, first);
  expect(staged(root)).toEqual(Object.fromEntries(first));
  expect(JSON.parse(contentOf(root)['out/manifest.json'] ?? '')).toEqual({
    tool: 'tf-access-entries',
    version: 1,
    files: [
      { path: '.gitignore', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { path: '1-enable-api/main.tf', sha256: expect.any(String) },
      { path: '2-add-access-entries/main.tf', sha256: expect.any(String) },
      { path: 'MIGRATION.md', sha256: expect.any(String) },
    ],
  });
});

test('the same again changes nothing; another run replaces, adds and removes', async () => {
  const root = directoryWith();
  await write(root, first);
  const written = contentOf(root);
  const steps: string[] = [];
  await write(root, first, { onStep: (step, path) => void steps.push(`${step} ${path}`) });
  expect([contentOf(root), steps]).toEqual([written, ['checked ']]);
  await write(root, second);
  expect(staged(root)).toEqual(Object.fromEntries(second));
  await write(root, third);
  expect(staged(root)).toEqual(Object.fromEntries(third));
  expect(contentOf(root)).not.toHaveProperty('out/1-enable-api');
});

test('a staged file that was removed is written again', async () => {
  const root = directoryWith();
  await write(root, first);
  rmSync(join(root, 'out/1-enable-api'), { recursive: true });
  await write(root, first);
  expect(staged(root)).toEqual(Object.fromEntries(first));
});

describe('is refused, with nothing written', () => {
  test.each([
    ['1-enable-api/.terraform.lock.hcl', '1-enable-api/.terraform.lock.hcl was not written by this tool'],
    ['notes.txt', 'notes.txt was not written by this tool'],
    ['3-remove-aws-auth/main.tf', '3-remove-aws-auth/main.tf is another file'],
    ['1-enable-api/main.tf', '1-enable-api/main.tf was changed after it was written'],
    ['manifest.json', 'manifest.json is not the manifest of an earlier run'],
  ])('a file of somebody else: %s', async (path, reason) => {
    const root = directoryWith();
    await write(root, first);
    mkdirSync(join(root, 'out', path, '..'), { recursive: true });
    writeFileSync(join(root, 'out', path), 'theirs');
    expect(await refused(root)).toBe(`TAE105 out is not overwritten: ${reason}.`);
  });

  test('a directory that is not ours', async () => {
    expect(await refused(directoryWith({ 'out/main.tf': 'x' }))).toBe(
      'TAE105 out is not overwritten: main.tf was not written by this tool.',
    );
    expect(await refused(directoryWith({ 'out/manifest.json': '{"manifest_version": 3}' }))).toBe(
      'TAE105 out is not overwritten: manifest.json is not the manifest of an earlier run.',
    );
  });

  test('a file, a link, and a link among the staged files', async () => {
    expect(await refused(directoryWith({ out: 'x' }))).toBe('TAE105 out is not overwritten: it is a file.');
    const linked = directoryWith({ 'elsewhere/x.txt': 'x' });
    symlinkSync('elsewhere', join(linked, 'out'));
    expect(await refused(linked)).toBe('TAE105 out is not overwritten: it is a symbolic link.');
    const within = directoryWith({ 'elsewhere/x.txt': 'x' });
    await write(within, first);
    rmSync(join(within, 'out/1-enable-api'), { recursive: true });
    symlinkSync('../elsewhere', join(within, 'out/1-enable-api'));
    expect(await refused(within)).toBe('TAE105 out is not overwritten: 1-enable-api is no regular file.');
  });

  test('the root module itself and what it lies in', async () => {
    const root = directoryWith({ 'infra/main.tf': 'x' });
    expect(await refused(root, first, 'infra')).toBe('TAE105 infra is not overwritten: it holds the root module.');
    expect(await refused(root, first, '.')).toBe('TAE105 . is not overwritten: it holds the root module.');
  });

  test('a path through a file', async () => {
    const root = directoryWith({ a: 'x' });
    expect(await refused(root, first, 'a/out')).toBe(
      'TAE110 a/out cannot be written: a part of the path is no directory.',
    );
  });
});

test('a directory that holds nothing but empty directories is taken', async () => {
  const root = directoryWith();
  mkdirSync(join(root, 'out/1-enable-api'), { recursive: true });
  await write(root, first);
  expect(staged(root)).toEqual(Object.fromEntries(first));
});

class Crash extends Error {}

/** A directory as a process leaves it that dies at a step: nothing is cleaned up. */
const crashed = async (at: number): Promise<{ root: string; over: boolean }> => {
  const root = directoryWith();
  await write(root, first);
  let step = 0;
  let left: Record<string, string> | undefined;
  const onStep = (): void => {
    if (step++ === at) left = contentOf(root);
  };
  await write(root, second, { onStep });
  if (left === undefined) return { root, over: true };
  rmSync(join(root, 'out'), { recursive: true });
  for (const [path, text] of Object.entries(left)) {
    // That file says that this process writes there. It lives.
    if (path.endsWith('.lock')) continue;
    if (text === '/') mkdirSync(join(root, path));
    else writeFileSync(join(root, path), text, 'latin1');
  }
  return { root, over: false };
};

describe('after a run that broke off', () => {
  test('at any step the next run completes, also with other files', async () => {
    for (let at = 0; ; at++) {
      for (const files of [second, third]) {
        const { root, over } = await crashed(at);
        if (over) {
          expect(at).toBeGreaterThan(6);
          return;
        }
        await write(root, files);
        expect(staged(root)).toEqual(Object.fromEntries(files));
      }
    }
  });

  test('an error leaves the directory as it was', async () => {
    const root = directoryWith();
    await write(root, first);
    const before = contentOf(root);
    for (const at of ['temporary', 'checked', 'replaced']) {
      const onStep = (step: string): void => {
        if (step === at) throw new Crash();
      };
      await expect(write(root, second, { onStep })).rejects.toBeInstanceOf(Crash);
      expect(contentOf(root)).toEqual(before);
    }
    const fresh = directoryWith();
    const onStep = (): void => {
      throw new Crash();
    };
    await expect(write(fresh, first, { onStep })).rejects.toBeInstanceOf(Crash);
    expect(contentOf(fresh)).toEqual({});
  });
});
