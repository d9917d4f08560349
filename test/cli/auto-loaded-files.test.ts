import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { callers, edit } from './support/callers.ts';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { adminRow, rootModule } from './support/modules.ts';

/*
 * What Terraform loads by itself, and in which order: internal/command/arguments/vars.go of hashicorp/terraform. Later values win:
 * terraform.tfvars, terraform.tfvars.json, *.auto.tfvars and *.auto.tfvars.json by name, then each -var-file.
 */

type Files = Readonly<Record<string, string>>;

const withFiles = (directory: string, files: Files): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
};

/** A root module under the variable, whose default is 0, with files of values. */
const phased = async (files: Files, start: Files = {}): Promise<string> => {
  const directory = directoryWith({ 'main.tf': rootModule(adminRow), ...start });
  const { status } = await runHere(directory, ['convert', '.', '--write', '--phase', 'per-environment']);
  expect(status).toBe(0);
  withFiles(directory, files);
  return directory;
};

const own = ['--environments', 'envs/*.tfvars'];

type Told = { readonly name: string; readonly file: string; readonly phase: number | null };

/** Each environment with the phase and the file that the report has for it. */
const environmentsIn = async (directory: string, args: readonly string[]): Promise<readonly string[]> => {
  const { stdout } = await runHere(directory, ['status', '.', '--format', 'json', ...args]);
  const { environments = [] } = JSON.parse(stdout) as { readonly environments?: readonly Told[] };
  return environments.map(({ file, phase }) => `${file} ${phase}`);
};

const number = (value: unknown): string => `access_entries_phase = ${JSON.stringify(value)}\n`;
const json = (value: unknown): string => JSON.stringify({ access_entries_phase: value });
const prod: Files = { 'envs/prod.tfvars': 'region = "eu-central-1"\n' };

describe('an environment that does not say its phase is where files put it that Terraform loads by itself', () => {
  test.each<[string, Files, number]>([
    ['without one the default counts', {}, 0],
    ['one of them', { 'terraform.tfvars': number(2) }, 2],
    ['in JSON syntax', { 'terraform.tfvars.json': json(3) }, 3],
    ['JSON after HCL', { 'terraform.tfvars': number(2), 'terraform.tfvars.json': json(3) }, 3],
    ['*.auto.tfvars after both', { 'terraform.tfvars.json': json(3), 'a.auto.tfvars': number(1) }, 1],
    ['*.auto.* by name', { 'a.auto.tfvars': number(1), 'b.auto.tfvars.json': json(4), 'c.auto.tfvars': number(2) }, 2],
    ['capitals come first in names', { 'Z.auto.tfvars': number(1), 'a.auto.tfvars': number(2) }, 2],
    ['one without a name', { '.auto.tfvars': number(2) }, 2],
    ['a string', { 'terraform.tfvars': number('2') }, 2],
    ['a string with a fraction of nothing', { 'terraform.tfvars': number('2.0') }, 2],
    ['Windows line ends', { 'terraform.tfvars': 'a = 1\r\naccess_entries_phase = 2\r\n' }, 2],
    ['null, which is the default', { 'terraform.tfvars': number(2), 'a.auto.tfvars': number(null) }, 0],
    [
      'names that it does not load',
      { 'auto.tfvars': number(2), 'prod.tfvars': number(2), 'x.AUTO.tfvars': number(2) },
      0,
    ],
    ['those of other directories', { 'envs/terraform.tfvars.json': json(3), 'envs/a.auto.tfvars.json': json(3) }, 0],
  ])('%s', async (_name, files, phase) => {
    const directory = await phased({ ...prod, ...files });
    expect(await environmentsIn(directory, own)).toEqual([`envs/prod.tfvars ${phase}`]);
  });

  test('and its own file comes after them, also with null', async () => {
    const directory = await phased({
      'a.auto.tfvars': number(1),
      'envs/a.tfvars': number(3),
      'envs/b.tfvars': number(null),
    });
    expect(await environmentsIn(directory, own)).toEqual(['envs/a.tfvars 3', 'envs/b.tfvars 0']);
  });

  test('status says it, and clean-up looks at it', async () => {
    const directory = await phased({ ...prod, 'terraform.tfvars': number(4) });
    const { stdout } = await runHere(directory, ['status', '.', ...own]);
    expect(stdout).toMatch(/prod\s+4\s+clean-up, once all are here/);
    const cleanUp = ['convert', '.', '--write', '--phase', 'clean-up', ...own];
    withFiles(directory, { 'a.auto.tfvars': number(2) });
    const behind = await runHere(directory, cleanUp);
    expect([behind.status, behind.stderr]).toEqual([
      1,
      expect.stringContaining('TAE264: Phase clean-up is not written: envs/prod.tfvars is at 2.'),
    ]);
    withFiles(directory, { 'a.auto.tfvars': '' });
    expect((await runHere(directory, cleanUp)).status).toBe(0);
  });

  test('a number that the variable does not take is said once, of the file that has it', async () => {
    const directory = await phased({ ...prod, 'envs/stage.tfvars': '', 'terraform.tfvars': number(9) });
    const { status, stderr } = await runHere(directory, ['status', '.', ...own]);
    expect([status, stderr.match(/TAE266: .*/g)]).toEqual([
      2,
      ['TAE266: terraform.tfvars sets access_entries_phase to 9, and the source takes 0, 1, 2, 3, 4.'],
    ]);
  });

  test('the runbook has it in its checklist', async () => {
    const directory = await phased({ ...prod, 'terraform.tfvars': number(2) });
    const { stdout } = await runHere(directory, ['status', '.', '--format', 'markdown', ...own]);
    expect(stdout).toContain('access_entries_phase = 3 in envs/prod.tfvars');
  });
});

