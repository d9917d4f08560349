import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../lib/diagnostics/index.ts';
import { repositoryRoot } from '../../lib/cli/links.ts';
import { readModule } from '../../lib/cli/read-module.ts';
import { directoryWith } from './support/directory.ts';

const refused = async (path: string, cwd: string): Promise<string[]> => {
  try {
    await readModule(path, cwd);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.diagnostics.map(({ code, message }) => `${code} ${message}`);
  }
  return [];
};

describe('a root module', () => {
  test('is the Terraform files of one directory, and what tells how they are used', async () => {
    const directory = directoryWith({
      'main.tf': 'a',
      'b.tofu': 'b',
      'c.tf.json': '{}',
      'd.tofu.json': '{}',
      'terragrunt.hcl': 't',
      'e.tfstack.hcl': 's',
      'f.tfcomponent.hcl': 'c',
      '.terraform/modules/modules.json': '{"Modules":[]}',
      '.terraform/modules/eks/main.tf': 'x',
      'sub/main.tf': 'x',
      'access-entries-migration/1-enable-api/main.tf': 'x',
      'terraform.tfvars': 'x',
      'README.md': 'x',
      '.hidden.tf': 'x',
      'backup.tf~': 'x',
      '#main.tf#': 'x',
      'other.hcl': 'x',
    });
    mkdirSync(join(directory, 'directory.tf'));
    const { files } = await readModule('.', directory);
    expect([...files.keys()]).toEqual([
      'b.tofu',
      'c.tf.json',
      'd.tofu.json',
      'e.tfstack.hcl',
      'f.tfcomponent.hcl',
      'main.tf',
      'terragrunt.hcl',
      // It counts before the inputs of the unit.
      'terraform.tfvars',
      '.terraform/modules/modules.json',
    ]);
  });

  test.each([
    ['infra', 'infra'],
    ['infra/', 'infra'],
    ['./infra', 'infra'],
    ['infra/main.tf', 'infra'],
    ['infra/sub/..', 'infra'],
  ])('named %s is called %s', async (path, label) => {
    const directory = directoryWith({ 'infra/main.tf': 'a', 'infra/sub/main.tf': 'b' });
    const source = await readModule(path, directory);
    expect([source.label, source.directory, [...source.files]]).toEqual([
      label,
      join(directory, 'infra'),
      [['main.tf', 'a']],
    ]);
  });

  test('keeps byte order mark, CRLF and a missing last newline', async () => {
    const directory = directoryWith({ 'main.tf': '\ufeffa = "ä"\r\nb = 1' });
    expect((await readModule('.', directory)).files.get('main.tf')).toBe('\ufeffa = "ä"\r\nb = 1');
  });

  test('behind a link to its directory', async () => {
    const directory = directoryWith({ 'real/main.tf': 'a' });
    symlinkSync('real', join(directory, 'link'));
    const source = await readModule('link', directory);
    expect([source.label, source.directory, source.files.size]).toEqual(['link', join(directory, 'real'), 1]);
  });

  test('with a link that stays inside', async () => {
    const directory = directoryWith({ 'main.tf': 'a', 'shared/eks.txt': 'b' });
    symlinkSync('shared/eks.txt', join(directory, 'eks.tf'));
    symlinkSync('shared', join(directory, 'shared.tf'));
    const { files, links } = await readModule('.', directory);
    expect([...files]).toEqual([
      ['eks.tf', 'b'],
      ['main.tf', 'a'],
    ]);
    expect([...links]).toEqual([['eks.tf', 'shared/eks.txt']]);
  });

  test('whose modules.json cannot be read is read all the same', async () => {
    const directory = directoryWith({ 'main.tf': 'a' });
    mkdirSync(join(directory, '.terraform/modules/modules.json'), { recursive: true });
    const { files, diagnostics } = await readModule('.', directory);
    expect([...files.keys()]).toEqual(['main.tf']);
    expect(diagnostics.map(({ code }) => code)).toEqual(['TAE013']);
  });
});

