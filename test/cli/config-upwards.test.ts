import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../lib/report/report.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { adminRow, blockedRow, rootModule, runner, snapshot } from './support/modules.ts';

const name = 'tf-access-entries.config.json';
const git = { '.git/HEAD': 'ref: refs/heads/main\n' };
const sso = 'arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0a1b2c3d4e5f6071';
const ssoRow = `    {
      rolearn  = "${sso}"
      username = "sso"
      groups   = ["system:masters"]
    },
`;
const nobody = { drop: [{ principal: 'arn:aws:iam::111122223333:role/nobody', reason: 'of another root module' }] };

const json = (value: unknown): string => JSON.stringify(value, null, 2);

const report = async (directory: string, ...args: string[]): Promise<Report> =>
  JSON.parse((await runHere(directory, ['status', ...args, '--format', 'json'])).stdout) as Report;

describe('the config is looked for from the root module upwards', () => {
  test('to the root of the repository, and merged', async () => {
    const directory = directoryWith({
      ...git,
      [name]: json({ ssoRegion: 'eu-west-1', runner, clusterName: 'all' }),
      [`clusters/${name}`]: json({ groups: { 'system:nodes-readers': { group: 'node-readers' } } }),
      [`clusters/prod/${name}`]: json({ drop: [{ principal: 'arn:aws:iam::111122223333:role/admin', reason: 'r' }] }),
      'clusters/prod/main.tf': rootModule(adminRow + blockedRow + ssoRow),
    });
    const { rows, settings, diagnostics } = await report(directory, 'clusters/prod');
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(rows.map(({ disposition }) => disposition)).toEqual(['dropped', 'converted', 'converted']);
    expect(settings).toEqual({
      configs: [name, `../${name}`, `../../${name}`],
      emit: 'module',
      ssoRegion: 'eu-west-1',
      runner,
    });
  });

  test('and never above it', async () => {
    const directory = directoryWith({
      [name]: '{ "nope": 1 }',
      'repo/.git/HEAD': 'ref: x',
      'repo/a/main.tf': rootModule(),
    });
    expect(await report(directory, 'repo/a')).not.toHaveProperty('settings');
  });

  test('without a repository it is the one beside the root module alone', async () => {
    const directory = directoryWith({ [name]: '{ "nope": 1 }', 'a/main.tf': rootModule() });
    expect((await runHere(directory, ['status', 'a'])).status).toBe(0);
    expect((await runHere(directory, ['check', 'a', '--min-severity', 'error'])).status).toBe(0);
  });

  test('a worktree has a file .git', async () => {
    const directory = directoryWith({
      '.git': 'gitdir: /elsewhere\n',
      [name]: json({ ssoRegion: 'eu-west-1' }),
      'a/b/main.tf': rootModule(),
    });
    expect((await report(directory, 'a/b')).settings).toMatchObject({ ssoRegion: 'eu-west-1' });
  });

  test('--config names one file, and then no other is read', async () => {
    const directory = directoryWith({
      ...git,
      [name]: '{ "nope": 1 }',
      'other.json': json({ emit: 'resources' }),
      [`a/${name}`]: '{ "nope": 2 }',
      'a/main.tf': rootModule(),
    });
    expect((await report(directory, 'a', '--config', 'other.json')).settings).toEqual({
      configs: ['../other.json'],
      emit: 'resources',
    });
  });
});

describe('an entry that matches nothing', () => {
  const files = { ...git, 'a/main.tf': rootModule() };

  test('is no error in a config further up: it is for several root modules', async () => {
    const directory = directoryWith({ ...files, [name]: json(nobody), [`a/${name}`]: json({}) });
    for (const command of ['status', 'convert']) expect((await runHere(directory, [command, 'a'])).status).toBe(0);
    expect((await runHere(directory, ['check', 'a', '--min-severity', 'error'])).status).toBe(0);
    rmSync(join(directory, 'a', name));
    expect((await runHere(directory, ['status', 'a'])).status).toBe(0);
  });

  test('is one beside the root module, with its place', async () => {
    const directory = directoryWith({ ...files, [name]: json({}), [`a/${name}`]: json(nobody) });
    for (const args of [
      ['status', 'a'],
      ['check', 'a'],
    ]) {
      const { status, stdout, stderr } = await runHere(directory, args);
      expect(status).toBe(2);
      expect(stdout + stderr).toContain(
        `a/${name}:4:20: error TAE104: drop names arn:aws:iam::111122223333:role/nobody`,
      );
    }
  });

  test('and a code that cannot be accepted is one wherever it stands', async () => {
    const accept = [{ principal: 'x', code: 'TAE301', reason: 'r' }];
    const directory = directoryWith({ ...files, [name]: json({ accept }) });
    const { status, stderr } = await runHere(directory, ['status', 'a']);
    expect([status, stderr]).toEqual([2, expect.stringContaining(`${name}:5:15: error TAE102: accept`)]);
  });
});