describe('a file of an environment that Terraform loads by itself', () => {
  test('is where it stands among the others', async () => {
    const directory = await phased({ 'terraform.tfvars': number(2), 'z.auto.tfvars': number(3) });
    for (const named of ['terraform.tfvars', './terraform.tfvars', join(directory, 'terraform.tfvars')])
      expect(await environmentsIn(directory, ['--environments', named])).toEqual(['z.auto.tfvars 3']);
  });

  test('is one environment with others like it', async () => {
    const directory = await phased({ 'terraform.tfvars': number(2), 'z.auto.tfvars': '', 'other.tfvars': number(4) });
    expect(await environmentsIn(directory, ['--environments', '*.tfvars'])).toEqual([
      'other.tfvars 4',
      'terraform.tfvars 2',
    ]);
  });

  test('in the root module of its environment', async () => {
    const directory = await phased({});
    const root = directoryWith({ '.git/HEAD': '' });
    withFiles(root, { 'envs/prod/terraform.tfvars': number(2), 'envs/prod/b.auto.tfvars': 'region = "x"\n' });
    withFiles(root, {
      'envs/prod/main.tf': readFileSync(join(directory, 'main.tf'), 'utf8'),
    });
    const { stdout } = await runHere(root, ['status', 'envs/prod', '--environments', 'envs/prod/terraform.tfvars']);
    expect(stdout).toMatch(/prod\s+2\s+access_entries_phase = 3 in envs\/prod\/terraform\.tfvars/);
    const tree = await runHere(root, ['status', '.', '--environments', '*.tfvars']);
    expect(tree.stdout).toMatch(
      /envs\/prod \(prod\) .*2 add-access-entries\s+access_entries_phase = 3 in envs\/prod\/terraform\.tfvars/,
    );
  });
});

describe('without a file of an environment', () => {
  test('the root module is where those files put it', async () => {
    const directory = await phased({ 'terraform.tfvars': `${number(2)}password = "hunter2"\n` });
    const { stdout, stderr } = await runHere(directory, ['status', '.']);
    expect(stdout).toMatch(/2\s+access_entries_phase = 3 in terraform\.tfvars/);
    expect(stdout + stderr).not.toContain('hunter2');
  });

  test('and nothing is said where they do not put it anywhere', async () => {
    const directory = await phased({ 'terraform.tfvars': 'region = "x"\n' });
    expect(await environmentsIn(directory, [])).toEqual([]);
  });

  test('clean-up still wants to know which there are', async () => {
    const directory = await phased({ 'terraform.tfvars': number(2) });
    const cleanUp = ['convert', '.', '--write', '--phase', 'clean-up'];
    expect((await runHere(directory, cleanUp)).stderr).toContain(
      'TAE264: Phase clean-up is not written: terraform.tfvars is at 2.',
    );
    withFiles(directory, { 'terraform.tfvars': number(4) });
    expect((await runHere(directory, cleanUp)).stderr).toContain('no environment is named');
    expect((await runHere(directory, [...cleanUp, '--environments', 'terraform.tfvars'])).status).toBe(0);
  });
});

const refused = async (directory: string, args: readonly string[] = own): Promise<string> => {
  const { status, stderr } = await runHere(directory, ['status', '.', ...args]);
  expect(status).toBe(3);
  return stderr;
};

