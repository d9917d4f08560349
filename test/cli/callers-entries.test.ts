import { describe, expect, test } from '@jest/globals';
import { runHere } from './support/host.ts';
import { entriesWritten, platformWith, type Platform } from './support/platform.ts';

// What Terraform drops between the call of a module and the eks module is not there for the cluster.
// Source: developer.hashicorp.com/terraform/language/expressions/type-constraints

const platform = (variable: string, entries: string): Platform => ({
  declared: `variable "access_entries" {
${variable}
}

variable "teams" {
  type    = list(string)
  default = []
}`,
  entries,
});

const written = async (variable: string, argument: string): Promise<string> => {
  const { module, call } = await entriesWritten(platform(variable, argument));
  const merged = `merge(${argument}, var.cluster_access_entries)`;
  const [name] = /\b(?:cluster_)?access_entries(?= = \{)/.exec(call) ?? [];
  expect(module.includes(merged)).toBe(name === 'cluster_access_entries');
  return name ?? 'none';
};

const any = '  type    = any\n  default = {}';
const typed = (attributes: string, preset = '{}'): string =>
  `  type    = map(object({ ${attributes} }))\n  default = ${preset}`;

describe('the entries of a caller', () => {
  test.each([
    [
      'a type without groups and name',
      typed('principal_arn = string, policy_associations = any'),
      'var.access_entries',
    ],
    [
      'a type that drops namespaces',
      typed(
        'principal_arn = string, type = string, kubernetes_groups = any, user_name = any, policy_associations = map(object({ policy_arn = string, access_scope = object({ type = string }) }))',
      ),
      'var.access_entries',
    ],
    [
      'a type with groups by default',
      typed(
        'principal_arn = string, type = string, kubernetes_groups = optional(list(string), ["viewers"]), user_name = any, policy_associations = any',
      ),
      'var.access_entries',
    ],
    [
      'a default with entries',
      `  type    = any\n  default = { ops = { principal_arn = "arn" } }`,
      'var.access_entries',
    ],
    ['a filter by key', any, '{ for k, v in var.access_entries : k => v if contains(var.teams, k) }'],
    ['a filter by entry', any, '{ for k, v in var.access_entries : k => v if v.type == "STANDARD" }'],
    ['another key', any, '{ for k, v in var.access_entries : v.principal_arn => v }'],
  ])('have a variable of their own beside %s', async (_, variable, argument) => {
    expect(await written(variable, argument)).toBe('cluster_access_entries');
  });

  // Source of the last type: variables.tf of terraform-aws-modules/eks 21.
  test.each([
    ['any', any, 'var.access_entries'],
    ['a map of any', '  type    = map(any)\n  default = {}', 'var.access_entries'],
    ['each entry as it is', any, '{ for k, v in var.access_entries : k => v }'],
    [
      'the type of the eks module',
      typed(
        'kubernetes_groups = optional(list(string)), principal_arn = string, type = optional(string, "STANDARD"), user_name = optional(string), tags = optional(map(string), {}), policy_associations = optional(map(object({ policy_arn = string, access_scope = object({ namespaces = optional(list(string)), type = string }) })), {})',
      ),
      'var.access_entries',
    ],
  ])('stay in the variable that is %s', async (_, variable, argument) => {
    expect(await written(variable, argument)).toBe('access_entries');
  });

  test('are not there under a condition that the rows do not have', async () => {
    const filter = '{ for k, v in var.access_entries : k => v if length(var.teams) > 0 }';
    const { stderr } = await runHere(platformWith(platform(any, filter)), ['status', '.']);
    expect(stderr).toContain(
      'modules/platform/main.tf:23:20: error TAE276: var.access_entries is part of access_entries only where length(var.teams) > 0 holds',
    );
  });

  test('of several lines, without merge, leave no way in but an output or a local', async () => {
    const handed = `  access_entries = {
    for name in var.names : name => { principal_arn = name }
  }`;
    const { stderr } = await runHere(platformWith({ ...platform(any, 'var.access_entries'), handed }), ['status', '.']);
    expect(stderr).toContain(
      'error TAE270: The entry of arn:aws:iam::111122223333:role/dev does not fit into access_entries of module.platform',
    );
    expect(stderr).toContain('fix: Write the value of access_entries into a local, and that local into the call.');
    const inLocal = `  access_entries = local.entries\n}\nlocals {\n${handed.replace('access_entries', 'entries')}`;
    const settled = await runHere(platformWith({ ...platform(any, 'var.access_entries'), handed: inLocal }), [
      'status',
      '.',
    ]);
    expect(settled.stderr).not.toContain('TAE270');
  });
});
