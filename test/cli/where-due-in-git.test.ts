import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { contentOf, directoryWith } from './support/directory.ts';
import { commitAll, git, repository } from './support/git.ts';
import { runHere } from './support/host.ts';
import { adminRow, blockedRow, rootModule } from './support/modules.ts';
import type { Outcome } from './support/command.ts';

const mode = '  authentication_mode = "API_AND_CONFIG_MAP"\n';
const early = rootModule();
const due = rootModule(adminRow, mode);

const hook = (directory: string, ...paths: string[]): Promise<Outcome> =>
  runHere(directory, ['convert', '--write', '--phase', 'add-access-entries', '--where-due', ...paths]);

const phase3 = ['convert', 'a/main.tf', '--write', '--phase', 'remove-aws-auth', '--where-due'];

/** A repository with a commit of these files, which then become others. */
const committed = (files: Readonly<Record<string, string>>, then: Readonly<Record<string, string>>): string => {
  const directory = repository(directoryWith(files));
  commitAll(directory);
  for (const [path, text] of Object.entries(then)) {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
};

const note =
  'note TAE122: Phase add-access-entries is not written in a: phase enable-api is in its files, and not in the last commit.';

describe('a phase does not come into the commit of the phase before', () => {
  test('phase 1 is in the working tree alone: nothing is written, it is said why, and the commit goes on', async () => {
    const directory = committed({ 'a/main.tf': early }, { 'a/main.tf': due });
    git(directory, 'add', '--all');
    const before = contentOf(join(directory, 'a'));
    const { status, stdout, stderr } = await hook(directory, 'a/main.tf');
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toContain(note);
    expect(contentOf(join(directory, 'a'))).toEqual(before);
  });

  // Phase 0 goes to version 20, in which the mode can be written: one commit of both would be one apply.
  test('phase 0 is in the working tree alone: phase 1 is not written', async () => {
    const before = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.21.0"

  cluster_name              = "demo"
  cluster_version           = "1.29"
  manage_aws_auth_configmap = true
  aws_auth_roles = [
    { rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] },
  ]
}
`;
    const directory = committed({ 'a/main.tf': before }, {});
    const split = await runHere(directory, ['convert', 'a', '--write', '--phase', 'split-aws-auth']);
    expect(split).toMatchObject({ status: 0, stderr: expect.stringContaining('Written: a/main.tf') });
    const after = contentOf(join(directory, 'a'));
    const phase1 = ['convert', 'a', '--write', '--phase', 'enable-api', '--where-due'];
    const { status, stderr } = await runHere(directory, phase1);
    expect([status, stderr]).toEqual([
      0,
      expect.stringContaining(
        'note TAE122: Phase enable-api is not written in a: phase split-aws-auth is in its files, and not in the last commit.',
      ),
    ]);
    expect(contentOf(join(directory, 'a'))).toEqual(after);
    commitAll(directory);
    expect(await runHere(directory, phase1)).toMatchObject({ stderr: expect.stringContaining('Written: a/main.tf.') });
  });

  test('with phase 1 committed, phase 2 is written', async () => {
    const directory = committed({ 'a/main.tf': early }, { 'a/main.tf': due });
    commitAll(directory);
    expect(await hook(directory, 'a/main.tf')).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('Written: a/main.tf.'),
    });
  });

  test('a mode that values give is in no commit of the source', async () => {
    const variable = '\nvariable "mode" {\n  type    = string\n  default = "CONFIG_MAP"\n}\n';
    const module = (rows: string): string => `${rootModule(rows, '  authentication_mode = var.mode\n')}${variable}`;
    const values = { 'dev.tfvars': 'mode = "API_AND_CONFIG_MAP"\n' };
    const directory = committed({ 'a/main.tf': module(''), ...values }, { 'a/main.tf': module(adminRow) });
    expect(await hook(directory, 'a/main.tf', '--environments', 'dev.tfvars')).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('Written: a/main.tf.'),
    });
  });

  test('of several root modules those are written whose phase 1 is committed', async () => {
    const directory = committed({ 'a/main.tf': early, 'b/main.tf': due }, { 'a/main.tf': due });
    const { status, stderr } = await hook(directory, 'a/main.tf', 'b/main.tf');
    expect(status).toBe(0);
    expect(stderr).toContain(note);
    expect(stderr).toContain('Written: b/main.tf.');
    expect(contentOf(join(directory, 'a'))).toEqual({ 'main.tf': due });
  });

  test('a blocked row of a root module that waits does not fail the commit of phase 1', async () => {
    const after = rootModule(adminRow + blockedRow, mode);
    const directory = committed({ 'a/main.tf': rootModule(adminRow + blockedRow) }, { 'a/main.tf': after });
    const { status, stderr } = await hook(directory, 'a/main.tf');
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('TAE314')]);
  });

  test('what is not live yet does not fail the commit of phase 2, and stops phase 3 once that is committed', async () => {
    const directory = committed({ 'a/main.tf': due }, {});
    await runHere(directory, ['convert', 'a', '--write', '--phase', 'add-access-entries']);
    const { status, stderr } = await runHere(directory, phase3);
    expect([status, stderr]).toEqual([0, expect.stringContaining('note TAE122: Phase remove-aws-auth')]);
    expect(stderr).not.toContain('TAE109');
    commitAll(directory);
    expect(await runHere(directory, phase3)).toMatchObject({ status: 1, stderr: expect.stringContaining('TAE109') });
  });

  test('nor does a row that blocks phase 3 fail the commit of phase 2', async () => {
    const directory = committed({ 'a/main.tf': rootModule(adminRow + blockedRow, mode) }, {});
    await runHere(directory, ['convert', 'a', '--write', '--phase', 'add-access-entries']);
    const { status, stderr } = await runHere(directory, phase3);
    expect([status, stderr]).toEqual([0, expect.stringContaining('note TAE122: Phase remove-aws-auth')]);
  });

  test('a root module that is new is not in the last commit', async () => {
    const directory = committed({ 'README.md': '' }, { 'a/main.tf': due });
    expect(await hook(directory, 'a/main.tf')).toMatchObject({ status: 0, stderr: expect.stringContaining(note) });
  });

  test('other changes in the same commit do not matter', async () => {
    const directory = committed(
      { 'a/main.tf': due, 'a/gone.tf': 'locals {\n  a = 1\n}\n' },
      { 'a/main.tf': due.replace('username = "admin"', 'username = "boss"'), 'a/new.tf': 'locals {\n  b = 1\n}\n' },
    );
    expect((await hook(directory, 'a/main.tf')).stderr).toContain('Written: a/main.tf.');
  });

  test('a root module at the root of the repository, with another below it', async () => {
    const directory = committed({ 'main.tf': early, 'x/main.tf': due }, { 'main.tf': due });
    const { status, stderr } = await hook(directory, 'main.tf');
    expect([status, stderr]).toEqual([0, expect.stringContaining('not written in .: phase enable-api')]);
    commitAll(directory);
    expect((await hook(directory, 'main.tf')).stderr).toContain('Written: main.tf.');
  });

  test('the phase is in a file that is a link', async () => {
    const directory = repository(directoryWith({ 'a/cluster.txt': early }));
    symlinkSync('cluster.txt', join(directory, 'a/main.tf'));
    commitAll(directory);
    writeFileSync(join(directory, 'a/cluster.txt'), due);
    expect((await hook(directory, 'a/main.tf')).stderr).toContain(note);
    commitAll(directory);
    expect((await hook(directory, 'a/main.tf')).stderr).toContain('Written: ');
  });

  test('a file of the last commit that is broken does not stop a commit that repairs it', async () => {
    const directory = committed({ 'a/main.tf': 'module "eks" {' }, { 'a/main.tf': due });
    expect(await hook(directory, 'a/main.tf')).toMatchObject({ status: 0, stderr: expect.stringContaining(note) });
  });
});

describe('as it was', () => {
  test('without a commit yet', async () => {
    const directory = repository(directoryWith({ 'a/main.tf': due }));
    expect((await hook(directory, 'a/main.tf')).stderr).toContain('Written: a/main.tf.');
  });

  test('without a repository', async () => {
    const directory = directoryWith({ 'a/main.tf': due });
    expect((await hook(directory, 'a/main.tf')).stderr).toContain('Written: a/main.tf.');
  });

  test('without --where-due: who names a root module has decided', async () => {
    const directory = committed({ 'a/main.tf': early }, { 'a/main.tf': due });
    const args = ['convert', 'a', '--write', '--phase', 'add-access-entries'];
    expect((await runHere(directory, args)).stderr).toContain('Written: a/main.tf.');
  });
});

test('a repository that git does not read ends the run', async () => {
  const directory = directoryWith({ '.git': 'gitdir: /nowhere\n', 'a/main.tf': due });
  const { status, stderr } = await hook(directory, 'a/main.tf');
  expect([status, stderr]).toEqual([3, expect.stringContaining('error TAE119: ')]);
  expect(contentOf(join(directory, 'a'))).toEqual({ 'main.tf': due });
});