describe('is refused', () => {
  test('a path that does not exist', async () => {
    expect(await refused('nowhere', directoryWith())).toEqual(['TAE001 nowhere does not exist.']);
    expect(await refused('nowhere/main.tf', directoryWith())).toEqual(['TAE001 nowhere/main.tf does not exist.']);
    expect(await refused('a.tf/b', directoryWith({ 'a.tf': '' }))).toEqual([
      'TAE002 a.tf/b cannot be read: a part of the path is no directory.',
    ]);
  });

  test('a link out, to a file beside the directory and to a directory whose name begins alike', async () => {
    const directory = directoryWith({ 'infra/main.tf': 'a', 'shared.tf': 'b', 'infra-2/x.tf': 'c' });
    symlinkSync('../shared.tf', join(directory, 'infra/shared.tf'));
    symlinkSync('../infra-2/x.tf', join(directory, 'infra/x.tf'));
    expect(await refused('infra', directory)).toEqual([
      'TAE003 infra/shared.tf is a symbolic link to ../shared.tf, outside the root module.',
      'TAE003 infra/x.tf is a symbolic link to ../infra-2/x.tf, outside the root module.',
    ]);
    expect(await refused('infra/shared.tf', directory)).toHaveLength(2);
  });

  test('a link that leads nowhere, and one that leads to itself', async () => {
    const directory = directoryWith({ 'main.tf': 'a' });
    symlinkSync('gone.tf', join(directory, 'a.tf'));
    symlinkSync('b.tf', join(directory, 'b.tf'));
    expect(await refused('.', directory)).toEqual([
      'TAE002 a.tf cannot be read: its symbolic link leads nowhere.',
      'TAE002 b.tf cannot be read: its symbolic links lead in a circle.',
    ]);
  });

  test.each([
    ['Latin-1', Uint8Array.of(0x61, 0xe4)],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x61, 0x00)],
    [
      'a file encrypted by git-crypt',
      Uint8Array.of(0x00, 0x47, 0x49, 0x54, 0x43, 0x52, 0x59, 0x50, 0x54, 0x00, 0x9d, 0xff),
    ],
    ['a text that is cut in a character', Uint8Array.of(0x61, 0xc3)],
    ['a surrogate', Uint8Array.of(0xed, 0xa0, 0x80)],
  ])('%s', async (_name, bytes) => {
    const directory = directoryWith({ 'main.tf': 'a', 'x.tf': bytes });
    expect(await refused('.', directory)).toEqual(['TAE004 x.tf is not UTF-8 text.']);
  });

  test('a named pipe, without waiting for a writer', async () => {
    const directory = directoryWith({ 'main.tf': 'a' });
    execFileSync('mkfifo', [join(directory, 'x.tf')]);
    expect(await refused('.', directory)).toEqual(['TAE002 x.tf cannot be read: it is no regular file.']);
    expect(await refused('x.tf', directory)).toEqual([
      'TAE002 x.tf cannot be read: it is neither a file nor a directory.',
    ]);
  });

  test('a module in the middle of a write', async () => {
    const directory = directoryWith({ 'main.tf': 'a', '.tf-access-entries-journal.json': '{}' });
    expect(await refused('.', directory)).toEqual([
      'TAE014 This directory may be half way between two phases: a run with --write was interrupted there.',
    ]);
  });
});

test('the root of a repository is where .git is, a directory or a file', async () => {
  const directory = directoryWith({
    '.git/HEAD': 'x',
    'a/b/main.tf': 'x',
    'tree/.git': 'gitdir: x',
    'tree/c/main.tf': 'x',
  });
  expect(await repositoryRoot(join(directory, 'a/b'))).toBe(directory);
  expect(await repositoryRoot(join(directory, 'tree/c'))).toBe(join(directory, 'tree'));
  expect(await repositoryRoot('/')).toBeUndefined();
});