describe('an error names its file', () => {
  test.each([
    ['a key that is none', '{\n  "nope": 1\n}', `${name}:2:3: error TAE102: nope`, 2],
    ['a value that is none', '{\n  "ssoRegion": "Frankfurt"\n}', `${name}:2:16: error TAE102: ssoRegion`, 2],
    ['a form that is none', '{\n  "emit": "yaml"\n}', `${name}:2:11: error TAE102: emit`, 2],
    ['no JSON', '{', `${name}:1:2: error TAE103`, 2],
  ])('%s', async (_, text, said, expected) => {
    const directory = directoryWith({ ...git, [name]: text, [`a/${name}`]: '{}', 'a/main.tf': rootModule() });
    const fromRoot = await runHere(directory, ['status', 'a']);
    expect([fromRoot.status, fromRoot.stderr]).toEqual([expected, expect.stringContaining(said)]);
    const inside = await runHere(join(directory, 'a'), ['status', '.']);
    expect([inside.status, inside.stderr]).toEqual([expected, expect.stringContaining(`../${said}`)]);
  });

  test('where the root module is called by a link', async () => {
    const directory = directoryWith({ ...git, [`deep/${name}`]: '{ "nope": 1 }', 'deep/a/main.tf': rootModule() });
    symlinkSync('deep/a', join(directory, 'link'));
    expect((await runHere(directory, ['status', 'link'])).stderr).toContain(`deep/${name}:1:3: error TAE102`);
  });
});

const checkout = (target: string): string => {
  const directory = directoryWith({ 'secret.json': '{"token":"hunter2"', 'repo/.git/HEAD': 'x' });
  mkdirSync(join(directory, 'repo/a'));
  writeFileSync(join(directory, 'repo/a/main.tf'), rootModule());
  writeFileSync(join(directory, 'repo/shared.json'), '{ "emit": "resources" }');
  symlinkSync(target, join(directory, 'repo', name));
  return join(directory, 'repo');
};

describe('a link further up', () => {
  test.each(['../secret.json', '/etc/passwd'])('out of the repository is refused: %s', async target => {
    const repository = checkout(target);
    for (const args of [
      ['check', 'a'],
      ['status', 'a'],
      ['convert', 'a'],
    ]) {
      const { status, stdout, stderr } = await runHere(repository, args);
      expect([args, status]).toEqual([args, 3]);
      expect(stdout + stderr).toContain(`TAE003: ${name} is a symbolic link to ${target}, outside the repository.`);
      expect(stdout + stderr).not.toMatch(/hunter2|root:/);
    }
  });

  test('inside of it is followed', async () => {
    expect((await report(checkout('shared.json'), 'a')).settings).toMatchObject({ emit: 'resources' });
  });
});

const configured = (config: object): string =>
  directoryWith({ ...git, [name]: json(config), 'a/main.tf': rootModule(adminRow + ssoRow) });

