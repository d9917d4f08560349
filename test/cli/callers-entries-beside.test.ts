import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runHere } from './support/host.ts';
import { entriesWritten, platformWith, type Written } from './support/platform.ts';

// An entry of one principal can be made once, and of two maps in `merge` the last one that has a key counts.
// Sources: EKS user guide, creating-access-entries; developer.hashicorp.com/terraform/language/functions/merge

const written = (declared: string, entries: string, handed: string): Promise<Written> =>
  entriesWritten({ declared, entries, handed });

const entriesOf = (call: string): number => [...call.matchAll(/principal_arn/g)].length;

const typed = `variable "access_entries" {
  type    = map(object({ principal_arn = string, kubernetes_groups = optional(list(string)) }))
  default = {}
}`;
const open = (name: string): string => `variable "${name}" {\n  type    = any\n  default = {}\n}`;
const local = `${open('access_entries')}\n\nlocals {\n  entries = var.access_entries\n}`;
const entry = (key: string, role: string): string =>
  `{ ${key} = { principal_arn = "arn:aws:iam::111122223333:role/${role}", kubernetes_groups = ["team"] } }`;
const both = `${open('access_entries')}\n\n${open('teams')}`;
const admin = 'variable "admin" {\n  type    = string\n  default = "arn:aws:iam::111122223333:role/dev"\n}';

describe('a row of a caller whose principal has its entry', () => {
  test.each([
    [
      'in a variable whose type changes entries',
      typed,
      'var.access_entries',
      `  access_entries = ${entry('x', 'dev')}`,
    ],
    ['in a variable behind a local', local, 'local.entries', `  access_entries = ${entry('x', 'dev')}`],
    ['in another variable', both, 'merge(var.access_entries, var.teams)', `  teams = ${entry('x', 'dev')}`],
    ['in the module', '', entry('x', 'dev'), ''],
    ['in the module by the default of a variable', admin, '{ x = { principal_arn = var.admin } }', ''],
    [
      'in the module by what the call gives',
      'variable "admin" {\n  type = string\n}',
      '{ x = { principal_arn = var.admin } }',
      '  admin = "arn:aws:iam::111122223333:role/dev"',
    ],
    [
      'in the module under a condition that the call settles',
      `variable "is_on" {\n  type    = bool\n  default = false\n}`,
      `var.is_on ? ${entry('x', 'dev')} : {}`,
      '  is_on = true',
    ],
  ])('%s gets no second one', async (_, declared, argument, handed) => {
    const before = entriesOf(handed);
    const { call, module } = await written(declared, argument, handed);
    expect(entriesOf(call)).toBe(before);
    expect(module).toContain(`access_entries = ${argument}\n`);
  });

  test('in the module under a condition that the call settles otherwise gets one', async () => {
    const declared = `variable "is_on" {\n  type    = bool\n  default = false\n}`;
    const { call, stderr } = await written(declared, `var.is_on ? ${entry('x', 'dev')} : {}`, '');
    expect(entriesOf(call)).toBe(1);
    expect(stderr).not.toContain('TAE221');
  });

  test('in the module, perhaps, is warned of', async () => {
    const declared = `variable "is_on" {\n  type = bool\n}\n\nvariable "more" {}`;
    const { stderr } = await written(declared, `var.is_on ? ${entry('x', 'dev')} : {}`, '  is_on = local.is_on');
    expect(stderr).toContain('TAE221');
  });

  test('is not taken for that of a role of the module that has the same name there', async () => {
    const declared = 'resource "aws_iam_role" "dev" {\n  name = "of-module"\n}';
    const { call } = await written(declared, '{ x = { principal_arn = aws_iam_role.dev.arn } }', '');
    expect(entriesOf(call)).toBe(1);
  });
});

describe('the key of an entry for a caller', () => {
  test.each([
    ['in a variable whose type changes entries', typed, 'var.access_entries', 'access_entries'],
    ['in a variable behind a local', local, 'local.entries', 'access_entries'],
    ['in another variable', both, 'merge(var.access_entries, var.teams)', 'teams'],
  ])('is not one that the call has %s', async (_, declared, argument, name) => {
    const { call } = await written(declared, argument, `  ${name} = ${entry('dev', 'somebody')}`);
    expect(entriesOf(call)).toBe(2);
    expect([...call.matchAll(/^\s*(?:\w+ = \{ )?dev = \{/gm)]).toHaveLength(1);
  });

  test('has a prefix where only a plan knows what the call has in another variable', async () => {
    const { call, stderr } = await written(both, 'merge(var.access_entries, var.teams)', '  teams = local.teams');
    expect(call).toContain('    aws_auth_dev = {');
    expect(stderr).toContain('TAE221');
  });

  test('has none where another variable is none of entries', async () => {
    const { call, stderr } = await written(
      `${open('access_entries')}\n\nvariable "is_on" {\n  type    = bool\n  default = true\n}`,
      'merge(var.access_entries, var.is_on ? {} : {})',
      '  is_on = local.is_on',
    );
    expect(call).toContain('    dev = {');
    expect(stderr).not.toContain('TAE221');
  });
});

test.each([
  ['at once', 'concat(var.map_roles, [for row in var.map_roles : merge(row, { username = "copy" })])', ''],
  ['as they are', 'distinct(concat(var.map_roles, var.map_roles))', ''],
  ['behind a local', 'concat(var.map_roles, [for row in local.rows : row])', 'locals {\n  rows = var.map_roles\n}'],
])('rows that the module takes a second time, %s, are converted there', async (_, list, declared) => {
  const directory = platformWith({ declared, entries: '{}' });
  const path = join(directory, 'modules/platform/main.tf');
  writeFileSync(path, readFileSync(path, 'utf8').replace('aws_auth_roles = var.map_roles', `aws_auth_roles = ${list}`));
  const { stdout } = await runHere(directory, ['status', '.']);
  expect(stdout).toContain('0 rows: 0 converted');
});
