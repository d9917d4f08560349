import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { callers, edit, filesIn } from './support/callers.ts';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { adminRow, rootModule } from './support/modules.ts';

/*
 * Terraform merges the block of an override file into the one of the same address, argument by argument, whatever the files are called:
 * developer.hashicorp.com/terraform/language/files/override.
 */

const perEnvironment = ['convert', '.', '--write', '--phase', 'per-environment'];
const cleanUp = ['convert', '.', '--write', '--phase', 'clean-up', '--environments', 'envs/*.tfvars'];

const write = (directory: string, path: string, text: string): void => {
  mkdirSync(join(directory, path, '..'), { recursive: true });
  writeFileSync(join(directory, path), text);
};

const phase = (value: number): string => `variable "access_entries_phase" {\n  default = ${value}\n}\n`;

describe('the variable of the phase, changed by an override file', () => {
  test.each([
    ['override.tf', phase(1)],
    ['a_override.tf', phase(1)],
    ['override.tf.json', '{ "variable": { "access_entries_phase": { "default": 1 } } }'],
  ])('stops the run, which could neither move nor remove it: %s', async (file, text) => {
    const directory = directoryWith({ 'main.tf': rootModule(adminRow) });
    expect((await runHere(directory, perEnvironment)).status).toBe(0);
    write(directory, 'envs/dev.tfvars', 'access_entries_phase = 4\n');
    write(directory, 'envs/prod.tfvars', '# the default\n');
    edit(directory, 'main.tf', 'default     = 0', 'default     = 4');
    write(directory, file, text);
    const before = filesIn(directory);
    const { status, stderr } = await runHere(directory, cleanUp);
    expect([status, stderr, filesIn(directory)]).toEqual([
      3,
      expect.stringContaining(`error TAE009: The migration reads or changes what ${file} says,`),
      before,
    ]);
  });

  test('of a module that others call', async () => {
    const directory = callers(() => undefined);
    await runHere(directory, perEnvironment);
    write(directory, 'modules/eks/override.tf', phase(4));
    const { status, stderr } = await runHere(directory, ['status', 'envs/dev']);
    expect([status, stderr]).toEqual([3, expect.stringContaining('error TAE009: ')]);
    expect(stderr).toContain('modules/eks/override.tf:1:1');
  });
});

describe('the number of a call', () => {
  test.each([
    ['override.tf', 'module "platform" {\n  access_entries_phase = 1\n}\n'],
    ['override.tf.json', '{ "module": { "platform": { "access_entries_phase": 1 } } }'],
  ])('changed by %s stops the run, also where the call hands over what only a plan knows', async (file, text) => {
    const directory = callers(root =>
      edit(root, 'envs/staging/main.tf', 'map_roles = local.staging_roles', 'map_roles = data.x.y.rows'),
    );
    await runHere(directory, perEnvironment);
    write(directory, `envs/dev/${file}`, text);
    const { status, stderr } = await runHere(directory, ['status', 'envs/prod']);
    expect([status, stderr]).toEqual([3, expect.stringContaining('error TAE009: ')]);
    expect(stderr).toContain(`envs/dev/${file}`);
  });

  test.each([
    ['native', 'override.tf', 'variable "phase" {\n  default = 2\n}\n', '2'],
    ['JSON', 'override.tf.json', '{ "variable": { "phase": { "default": 2 } } }', 'unknown'],
  ])('handed on by a variable, has the default of an override file: %s', async (_, file, text, said) => {
    const directory = callers(() => undefined);
    await runHere(directory, perEnvironment);
    edit(directory, 'envs/prod/main.tf', 'access_entries_phase = 0', 'access_entries_phase = var.phase');
    write(directory, 'envs/prod/phase.tf', 'variable "phase" {\n  default  = 4\n  nullable = false\n}\n');
    write(directory, 'envs/prod/terraform.tfvars', 'phase = null\n');
    write(directory, `envs/prod/${file}`, text);
    const { stdout } = await runHere(directory, ['status', 'modules/eks']);
    expect(stdout).toMatch(new RegExp(String.raw`envs/prod\s+${said} `));
  });
});
