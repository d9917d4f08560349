import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { callers, edit } from './support/callers.ts';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { adminRow, rootModule } from './support/modules.ts';

const variable = (more: string): string => `\nvariable "mode" {\n  type = string\n${more}}\n`;
const preset = (mode: string): string => variable(`  default = "${mode}"\n`);

type Phase = { readonly id: string; readonly status: string; readonly changes: readonly string[] };

/** Where phases 1 and 4 are by the report, and the phase of the source. */
const phasesOf = async (text: string, files: Readonly<Record<string, string>> = {}, ...args: readonly string[]) => {
  const directory = directoryWith({ 'main.tf': text, ...files });
  const { stdout } = await runHere(directory, ['status', '.', '--format', 'json', ...args]);
  const { sourcePhase, phases } = JSON.parse(stdout) as { sourcePhase: string | null; phases: readonly Phase[] };
  const at = (id: string) => phases.find(one => one.id === id);
  return { sourcePhase, first: at('enable-api'), last: at('api-only') };
};

const module = (given = 'var.mode', more = ''): string =>
  `${rootModule(adminRow, `  authentication_mode = ${given}\n`)}${more}`;

const first = 'module.eks: var.mode must give "API_AND_CONFIG_MAP"';

// A cluster takes entries in these modes alone. Source: EKS user guide, setting-up-access-entries.
describe('phase 1 of a mode that is an expression is done where its values say so', () => {
  test.each([
    ['a default with the API', module('var.mode', preset('API_AND_CONFIG_MAP')), 'done'],
    ['the last mode', module('var.mode', preset('API')), 'done'],
    ['a local', module('local.mode', '\nlocals {\n  mode = "API_AND_CONFIG_MAP"\n}\n'), 'done'],
    ['a default without it', module('var.mode', preset('CONFIG_MAP')), first],
    ['no default', module('var.mode', variable('')), first],
    [
      'a workspace',
      module('var.mode[terraform.workspace]', variable('')),
      'module.eks: var.mode[terraform.workspace] must give "API_AND_CONFIG_MAP"',
    ],
  ])('%s', async (_name, text, said) => {
    const { first: found, sourcePhase } = await phasesOf(text);
    expect([found?.status === 'done' ? 'done' : found?.changes[0], sourcePhase]).toEqual([
      said,
      said === 'done' ? 'enable-api' : null,
    ]);
  });

  test('in every environment that was named', async () => {
    const files = { 'a.tfvars': 'mode = "API_AND_CONFIG_MAP"\n', 'b.tfvars': 'mode = "API"\n', 'c.tfvars': '' };
    const text = module('var.mode', preset('CONFIG_MAP'));
    const named = (...names: readonly string[]) =>
      phasesOf(text, files, ...names.flatMap(name => ['--environments', `${name}.tfvars`]));
    expect((await named('a', 'b')).first?.status).toBe('done');
    expect((await named('a', 'b', 'c')).first?.changes).toEqual([first]);
  });

  test('phase 4 says what the expression must give', async () => {
    expect((await phasesOf(module('var.mode', preset('API_AND_CONFIG_MAP')))).last?.changes).toEqual([
      'module.eks: var.mode must give "API"',
    ]);
  });

  test('a mode of null is none that a value gives: phase 1 writes over it', async () => {
    const { first: found, sourcePhase } = await phasesOf(module('null'));
    expect([found, sourcePhase]).toMatchObject([
      { status: 'ready', changes: ['module.eks: authentication_mode = "API_AND_CONFIG_MAP"'] },
      null,
    ]);
  });

  test('the tree says that it is next', async () => {
    const directory = directoryWith({
      'a/main.tf': module('var.mode', preset('CONFIG_MAP')),
      'b/main.tf': module('var.mode', preset('API_AND_CONFIG_MAP')),
    });
    const { stdout } = await runHere(directory, ['status', '.']);
    expect(stdout).toMatch(/a .* var\.mode\s+1\s+not started\s+1 enable-api, by hand/);
    expect(stdout).toMatch(/b .* var\.mode\s+1\s+1 enable-api\s+2 add-access-entries/);
  });
});

test('once the entries are in the source, the mode has the API unless a value says otherwise', async () => {
  for (const [text, done] of [
    [variable(''), true],
    [preset('CONFIG_MAP'), false],
  ] as const) {
    const directory = directoryWith({ 'main.tf': module('var.mode', text) });
    expect((await runHere(directory, ['convert', '.', '--write', '--phase', 'add-access-entries'])).status).toBe(0);
    const { stdout } = await runHere(directory, ['status', '.']);
    expect(stdout).toContain('the source is at phase add-access-entries');
    expect(/1 enable-api\s+done/.test(stdout)).toBe(done);
  }
});

test('every call of a module gives it, or its default does', async () => {
  const directory = callers(root => {
    const version = '  version = "20.24.3"\n';
    edit(root, 'modules/eks/main.tf', version, `${version}  authentication_mode = var.mode\n`);
    edit(
      root,
      'modules/eks/variables.tf',
      'variable "map_roles"',
      `${preset('API_AND_CONFIG_MAP').trimStart()}\nvariable "map_roles"`,
    );
  });
  const status = async () => (await runHere(directory, ['status', 'envs/dev'])).stdout;
  expect(await status()).toMatch(/1 enable-api\s+done/);
  edit(directory, 'envs/dev/main.tf', '  map_roles', '  mode = "CONFIG_MAP"\n\n  map_roles');
  expect(await status()).toMatch(
    /1 enable-api\s+nothing to change\s+module\.eks: var\.mode must give "API_AND_CONFIG_MAP"/,
  );
});