describe('what the config says by default', () => {
  test('a flag on the command line wins', async () => {
    const at = configured({ ssoRegion: 'eu-west-1', emit: 'resources', runner });
    const other = 'arn:aws:iam::111122223333:role/other';
    const flags = ['--sso-region', 'eu-central-1', '--emit', 'module', '--runner', other];
    expect((await report(at, 'a', ...flags)).settings).toEqual({
      configs: [`../${name}`],
      emit: 'module',
      ssoRegion: 'eu-central-1',
      runner: other,
    });
  });

  test('convert stages by it, and the head of the runbook says so', async () => {
    const at = configured({ ssoRegion: 'eu-west-1', emit: 'resources', runner });
    expect((await runHere(at, ['convert', 'a'])).status).toBe(0);
    const files = contentOf(join(at, 'a/access-entries-migration'));
    expect(files['2-add-access-entries/main.tf']).toContain('resource "aws_eks_access_entry"');
    expect(files['2-add-access-entries/main.tf']).toContain('aws-reserved/sso.amazonaws.com/eu-west-1/');
    const [head = ''] = (files['MIGRATION.md'] ?? '').split('## Who gets what');
    expect(head).toContain(`Config: \`../${name}\`.`);
    expect(head).toContain('`--emit resources`');
    expect(head).toContain('`--sso-region eu-west-1`');
    expect(head).toContain(`\`--runner ${runner}\``);
  });

  test('a script changes no file, whoever asks for it', async () => {
    const at = configured({ emit: 'aws-cli', ssoRegion: 'eu-west-1' });
    for (const flags of [['--write', '--phase', 'enable-api'], ['--diff']]) {
      const { status, stderr } = await runHere(at, ['convert', 'a', ...flags]);
      expect([status, stderr]).toEqual([2, expect.stringContaining('TAE101: --emit aws-cli writes a script')]);
      expect(stderr).toContain('"emit" of the config');
    }
    const given = await runHere(at, ['convert', 'a', '--diff', '--emit', 'module']);
    expect([given.status, given.stdout]).toEqual([0, expect.stringContaining('access_entries')]);
    expect((await runHere(at, ['convert', 'a'])).status).toBe(0);
    expect(Object.keys(contentOf(join(at, 'a/access-entries-migration')))).toContain('access-entries.sh');
  });

  test.each([
    ['resources', 'to = aws_eks_access_entry.'],
    // Of a script there is nothing to import.
    ['aws-cli', 'to = module.eks.aws_eks_access_entry.'],
  ])('import-blocks with %s', async (emit, address) => {
    const at = directoryWith({
      ...git,
      [name]: json({ emit }),
      'a/main.tf': rootModule(),
      'entries.json': snapshot,
    });
    const args = ['import-blocks', 'a', '--cluster-name', 'demo', '--existing', 'entries.json'];
    expect((await runHere(at, args)).stdout).toContain(address);
  });

  test('check looks at the root module by it', async () => {
    const apart = rootModule().slice(rootModule().indexOf('module "aws_auth"'));
    const at = directoryWith({ ...git, 'a/main.tf': apart });
    expect((await runHere(at, ['check', 'a'])).stdout).toContain('TAE205');
    writeFileSync(join(at, name), json({ emit: 'resources', clusterName: 'demo' }));
    expect((await runHere(at, ['check', 'a'])).stdout).not.toContain('TAE205');
  });
});

const verifyAccess = ['verify-access', '--aws-auth', 'aws-auth.yaml', '--existing', 'entries.json'];

describe('verify-plan and verify-access are told each config', () => {
  test('in the runbook, the nearest first', async () => {
    const directory = directoryWith({
      ...git,
      [name]: json({ groups: { 'system:nodes-readers': { group: 'node-readers' } } }),
      [`a/${name}`]: json({ principals: { 'arn:aws:iam::111122223333:role/admin': { key: 'boss' } } }),
      'a/main.tf': rootModule(adminRow + blockedRow),
    });
    await runHere(directory, ['convert', 'a']);
    const book = contentOf(join(directory, 'a/access-entries-migration'))['MIGRATION.md'];
    expect(book).toContain(`--config ${name} --config ../${name}`);
  });

  test('and merge them', async () => {
    const directory = directoryWith({
      'near.json': json({ drop: [{ principal: 'arn:aws:iam::111122223333:role/a', reason: 'r' }] }),
      'far.json': json({ drop: [{ principal: 'arn:aws:iam::111122223333:role/b', reason: 'r' }] }),
      'aws-auth.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: aws-auth, namespace: kube-system }
data:
  mapRoles: |
    - { rolearn: "arn:aws:iam::111122223333:role/a", username: a, groups: ["x"] }
    - { rolearn: "arn:aws:iam::111122223333:role/b", username: b, groups: ["x"] }
`,
      'entries.json': json({
        accessEntry: {
          clusterName: 'demo',
          principalArn: runner,
          kubernetesGroups: [],
          username: 'x',
          type: 'STANDARD',
        },
      }),
    });
    const verify = (...configs: string[]) =>
      runHere(directory, [...verifyAccess, ...configs.flatMap(file => ['--config', file])]);
    expect((await verify('near.json')).status).toBe(1);
    expect((await verify('near.json', 'far.json')).status).toBe(0);
  });
});