describe('a file that cannot be read', () => {
  test.each<[string, Files, string]>([
    [
      'no literal',
      { 'terraform.tfvars': 'x = "hunter2"\naccess_entries_phase = local.x\n' },
      'terraform.tfvars:2:24: error TAE015: terraform.tfvars cannot be read: the value of access_entries_phase is no literal.',
    ],
    [
      'broken syntax',
      { 'a.auto.tfvars': 'x = = "hunter2"\n' },
      'TAE015: a.auto.tfvars cannot be read: its syntax is not valid.',
    ],
    [
      'broken JSON',
      { 'a.auto.tfvars.json': '{"hunter2"' },
      'TAE015: a.auto.tfvars.json cannot be read: it is no JSON object.',
    ],
    ['a directory', { 'terraform.tfvars/x': '' }, 'TAE002: terraform.tfvars cannot be read: it is a directory.'],
  ])('is named: %s', async (_name, files, message) => {
    const stderr = await refused(await phased({ ...prod, ...files }));
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('hunter2');
  });

  test('is named where it is encrypted', async () => {
    const directory = await phased(prod);
    writeFileSync(join(directory, 'terraform.tfvars'), Buffer.from('\u0000GITCRYPT\u0000\u00ff', 'latin1'));
    expect(await refused(directory)).toContain('TAE004: terraform.tfvars is not UTF-8 text.');
  });

  test('stops nobody whose own file says the phase', async () => {
    const directory = await phased({ 'envs/prod.tfvars': number(2), 'terraform.tfvars': 'x = = 1\n' });
    expect(await environmentsIn(directory, own)).toEqual(['envs/prod.tfvars 2']);
  });

  test('nor anybody whose source has no phase by value', async () => {
    const directory = directoryWith({ 'main.tf': rootModule(adminRow), 'terraform.tfvars': 'x = = 1\n' });
    expect((await runHere(directory, ['status', '.'])).status).toBe(0);
  });

  test('by a link: inside of the repository it is followed, out of it it is refused', async () => {
    const outside = directoryWith({ 'x.tfvars': number(2) });
    const directory = await phased({ ...prod, '.git/HEAD': '', 'common/x.tfvars': number(3) });
    symlinkSync('common/x.tfvars', join(directory, 'terraform.tfvars'));
    expect(await environmentsIn(directory, own)).toEqual(['envs/prod.tfvars 3']);
    symlinkSync(join(outside, 'x.tfvars'), join(directory, 'a.auto.tfvars'));
    expect(await refused(directory)).toContain('TAE003: a.auto.tfvars is a symbolic link to');
  });

  test('by a link that leads nowhere: Terraform passes over terraform.tfvars, and stops at the others', async () => {
    const directory = await phased(prod);
    symlinkSync('nowhere', join(directory, 'terraform.tfvars'));
    expect(await environmentsIn(directory, own)).toEqual(['envs/prod.tfvars 0']);
    symlinkSync('nowhere', join(directory, 'a.auto.tfvars'));
    expect(await refused(directory)).toContain(
      'TAE002: a.auto.tfvars cannot be read: its symbolic link leads nowhere.',
    );
  });
});

describe('a mode that is a variable', () => {
  const module = `${rootModule(adminRow, '  authentication_mode = var.mode\n')}\nvariable "mode" {\n  type    = string\n  default = "CONFIG_MAP"\n}\n`;

  test('is that of a file that Terraform loads by itself, where the file of the environment has none', async () => {
    const files = {
      'main.tf': module,
      'terraform.tfvars': 'mode = "API"\n',
      'envs/a.tfvars': '',
      'envs/b.tfvars': 'mode = "API_AND_CONFIG_MAP"\n',
    };
    const { stdout } = await runHere(directoryWith(files), ['status', '.', ...own]);
    expect(stdout).toMatch(/a\s+unknown\s+API\s/);
    expect(stdout).toMatch(/b\s+unknown\s+API_AND_CONFIG_MAP\s/);
  });

  test('is read for nobody who has named no environment', async () => {
    const directory = directoryWith({ 'main.tf': module, 'terraform.tfvars': 'mode = = 1\n' });
    expect((await runHere(directory, ['status', '.'])).status).toBe(0);
  });
});

const prodIn = async (directory: string, args: readonly string[] = []): Promise<string> => {
  const { stdout } = await runHere(directory, ['status', 'envs/prod', ...args]);
  return stdout
    .split('\n')
    .filter(line => line.includes('envs/prod'))
    .join('\n')
    .replace(/ +/g, ' ');
};

