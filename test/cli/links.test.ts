import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { journalName } from '../../lib/cli/module-files.ts';
import { sha256 } from '../../lib/cli/journal.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { rootModule } from './support/modules.ts';

/** What a person has who runs the tool, and what must not come out. */
const secrets = '[default]\naws_secret_access_key = "hunter2"\nmodule "eks" {\n  aws-auth = [\n';

/** A checkout with links in it, beside the home directory that they lead to. */
const checkout = (files: Record<string, string>, links: Record<string, string> = {}): string => {
  const directory = directoryWith({ 'home/credentials': secrets, 'home/secret.json': '{"token":"hunter2"' });
  for (const [path, text] of Object.entries({ '.git/HEAD': 'ref: x', ...files })) {
    mkdirSync(join(directory, 'repo', path, '..'), { recursive: true });
    writeFileSync(join(directory, 'repo', path), text);
  }
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(directory, 'repo', path));
  return join(directory, 'repo');
};

describe('check prints nothing of a file outside of the repository', () => {
  test.each(['../home/credentials', '/proc/self/environ', '/etc/passwd'])(
    'a .tf file that is a link to %s',
    async to => {
      const repository = checkout({ 'main.tf': rootModule() }, { 'c.tf': to });
      for (const format of ['pretty', 'json', 'sarif', 'github', 'markdown']) {
        const { status, stdout, stderr } = await runHere(repository, ['check', '.', '--format', format]);
        expect([status, stderr]).toEqual([3, '']);
        expect(stdout).toContain('TAE003');
        expect(stdout).toContain(to);
        expect(stdout).not.toMatch(/hunter2|aws_secret|root:|PATH=/);
      }
    },
  );

  test('a config beside the root module, of check, convert and status', async () => {
    const repository = checkout(
      { 'main.tf': rootModule() },
      { 'tf-access-entries.config.json': '../home/secret.json' },
    );
    for (const args of [
      ['check', '.'],
      ['status', '.'],
      ['convert', '.'],
      ['convert', '.', '--diff'],
    ]) {
      const { status, stdout, stderr } = await runHere(repository, args);
      expect([args, status]).toEqual([args, 3]);
      expect(stdout + stderr).toContain(
        'TAE003: tf-access-entries.config.json is a symbolic link to ../home/secret.json, outside the repository.',
      );
      expect(stdout + stderr).not.toContain('hunter2');
    }
  });

  test('a config, a baseline or entries that were named and are a link: where, and no text', async () => {
    const repository = checkout({ 'main.tf': rootModule() }, { 'named.json': '../home/secret.json' });
    for (const args of [
      ['check', '.', '--config', 'named.json'],
      ['check', '.', '--baseline', 'named.json'],
      ['status', '.', '--config', 'named.json'],
      ['status', '.', '--existing', 'named.json'],
    ]) {
      const { stdout, stderr } = await runHere(repository, args);
      expect(stdout + stderr).toContain('named.json:1:');
      expect(stdout + stderr).not.toContain('hunter2');
    }
  });

  test('a token is not shown by the word that is no JSON', async () => {
    const repository = checkout({ 'main.tf': rootModule() }, { 'named.json': '../home/token' });
    writeFileSync(join(repository, '../home/token'), 'hunter2');
    for (const flag of ['--config', '--existing']) {
      const { stdout, stderr } = await runHere(repository, ['status', '.', flag, 'named.json']);
      expect(stdout + stderr).toContain('a word stands without double quotes');
      expect(stdout + stderr).not.toContain('hunter2');
    }
  });

  test('a directory above that is no repository has no more in it than the directory that was named', async () => {
    const directory = directoryWith({ 'a/main.tf': rootModule(), 'b/x.tf': 'module "eks" {' });
    symlinkSync('../b/x.tf', join(directory, 'a/x.tf'));
    const { status, stdout } = await runHere(directory, ['check', 'a']);
    expect([status, stdout]).toEqual([3, expect.stringContaining('outside the directory that is checked.')]);
    expect((await runHere(directory, ['check', '.'])).stdout).toContain('TAE005');
  });

  test('modules.json behind a link is not read', async () => {
    const repository = checkout({ 'main.tf': rootModule(), '.terraform/modules/x': '' });
    symlinkSync('/proc/self/environ', join(repository, '.terraform/modules/modules.json'));
    const { stdout } = await runHere(repository, ['check', '.']);
    expect(stdout).toMatch(/TAE013: .*modules\.json cannot be read \(it is outside the repository\)/);
  });
});

test('a config that is shared by a link inside the repository is read', async () => {
  const repository = checkout(
    { 'a/main.tf': rootModule(), 'shared.json': '{ "nope": 1 }' },
    { 'a/tf-access-entries.config.json': '../shared.json' },
  );
  const { status, stderr } = await runHere(repository, ['status', 'a']);
  expect([status, stderr]).toEqual([2, expect.stringContaining('TAE102: nope: is no key of the config')]);
});

const journal = (moves: readonly object[]): string =>
  JSON.stringify({ version: 2, phase: 'enable-api', moves }, null, 2);

