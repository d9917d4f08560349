import { cpSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const cases = fileURLToPath(new URL('callers/', import.meta.url));

/** The Terraform files below a directory, by path. */
const filesIn = (directory: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter(({ name }) => name.endsWith('.tf'))
      .map(({ parentPath, name }) => join(parentPath, name))
      .toSorted()
      .map(path => [relative(directory, path), readFileSync(path, 'utf8')]),
  );

/** A repository with the files of a case. */
const repository = (name: string): string => {
  const directory = directoryWith({ '.git/HEAD': 'ref: refs/heads/main\n' });
  cpSync(join(cases, name, 'before'), directory, { recursive: true });
  return directory;
};

const expected = (name: string, phase: string): Readonly<Record<string, string>> => filesIn(join(cases, name, phase));

const envs = ['envs/dev', 'envs/prod', 'envs/staging'];
const write = (paths: readonly string[], phase: string): readonly string[] => [
  'convert',
  ...paths,
  '--write',
  '--phase',
  phase,
  '--accept-unverified',
];

const edit = (directory: string, file: string, from: string, to: string): void => {
  const path = join(directory, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
};

describe('a module with three callers', () => {
  test('moves the rows of each into its call, phase by phase, and leaves nothing behind', async () => {
    const directory = repository('three-environments');
    const before = filesIn(directory);
    const after = async (phase: string): Promise<Readonly<Record<string, string>>> => {
      const { status, stderr } = await runHere(directory, write(envs, phase));
      expect([phase, status, stderr]).toEqual([phase, 0, expect.stringContaining('Written: ')]);
      return filesIn(directory);
    };
    const { 'modules/eks/main.tf': main = '', ...others } = before;
    const mode = '  }\n\n  authentication_mode = "API_AND_CONFIG_MAP"\n}\n\nmodule "aws_auth"';
    expect(await after('enable-api')).toEqual({
      ...others,
      'modules/eks/main.tf': main.replace('  }\n}\n\nmodule "aws_auth"', mode),
    });
    const entries = expected('three-environments', 'add-access-entries');
    expect(await after('add-access-entries')).toEqual(entries);
    const off = (entries['modules/eks/main.tf'] ?? '').replace(
      'manage_aws_auth_configmap = true',
      'manage_aws_auth_configmap = false',
    );
    expect(await after('remove-aws-auth')).toEqual({ ...entries, 'modules/eks/main.tf': off });
    const api = off.replace('"API_AND_CONFIG_MAP"', '"API"');
    expect(await after('api-only')).toEqual({ ...entries, 'modules/eks/main.tf': api });
    expect(await after('clean-up')).toEqual(expected('three-environments', 'clean-up'));
    const again = await runHere(directory, write(envs, 'clean-up'));
    expect([again.status, again.stderr]).toEqual([0, expect.stringContaining('TAE012')]);
  });

  test.each([['envs/prod'], ['modules/eks'], ['envs/staging/main.tf']])(
    'all of them move, whichever is named: %s',
    async path => {
      const directory = repository('three-environments');
      await runHere(directory, write([path], 'enable-api'));
      await runHere(directory, write([path], 'add-access-entries'));
      expect(filesIn(directory)).toEqual(expected('three-environments', 'add-access-entries'));
    },
  );

  test('status judges each row where it stands', async () => {
    const { status, stdout, stderr } = await runHere(repository('three-environments'), ['status', 'envs/prod']);
    expect([status, stdout]).toEqual([0, expect.stringContaining('7 rows: 6 converted, 1 left to EKS')]);
    expect(stderr).toContain('envs/prod/main.tf:44:18: note TAE401');
    expect(stderr).toContain(
      'TAE458: This module is called by module.platform of envs/dev, module.platform of envs/prod',
    );
  });

  test('a blocked row of one of them stops phase 3 for all', async () => {
    const directory = repository('three-environments');
    edit(directory, 'envs/staging/main.tf', '["release"]', '["system:basic-user"]');
    await runHere(directory, write(envs, 'enable-api'));
    await runHere(directory, write(envs, 'add-access-entries'));
    const { status, stderr } = await runHere(directory, write(envs, 'remove-aws-auth'));
    expect([status, stderr]).toEqual([1, expect.stringContaining('envs/staging/main.tf:7:18: error TAE314')]);
  });

  test('staged files and their diffs are called from the root of the repository', async () => {
    const directory = repository('three-environments');
    const { status } = await runHere(directory, ['convert', 'envs/dev']);
    expect(status).toBe(0);
    const staged = join(directory, 'modules/eks/access-entries-migration/2-add-access-entries');
    const whole = Object.entries(expected('three-environments', 'add-access-entries'));
    const touched = whole.filter(([path]) => /\/(main|variables)\.tf$/.test(path));
    expect(filesIn(staged)).toEqual(Object.fromEntries(touched));
    expect(readFileSync(join(staged, 'phase.diff'), 'utf8')).toContain('+++ b/envs/dev/main.tf');
  });

  test('one that hands over what only a plan knows leaves the rows of all to the plan', async () => {
    const directory = repository('three-environments');
    edit(directory, 'envs/staging/main.tf', 'map_roles = local.staging_roles', 'map_roles = data.x.y.rows');
    await runHere(directory, write(envs, 'enable-api'));
    const { status, stderr } = await runHere(directory, write(envs, 'add-access-entries'));
    expect([status, stderr]).toEqual([0, expect.stringContaining('envs/staging/main.tf:24:15: note TAE457')]);
    const written = filesIn(directory);
    expect(written['modules/eks/main.tf']).toContain('module.aws_auth_entries.access_entries');
    expect(written['envs/dev/main.tf']).toBe(expected('three-environments', 'before')['envs/dev/main.tf']);
  });

  test('one that comes later with what only a plan knows is refused: the others have moved', async () => {
    const directory = repository('three-environments');
    await runHere(directory, write(envs, 'enable-api'));
    await runHere(directory, write(envs, 'add-access-entries'));
    edit(directory, 'envs/staging/main.tf', 'map_roles = local.staging_roles', 'map_roles = data.x.y.rows');
    const { status, stderr } = await runHere(directory, write(envs, 'remove-aws-auth'));
    expect([status, stderr]).toEqual([1, expect.stringContaining('envs/staging/main.tf:24:15: error TAE271')]);
  });

  test('one in JSON syntax is not read, and says so', async () => {
    const directory = repository('three-environments');
    const json = { module: { platform: { source: '../../modules/eks', map_roles: [] } } };
    writeFileSync(join(directory, 'envs/dev/main.tf.json'), JSON.stringify(json));
    renameSync(join(directory, 'envs/dev/main.tf'), join(directory, 'envs/dev/main.txt'));
    const { stderr } = await runHere(directory, ['status', 'envs/prod']);
    expect(stderr).toContain('envs/dev/main.tf.json:1:1: note TAE457');
  });
});
