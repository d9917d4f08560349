import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const main = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name        = "demo"
  authentication_mode = "API_AND_CONFIG_MAP"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true

  aws_auth_roles = var.map_roles
  aws_auth_users = var.map_users
}
`;

const shipped = fileURLToPath(new URL('../../templates/modules/', import.meta.url));

/** The module as it is in the package, by path. */
const copy: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(shipped, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => [relative(shipped, path), readFileSync(path, 'utf8')]),
);

const write = ['convert', '.', '--write', '--phase', 'add-access-entries'];

const filesIn = (directory: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(contentOf(directory)).filter(([, text]) => text !== '/'));

describe('rows that only a plan knows', () => {
  test('--write copies the module beside the root module, and does it once', async () => {
    const directory = directoryWith({ 'main.tf': main });
    const { status, stderr } = await runHere(directory, write);
    expect([status, stderr]).toEqual([0, expect.stringContaining('aws-auth-entries/main.tf')]);
    const { 'main.tf': written = '', ...rest } = filesIn(directory);
    // contentOf reads bytes.
    expect(rest).toEqual(
      Object.fromEntries(Object.entries(copy).map(([path, text]) => [path, Buffer.from(text).toString('latin1')])),
    );
    expect(written).toContain('  access_entries = module.aws_auth_entries.access_entries\n');
    expect(written.split('\n').length - main.split('\n').length).toBeLessThanOrEqual(12);
    const before = contentOf(directory);
    const again = await runHere(directory, write);
    expect([again.status, again.stderr]).toEqual([0, expect.stringContaining('TAE012')]);
    expect(contentOf(directory)).toEqual(before);
  });

  test('--entries-module names the place, and a run without it knows the call', async () => {
    const directory = directoryWith({ 'main.tf': main });
    const named = await runHere(directory, [...write, '--entries-module', './modules/aws-auth-entries/']);
    expect(named.status).toBe(0);
    expect(Object.keys(filesIn(directory))).toContain('modules/aws-auth-entries/main.tf');
    expect(contentOf(directory)['main.tf']).toContain('source = "./modules/aws-auth-entries"');
    const again = await runHere(directory, write);
    expect([again.status, again.stderr]).toEqual([0, expect.stringContaining('TAE012')]);
  });

  test('a list that is handed over later is converted by the copy that is there', async () => {
    const directory = directoryWith({ 'main.tf': main });
    await runHere(directory, [...write, '--entries-module', 'modules/aws-auth-entries']);
    const text = contentOf(directory)['main.tf'] ?? '';
    writeFileSync(
      join(directory, 'main.tf'),
      text.replace('aws_auth_users = var.map_users', 'aws_auth_users = concat(var.map_users, var.more_users)'),
    );
    const { status } = await runHere(directory, write);
    const after = filesIn(directory);
    expect([status, Object.keys(after).filter(path => path.startsWith('aws-auth-entries/'))]).toEqual([0, []]);
    expect(after['main.tf']?.match(/source = "\.\/modules\/aws-auth-entries"/g)).toHaveLength(2);
  });

  // Terraform does not keep what is in .terraform, and Git does not show what is in .git.
  test.each([
    '../aws-auth-entries',
    '/tmp/aws-auth-entries',
    'modules/../../aws-auth-entries',
    'entries',
    '.git/aws-auth-entries',
    'modules/.GIT/modules/aws-auth-entries',
    './.terraform/aws-auth-entries',
  ])('--entries-module %j is wrong usage', async place => {
    const directory = directoryWith({ 'main.tf': main });
    const { status, stderr } = await runHere(directory, [...write, '--entries-module', place]);
    expect([status, stderr]).toEqual([2, expect.stringContaining('--entries-module takes a directory below')]);
    expect(filesIn(directory)).toEqual({ 'main.tf': main });
  });

  test('staged and as a diff, the directory is part of the phase', async () => {
    const directory = directoryWith({ '.git/HEAD': '', 'main.tf': main });
    expect((await runHere(directory, ['convert', '.'])).status).toBe(0);
    const staged = filesIn(directory);
    for (const path of Object.keys(copy))
      expect(staged).toHaveProperty([`access-entries-migration/2-add-access-entries/${path}`]);
    const { stdout } = await runHere(directory, ['convert', '.', '--diff', '--phase', 'add-access-entries']);
    expect(stdout).toContain('--- /dev/null\n+++ b/aws-auth-entries/main.tf');
  });

  test('another text in its place is not overwritten', async () => {
    const other = { 'main.tf': main, 'aws-auth-entries/variables.tf': '# ours\n' };
    const directory = directoryWith(other);
    const { status, stderr } = await runHere(directory, write);
    expect([status, stderr]).toEqual([1, expect.stringContaining('TAE246')]);
    expect(filesIn(directory)).toEqual(other);
  });

  test('a copy that was edited is told, and left alone', async () => {
    const directory = directoryWith({ 'main.tf': main });
    await runHere(directory, write);
    const edited = `${copy['aws-auth-entries/main.tf'] ?? ''}# ours\n`;
    writeFileSync(join(directory, 'aws-auth-entries/main.tf'), edited);
    const { status, stderr } = await runHere(directory, write);
    expect([status, stderr]).toEqual([0, expect.stringContaining('TAE427')]);
    expect(readFileSync(join(directory, 'aws-auth-entries/main.tf'), 'utf8')).toBe(edited);
  });

  test.each(['rows.tf', 'rows.tofu', 'rows.tf.json', 'main.tofu'])(
    'a directory with a file of somebody, %s, is not written into',
    async name => {
      const other = { 'main.tf': main, [`aws-auth-entries/${name}`]: name.endsWith('json') ? '{}' : '# theirs\n' };
      const directory = directoryWith(other);
      const { status, stderr } = await runHere(directory, write);
      expect([status, stderr]).toEqual([1, expect.stringContaining(`error TAE246: aws-auth-entries/${name} `)]);
      expect(filesIn(directory)).toEqual(other);
    },
  );

  test('what changes nothing of what the module does is no other text, and is left alone', async () => {
    const kept = {
      'aws-auth-entries/main.tf': (copy['aws-auth-entries/main.tf'] ?? '').replaceAll('\n', '\r\n'),
      'aws-auth-entries/README.md': 'By terraform-docs.\n',
      'aws-auth-entries/tests/rows.tftest.hcl': '# formatted\n',
      'aws-auth-entries/.gitkeep': '',
    };
    const directory = directoryWith({ 'main.tf': main, ...kept });
    const { status, stderr } = await runHere(directory, write);
    expect([status, stderr]).toEqual([0, expect.not.stringMatching(/TAE246|TAE427/)]);
    expect(filesIn(directory)).toMatchObject(kept);
    expect(Object.keys(filesIn(directory))).toContain('aws-auth-entries/outputs.tf');
    const again = await runHere(directory, write);
    expect([again.status, again.stderr]).toEqual([0, expect.not.stringMatching(/TAE246|TAE427/)]);
  });

  test.each(['main.tf', 'more_override.tf'])('an edited copy is found where the call says it is: %s', async name => {
    const directory = directoryWith({ 'main.tf': main });
    await runHere(directory, [...write, '--entries-module', 'modules/aws-auth-entries']);
    const path = `modules/aws-auth-entries/${name}`;
    writeFileSync(join(directory, path), `${copy[`aws-auth-entries/${name}`] ?? ''}# ours\n`);
    const { status, stderr } = await runHere(directory, write);
    expect([status, stderr]).toEqual([0, expect.stringContaining(`TAE427: ${path} `)]);
  });

  test('a call whose directory is elsewhere, behind a link, is left to Terraform', async () => {
    const directory = directoryWith({ 'elsewhere/aws-auth-entries/main.tf': 'secret' });
    mkdirSync(join(directory, 'root'));
    writeFileSync(join(directory, 'root/main.tf'), main);
    await runHere(join(directory, 'root'), [...write, '--entries-module', 'modules/aws-auth-entries']);
    rmSync(join(directory, 'root/modules'), { recursive: true });
    symlinkSync('../elsewhere', join(directory, 'root/modules'));
    const { status, stderr } = await runHere(join(directory, 'root'), write);
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('TAE427')]);
  });

  test('from stdin: where the module would be is said', async () => {
    const directory = directoryWith({});
    const { status, stdout, stderr } = await runHere(directory, ['convert', '-', '--phase', 'add-access-entries'], {
      stdin: main,
    });
    expect([status, stderr]).toEqual([0, expect.stringContaining('TAE425')]);
    expect(stdout).toContain('source = "./aws-auth-entries"');
    expect(stdout).not.toContain('tftest');
  });

  test.each([
    ['aws-auth-entries', write],
    ['modules', [...write, '--entries-module', 'modules/aws-auth-entries']],
    ['aws-auth-entries/tests', write],
    ['modules/aws-auth-entries/tests', [...write, '--entries-module', 'modules/aws-auth-entries']],
  ])('a link %s out of the root module is refused', async (name, args) => {
    const directory = directoryWith({ 'elsewhere/keep': '' });
    mkdirSync(join(directory, 'root', name, '..'), { recursive: true });
    writeFileSync(join(directory, 'root/main.tf'), main);
    symlinkSync(join(directory, 'elsewhere'), join(directory, 'root', name));
    const { status, stderr } = await runHere(join(directory, 'root'), args);
    expect([status, stderr]).toEqual([3, expect.stringContaining('TAE003')]);
    expect(Object.keys(filesIn(join(directory, 'elsewhere')))).toEqual(['keep']);
  });

  test.each([
    ['a link', 'aws-auth-entries'],
    ['a link below', 'aws-auth-entries/tests'],
  ])('nothing is written into .git: %s', async (_way, link) => {
    const directory = directoryWith({ 'main.tf': main, '.git/HEAD': '' });
    mkdirSync(join(directory, link, '..'), { recursive: true });
    symlinkSync(join(directory, '.git'), join(directory, link));
    const before = contentOf(directory);
    const { status, stderr } = await runHere(directory, write);
    expect([status, stderr]).toEqual([3, expect.stringContaining('it leads into .git')]);
    expect(contentOf(directory)).toEqual(before);
  });

  test('a module of that name that is not ours converts nothing', async () => {
    const called = main.replace(
      '  authentication_mode',
      '  access_entries      = module.mine.access_entries\n  authentication_mode',
    );
    const mine = 'module "mine" {\n  source = "./aws-auth-entries"\n\n  roles = [var.map_roles, var.map_users]\n}\n';
    const directory = directoryWith({ 'main.tf': `${called}\n${mine}`, 'aws-auth-entries/main.tf': '# mine\n' });
    const { status, stderr } = await runHere(directory, write);
    expect([status, stderr]).toEqual([1, expect.stringContaining('TAE246')]);
  });

  test('the root module is written last', async () => {
    const directory = directoryWith({ 'main.tf': main });
    const { stderr } = await runHere(directory, write);
    expect(stderr).toMatch(/Written: aws-auth-entries\/.*, main\.tf\.$/m);
  });

  test('check does not count the copy as a root module', async () => {
    const directory = directoryWith({ 'main.tf': main });
    await runHere(directory, [...write, '--entries-module', 'modules/aws-auth-entries']);
    expect((await runHere(directory, ['check', '.'])).stdout).toContain(' in 1 module.');
    // As a hook names them.
    const named = Object.keys(copy).map(path => `modules/${path}`);
    expect((await runHere(directory, ['check', ...named, 'main.tf'])).stdout).toContain(' in 1 module.');
    writeFileSync(join(directory, 'modules/aws-auth-entries/main.tf'), '# mine\n');
    expect((await runHere(directory, ['check', '.'])).stdout).toContain(' in 3 modules.');
  });

  test('check has nothing to say once the call is there', async () => {
    const directory = directoryWith({ 'main.tf': main });
    const codes = async (): Promise<string> => (await runHere(directory, ['check', '.'])).stdout;
    expect(await codes()).toContain('TAE702');
    await runHere(directory, write);
    expect(await codes()).not.toContain('TAE702');
  });
});