test('a person raises it: convert says so', async () => {
  const directory = directoryWith({ 'main.tf': module('var.mode', preset('CONFIG_MAP')) });
  const { status, stderr } = await runHere(directory, ['convert', '.', '--write', '--phase', 'enable-api']);
  expect([status, stderr]).toEqual([
    0,
    expect.stringContaining('phase enable-api is done by hand, as MIGRATION.md says'),
  ]);
});

const set = (directory: string, name: string, from: string, to: string): void =>
  edit(directory, `envs/${name}/main.tf`, from, to);

/** The module of three callers with a variable for the mode, of which each call gives one. */
const withModes = (given: string): string =>
  callers(root => {
    const version = '  version = "20.24.3"\n';
    edit(root, 'modules/eks/main.tf', version, `${version}  authentication_mode = var.mode\n`);
    edit(root, 'modules/eks/variables.tf', 'variable "map_roles"', `${preset('CONFIG_MAP')}\nvariable "map_roles"`);
    for (const name of ['dev', 'prod', 'staging']) set(root, name, '  map_roles', `  mode = "${given}"\n\n  map_roles`);
  });

// EKS refuses entries in CONFIG_MAP. Source: EKS user guide, setting-up-access-entries.
describe('where a value says CONFIG_MAP, no phase from 2 on is written', () => {
  test('of a file of values', async () => {
    const files = { 'dev.tfvars': 'mode = "API_AND_CONFIG_MAP"\n', 'prod.tfvars': '' };
    const directory = directoryWith({ 'main.tf': module('var.mode', preset('CONFIG_MAP')), ...files });
    const run = (phase: string, ...names: readonly string[]) =>
      runHere(directory, [
        'convert',
        '.',
        '--write',
        '--phase',
        phase,
        '--accept-unverified',
        ...names.flatMap(name => ['--environments', `${name}.tfvars`]),
      ]);
    for (const phase of ['add-access-entries', 'remove-aws-auth', 'per-environment']) {
      const { status, stderr } = await run(phase, 'dev', 'prod');
      expect([status, stderr]).toEqual([1, expect.stringContaining('TAE281')]);
      expect(stderr).toContain('by the values of prod.tfvars');
      expect(stderr).not.toContain('by the values of dev.tfvars');
    }
    expect((await run('add-access-entries', 'dev')).status).toBe(0);
  });

  test('of a call', async () => {
    const directory = withModes('API_AND_CONFIG_MAP');
    set(directory, 'prod', '  mode = "API_AND_CONFIG_MAP"\n', '');
    for (const phase of ['add-access-entries', 'per-environment']) {
      const { status, stderr } = await runHere(directory, ['convert', '.', '--write', '--phase', phase]);
      expect([status, stderr]).toEqual([1, expect.stringMatching(/TAE281: .* of module\.\S+ of envs\/prod/)]);
      expect(stderr).not.toMatch(/TAE281: .* of envs\/dev/);
    }
  });

  test('and a number raises no mode that is a variable: status and clean-up go by its value', async () => {
    const directory = withModes('API_AND_CONFIG_MAP');
    const written = await runHere(directory, ['convert', '.', '--write', '--phase', 'per-environment']);
    expect(written.status).toBe(0);
    const numbered = /access_entries_phase = \d/;
    for (const name of ['dev', 'prod', 'staging']) {
      const [found = ''] = numbered.exec(readFileSync(join(directory, `envs/${name}/main.tf`), 'utf8')) ?? [];
      set(directory, name, found, 'access_entries_phase = 4');
    }
    const status = async () => (await runHere(directory, ['status', '.'])).stdout;
    const cleanUp = ['convert', '.', '--write', '--phase', 'clean-up', '--accept-unverified'];
    expect(await status()).toMatch(
      /envs\/dev\) .* API_AND_CONFIG_MAP .* 4 api-only +mode of module\.eks: API in phase 4/,
    );
    const refused = await runHere(directory, cleanUp);
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('TAE264')]);
    set(directory, 'prod', '"API_AND_CONFIG_MAP"', '"CONFIG_MAP"');
    expect(await status()).toMatch(
      /envs\/prod\) .* CONFIG_MAP .* mode of module\.eks: API_AND_CONFIG_MAP, which is phase 1/,
    );
    const blocked = await runHere(directory, cleanUp);
    expect([blocked.status, blocked.stderr]).toEqual([1, expect.stringContaining('TAE281')]);
    set(directory, 'prod', '"CONFIG_MAP"', '"API"');
    for (const name of ['dev', 'staging']) set(directory, name, '"API_AND_CONFIG_MAP"', '"API"');
    expect(await status()).toMatch(/envs\/dev\) .* API .* 4 api-only +5 clean-up/);
    expect((await runHere(directory, cleanUp)).status).toBe(0);
  });
});