const complete = (repository: string) => runHere(repository, ['convert', '.', '--write', '--phase', 'enable-api']);

describe('a journal in a checkout writes nothing outside', () => {
  const temporary = '.tf-access-entries-1-0.tmp';

  test('through a link to a directory', async () => {
    const repository = checkout({
      'main.tf': rootModule(),
      [temporary]: 'evil',
      [journalName]: journal([
        {
          temporary,
          target: 'away/main.tf',
          before: sha256(Buffer.from('theirs')),
          after: sha256(Buffer.from('evil')),
        },
      ]),
    });
    const other = directoryWith({ 'main.tf': 'theirs' });
    symlinkSync(other, join(repository, 'away'));
    const before = contentOf(repository);
    const { status, stderr } = await complete(repository);
    expect([status, stderr]).toEqual([
      3,
      expect.stringContaining('.tf-access-entries-journal.json cannot be read; restore the files'),
    ]);
    expect(contentOf(other)).toEqual({ 'main.tf': 'theirs' });
    expect(contentOf(repository)).toEqual(before);
  });

  test('nor into a directory below it', async () => {
    const below = `modules/x/${temporary}`;
    const hashes = { before: sha256(Buffer.from('theirs')), after: sha256(Buffer.from('evil')) };
    for (const move of [
      { temporary: below, target: 'modules/x/main.tf', ...hashes },
      { temporary: below, target: 'main.tf', ...hashes },
      { temporary, target: 'modules/x/main.tf', ...hashes },
    ]) {
      const files = { 'main.tf': 'theirs', 'modules/x/main.tf': 'theirs', [temporary]: 'evil', [below]: 'evil' };
      const repository = checkout({ ...files, [journalName]: journal([move]) });
      const before = contentOf(repository);
      expect(await complete(repository)).toMatchObject({ status: 3, stderr: expect.stringContaining('TAE110') });
      expect(contentOf(repository)).toEqual(before);
    }
  });

  test.each([
    'aws-auth-entries/../main.tf',
    '../aws-auth-entries/main.tf',
    '/aws-auth-entries/main.tf',
    '.git/aws-auth-entries/main.tf',
    '.GIT/aws-auth-entries/main.tf',
    'aws-auth-entries/run.sh',
    'aws-auth-entries/hooks/main.tf',
    'aws-auth-entries\\main.tf',
  ])('nor to %s, where no module of ours lies', async target => {
    const beside = `${target.slice(0, target.lastIndexOf('/') + 1)}${temporary}`;
    const move = { temporary: beside, target, before: null, after: sha256(Buffer.from('evil')) };
    const repository = checkout({ 'main.tf': 'theirs', 'aws-auth-entries/x': '', [journalName]: journal([move]) });
    const before = contentOf(join(repository, '..'));
    const { status, stderr } = await complete(repository);
    expect([status, stderr]).toEqual([3, expect.stringContaining('cannot be read; restore the files')]);
    expect(contentOf(join(repository, '..'))).toEqual(before);
  });

  test.each([
    ['aws-auth-entries', '../home'],
    ['aws-auth-entries/tests', '../../home'],
    ['aws-auth-entries', '.git'],
    ['modules', '../home'],
  ])('nor through %s, a link to %s', async (name, to) => {
    const place = name === 'modules' ? 'modules/aws-auth-entries' : name;
    const after = sha256(Buffer.from('evil'));
    const target = `${place}/rows.tftest.hcl`;
    const move = { temporary: `${place}/${temporary}`, target, before: null, after };
    const repository = checkout({ 'aws-auth-entries/x': '', 'main.tf': 'theirs', [journalName]: journal([move]) });
    if (!name.includes('/')) rmSync(join(repository, name), { recursive: true, force: true });
    symlinkSync(to, join(repository, name));
    mkdirSync(join(repository, '../home/aws-auth-entries'));
    for (const directory of ['home', 'home/aws-auth-entries', 'repo/.git'])
      writeFileSync(join(repository, '..', directory, temporary), 'evil');
    const before = contentOf(join(repository, '..'));
    expect(await complete(repository)).toMatchObject({ status: 3, stderr: expect.stringContaining('TAE110') });
    expect(contentOf(join(repository, '..'))).toEqual(before);
  });

  test('nor moves a link into its place, nor follows one that is the target or the journal', async () => {
    const hashes = { before: null, after: sha256(Buffer.from(secrets)) };
    const links = { [temporary]: '../home/credentials' };
    const moved = checkout({ [journalName]: journal([{ temporary, target: 'main.tf', ...hashes }]) }, links);
    const linked = checkout(
      { [temporary]: secrets, [journalName]: journal([{ temporary, target: 'main.tf', ...hashes }]) },
      { 'main.tf': '../home/secret.json' },
    );
    const journalBehind = checkout({ 'main.tf': rootModule(), 'j.json': journal([]) }, { [journalName]: 'j.json' });
    for (const repository of [moved, linked, journalBehind]) {
      const before = contentOf(repository);
      expect(await complete(repository)).toMatchObject({ status: 3, stderr: expect.stringContaining('TAE110') });
      expect(contentOf(repository)).toEqual(before);
    }
  });
});
