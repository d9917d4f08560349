import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { phaseIds, type PhaseId } from '../../lib/diagnostics/index.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const wrapper = `variable "name" {
  type = string
}

variable "map_roles" {
  type    = list(any)
  default = []
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = var.name
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  manage_aws_auth_configmap = true
  aws_auth_roles            = var.map_roles
}
`;

const rows = (name: string): string => `  map_roles = [
    # those of ${name}
    { rolearn = "arn:aws:iam::111122223333:role/${name}", username = "ops", groups = ["system:masters"] },
  ]
`;

const unit = (name: string, inputs = rows(name)): string => `include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "../../modules//eks"
}

inputs = {
  name = "${name}"
${inputs}}
`;

const tree = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  '.git/HEAD': '',
  'modules/eks/main.tf': wrapper,
  'live/root.hcl': 'remote_state {\n  backend = "s3"\n}\n',
  'live/prod/terragrunt.hcl': unit('prod'),
  'live/dev/terragrunt.hcl': unit('dev'),
  ...more,
});

const written = async (
  directory: string,
  phase: PhaseId,
  ...flags: string[]
): Promise<readonly [number | null, string]> => {
  const { status, stderr } = await runHere(directory, ['convert', 'live/prod', '--write', '--phase', phase, ...flags]);
  return [status, stderr];
};

const ordinary = phaseIds.filter(phase =>
  ['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only', 'clean-up'].includes(phase),
);

describe('units of Terragrunt that hand rows to a local module', () => {
  test('have their rows as entries, phase by phase, and nothing converts them at plan time', async () => {
    const directory = directoryWith(tree());
    for (const phase of ordinary) {
      const [status, stderr] = await written(directory, phase, '--accept-unverified', '--quiet');
      expect([phase, status, stderr]).toEqual([phase, 0, expect.anything()]);
      const files = contentOf(directory);
      const isMoved = ordinary.indexOf(phase) >= ordinary.indexOf('add-access-entries');
      for (const name of ['prod', 'dev']) {
        const text = files[`live/${name}/terragrunt.hcl`] ?? '';
        expect(text.includes(`principal_arn     = "arn:aws:iam::111122223333:role/${name}"`)).toBe(isMoved);
        expect(text.includes('map_roles')).toBe(phase !== 'clean-up');
      }
      expect(files['modules/eks/main.tf']?.includes('var.access_entries')).toBe(isMoved);
    }
    const files = contentOf(directory);
    expect(files['modules/eks/main.tf']).not.toMatch(/map_roles|aws_auth/);
    expect(Object.keys(files).filter(path => path.includes('aws-auth-entries'))).toEqual([]);
    expect(files['live/prod/terragrunt.hcl']).toMatch(/^include "root" {\n.*# those of prod\n/s);
  });

  test('twice is once', async () => {
    const directory = directoryWith(tree());
    for (const phase of ['enable-api', 'add-access-entries'] as const) await written(directory, phase, '--quiet');
    const before = contentOf(directory);
    await written(directory, 'add-access-entries', '--quiet');
    expect(contentOf(directory)).toEqual(before);
  });

  test('check says it in each unit', async () => {
    const { status, stdout } = await runHere(directoryWith(tree()), ['check', 'live']);
    expect(status).toBe(1);
    expect(stdout.match(/^live\/(?:dev|prod)\/terragrunt\.hcl:\d+:\d+: warning TAE775/gm)).toHaveLength(2);
    // As a command is given where check ran, not from the unit on.
    expect(stdout.match(/fix: tf-access-entries convert modules\/eks writes the phases there/g)).toHaveLength(2);
  });

  test.each([
    ['has rows', 'inputs = {\n  map_roles = []\n}\n'],
    ['computes its inputs', 'inputs = merge(local.a, local.b)\n'],
  ])('stay at plan time where a file that one of them includes %s', async (_, root) => {
    const directory = directoryWith(tree({ 'live/root.hcl': root, 'live/dev/terragrunt.hcl': unit('dev', '') }));
    const [, stderr] = await written(directory, 'enable-api');
    expect(stderr).toMatch(/TAE457: .*map_roles.*root\.hcl/);
    await written(directory, 'add-access-entries', '--quiet');
    expect(contentOf(directory)['live/prod/terragrunt.hcl']).toBe(unit('prod'));
  });

  test.each([
    ['inputs', unit('dev').replace('inputs = {', 'inputs = merge(local.common, {').replace(/\}\n$/, '})\n')],
    ['source', unit('dev').replace('../../modules//eks', '${get_repo_root()}//modules/eks')],
  ])('stay at plan time where the %s of one of them is computed', async (_, computed) => {
    const directory = directoryWith(tree({ 'live/dev/terragrunt.hcl': computed }));
    const [, stderr] = await written(directory, 'enable-api');
    expect(stderr).toContain('TAE457');
    await written(directory, 'add-access-entries', '--quiet');
    expect(contentOf(directory)['live/prod/terragrunt.hcl']).toBe(unit('prod'));
  });

  test('have rows in locals of their own, which stay when nothing reads them any more', async () => {
    const own = `locals {\n  admins = ${rows('dev').trim().replace('map_roles = ', '')}\n}\n\n`;
    const text = `${own}${unit('dev', '  map_roles = local.admins\n')}`;
    const directory = directoryWith(tree({ 'live/dev/terragrunt.hcl': text }));
    for (const phase of ordinary) {
      const [status, stderr] = await written(directory, phase, '--accept-unverified');
      expect([phase, status, stderr]).toEqual([phase, 0, expect.anything()]);
      expect(stderr).toMatch(/TAE218: local\.admins \(\S*live\/dev\/terragrunt\.hcl\)/);
    }
    const after = contentOf(directory)['live/dev/terragrunt.hcl'] ?? '';
    expect(after).toContain('principal_arn     = "arn:aws:iam::111122223333:role/dev"');
    expect(after).not.toContain('map_roles');
    expect(after.startsWith(own)).toBe(true);
  });

  test('stop phase 2 where a data source would have to look up a role', async () => {
    const sso = rows('prod').replace('role/prod', 'role/AWSReservedSSO_Admin_0123456789abcdef');
    const directory = directoryWith(tree({ 'live/prod/terragrunt.hcl': unit('prod', sso) }));
    const [status, stderr] = await written(directory, 'enable-api');
    expect([status, stderr]).toEqual([expect.anything(), expect.stringContaining('TAE291')]);
    const before = contentOf(directory);
    const [refused] = await written(directory, 'add-access-entries', '--quiet');
    expect([refused, contentOf(directory)]).toEqual([1, before]);
    const [told] = await written(directory, 'add-access-entries', '--quiet', '--sso-region', 'eu-west-1');
    expect(told).toBe(0);
  });
});

test('what is staged of a unit is none: Terragrunt runs every terragrunt.hcl below the directory that it is in', async () => {
  const directory = directoryWith(tree());
  const { status } = await runHere(directory, ['convert', 'live/prod', '--quiet']);
  const staged = Object.keys(contentOf(join(directory, 'modules/eks/access-entries-migration')));
  expect(status).toBe(0);
  expect(staged).toContain('2-add-access-entries/live/prod/terragrunt.hcl.txt');
  expect(staged.filter(path => path.endsWith('terragrunt.hcl'))).toEqual([]);
});

test('status of the tree has a line for each call, with its rows, and none for who only calls', async () => {
  const directory = directoryWith(tree());
  for (const path of ['.', 'live']) {
    const { stdout } = await runHere(directory, ['status', path, '--format', 'json']);
    const { modules } = JSON.parse(stdout) as {
      readonly modules: readonly {
        readonly module: string;
        readonly clusters: readonly { readonly address: string; readonly counts: { readonly converted: number } }[];
      }[];
    };
    const listed = modules.filter(({ clusters }) => clusters.length > 0);
    expect(listed.map(({ module }) => module)).toEqual(['modules/eks']);
    expect(listed[0]?.clusters.map(({ address, counts }) => [address, counts.converted])).toEqual([
      ['terragrunt.hcl of live/dev', 1],
      ['terragrunt.hcl of live/prod', 1],
    ]);
  }
});

test('the root of the tree stands for the module, whatever the inputs with the rows are called', async () => {
  const files = tree();
  const directory = directoryWith(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll('map_roles', 'roles')])),
  );
  for (const phase of ['enable-api', 'add-access-entries'] as const) {
    const { status, stderr } = await runHere(directory, ['convert', '.', '--write', '--phase', phase]);
    expect([status, stderr]).toEqual([0, expect.stringContaining('Written: ')]);
  }
  expect(contentOf(directory)['live/dev/terragrunt.hcl']).toContain('access_entries = {');
});

const inJson = (source: string): string =>
  JSON.stringify({ terraform: { source }, inputs: { name: 'json', map_roles: [{ rolearn: 'x' }] } });

// Terragrunt reads terragrunt.hcl.json where there is no terragrunt.hcl.
// Source: terragrunt.gruntwork.io/docs/reference/hcl
describe('a unit in JSON syntax', () => {
  test.each([
    ['a path', '../../modules//eks'],
    ['a function', '${get_repo_root()}//modules/eks'],
  ])('keeps the rows of all callers in the module, by %s', async (_, source) => {
    const directory = directoryWith(tree({ 'live/json/terragrunt.hcl.json': inJson(source) }));
    const { stdout, stderr } = await runHere(directory, ['status', 'modules/eks']);
    expect(stderr).toMatch(/TAE457: map_roles of the call in \S*terragrunt\.hcl\.json is in JSON syntax/);
    expect(stdout).toContain('var.map_roles in aws_auth_roles: converted at plan time');
  });

  test('of another module keeps nothing', async () => {
    const directory = directoryWith(tree({ 'live/json/terragrunt.hcl.json': inJson('../../modules//network') }));
    const { stdout, stderr } = await runHere(directory, ['status', 'modules/eks']);
    expect(stderr).not.toContain('TAE457');
    expect(stdout).toContain('2 rows: 2 converted');
  });
});