describe('of a root module that calls the module', () => {
  const variable = 'variable "phase" {\n  type     = number\n  default  = 1\n  nullable = false\n}\n';

  const called = async (files: Files, given = 'var.phase'): Promise<string> => {
    const directory = callers(() => undefined);
    expect((await runHere(directory, ['convert', '.', '--write', '--phase', 'per-environment'])).status).toBe(0);
    edit(directory, 'envs/prod/main.tf', 'access_entries_phase = 0', `access_entries_phase = ${given}`);
    withFiles(directory, { 'envs/prod/phase.tf': variable, ...files });
    return directory;
  };

  test('those in its own directory count, and no others', async () => {
    const files = {
      'envs/prod/terraform.tfvars': 'phase = 3\n',
      'envs/dev/terraform.tfvars': 'phase = 4\n',
      'modules/eks/terraform.tfvars': 'phase = 4\n',
    };
    expect(await prodIn(await called(files))).toContain('envs/prod 3 phase = 4 in envs/prod/terraform.tfvars');
  });

  test('an expression of it', async () => {
    const files = {
      'envs/prod/l.tf': 'locals {\n  phases = { live = 3 }\n}\nvariable "env" {}\n',
      'envs/prod/a.auto.tfvars': 'env = "live"\n',
    };
    expect(await prodIn(await called(files, 'local.phases[var.env]'))).toContain(
      'envs/prod 3 local.phases[var.env] must give 4 in envs/prod/a.auto.tfvars',
    );
  });

  test('the default alone says nothing, as before', async () => {
    expect(await prodIn(await called({ 'envs/prod/terraform.tfvars': 'region = "x"\n' }))).toContain(
      'envs/prod unknown at var.phase',
    );
  });

  test('a map by workspace stays unknown', async () => {
    const files = {
      'envs/prod/terraform.tfvars': 'phases = { default = 4 }\n',
      'envs/prod/w.tf': 'variable "phases" {\n  default = {}\n}\n',
    };
    expect(await prodIn(await called(files, 'var.phases[terraform.workspace]'))).toContain(
      'envs/prod unknown at var.phases[terraform.workspace]',
    );
  });

  test('come before the files of its environments', async () => {
    const files = {
      'envs/prod/terraform.tfvars': 'phase = 3\n',
      'envs/prod/eu.tfvars': 'phase = 4\n',
      'envs/prod/us.tfvars': '',
      'envs/prod/z.tfvars': 'phase = null\n',
    };
    const directory = await called(files);
    const said = await prodIn(directory, ['--environments', 'envs/prod/*.tfvars']);
    expect(said).toMatch(/prod eu 4 [^]*prod us 3 [^]*prod z 1 [^]*prod prod 3 /);
  });

  test('say nothing where others call it in turn, which is no root module then', async () => {
    const directory = await called({
      'envs/prod/terraform.tfvars': 'phase = 4\n',
      'envs/prod/x.tfvars': 'phase = 4\n',
      'live/main.tf': 'module "prod" {\n  source = "../envs/prod"\n}\n',
    });
    expect(await prodIn(directory)).toContain('envs/prod unknown at var.phase');
    const args = ['status', 'modules/eks', '--environments', 'envs/prod/*.tfvars'];
    const { stdout, stderr } = await runHere(directory, args);
    expect([stdout, stderr]).toEqual([
      expect.stringMatching(/envs\/prod\s+unknown\s+at var\.phase/),
      expect.stringContaining('TAE275'),
    ]);
  });

  test('say what they say where an example alone calls it', async () => {
    const directory = await called({
      'envs/prod/terraform.tfvars': 'phase = 3\n',
      'examples/a/main.tf': 'module "prod" {\n  source = "../../envs/prod"\n}\n',
    });
    expect(await prodIn(directory)).toContain('envs/prod 3 ');
  });

  test('stop clean-up below 4, and one that is broken is named', async () => {
    const directory = await called({ 'envs/prod/terraform.tfvars': 'phase = 3\n' });
    for (const name of ['dev', 'staging'])
      edit(directory, `envs/${name}/main.tf`, 'access_entries_phase = 0', 'access_entries_phase = 4');
    const cleanUp = ['convert', '.', '--write', '--phase', 'clean-up'];
    expect((await runHere(directory, cleanUp)).stderr).toContain('module.platform of envs/prod is at 3');
    withFiles(directory, { 'envs/prod/terraform.tfvars': 'phase = = 4\n' });
    const broken = await runHere(directory, cleanUp);
    expect([broken.status, broken.stderr]).toEqual([
      3,
      expect.stringContaining('error TAE015: envs/prod/terraform.tfvars cannot be read'),
    ]);
    withFiles(directory, { 'envs/prod/terraform.tfvars': 'phase = 4\n' });
    expect((await runHere(directory, cleanUp)).status).toBe(0);
  });
});
