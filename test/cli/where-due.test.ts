import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { adminRow, blockedRow, rootModule } from './support/modules.ts';
import type { Outcome } from './support/command.ts';

const mode = '  authentication_mode = "API_AND_CONFIG_MAP"\n';
const entries = `${mode}\n  access_entries = {\n    admin = { principal_arn = "arn:aws:iam::111122223333:role/admin" }\n  }\n`;

const due = rootModule(adminRow, mode);
const files = {
  'due/main.tf': due,
  'due/other.tf': 'locals {\n  a = 1\n}\n',
  'also/main.tf': due,
  'early/main.tf': rootModule(),
  'done/main.tf': rootModule(adminRow, entries),
  'bucket/main.tf': 'resource "aws_s3_bucket" "a" {}\n',
  'entry/main.tf': 'resource "aws_eks_access_entry" "a" {\n  cluster_name = "x"\n}\n',
  'wrapper/main.tf': 'module "x" {\n  source = "../y"\n  aws_auth_roles = []\n}\n',
  'old/main.tf': rootModule().replace('"20.24.3"', '"19.21.0"'),
  'terragrunt/main.tf': '# aws-auth\n',
  'terragrunt/terragrunt.hcl': '',
};

const hook = (directory: string, ...paths: string[]): Promise<Outcome> =>
  runHere(directory, ['convert', '--write', '--phase', 'add-access-entries', '--where-due', ...paths]);

const oldCluster = (name: string, rows = ''): string => `module "${name}" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "19.21.0"
  cluster_name = "${name}"
${rows}}
`;

const changed = (before: Record<string, string>, after: Record<string, string>): string[] =>
  Object.keys(after).filter(path => before[path] !== after[path]);

describe('--where-due', () => {
  test('writes where the phase is due, and passes over everything else', async () => {
    const directory = directoryWith(files);
    const before = contentOf(directory);
    const outcome = await hook(directory, ...Object.keys(files).filter(path => path.endsWith('.tf')));
    expect([outcome.status, outcome.stdout]).toEqual([0, '']);
    const after = contentOf(directory);
    expect(changed(before, after)).toEqual(['also/main.tf', 'due/main.tf']);
    expect(after['due/main.tf']).toContain('access_entries = {');
    expect(outcome.stderr).toContain('Written: due/main.tf.');
    expect(outcome.stderr).toContain('Before its apply, phase 1 (enable-api) must be applied:');
    expect(outcome.stderr).not.toContain('early');
  });

  test('a second time there is nothing to do', async () => {
    const directory = directoryWith(files);
    await hook(directory, 'due/main.tf', 'due/other.tf');
    const before = contentOf(directory);
    expect(await hook(directory, 'due/main.tf', 'due/other.tf')).toEqual({
      status: 0,
      stdout: '',
      stderr: 'No root module waits for phase add-access-entries.\n',
    });
    expect(contentOf(directory)).toEqual(before);
  });

  test('a file stands for its root module', async () => {
    const directory = directoryWith(files);
    await hook(directory, 'due/other.tf');
    expect(contentOf(directory)['due/main.tf']).toContain('access_entries = {');
  });

  test('a blocked row does not keep it from writing the others, and is reported once', async () => {
    const directory = directoryWith({ 'main.tf': rootModule(adminRow + blockedRow, mode) });
    const first = await hook(directory, 'main.tf');
    expect([first.status, contentOf(directory)['main.tf']]).toEqual([1, expect.stringContaining('access_entries = {')]);
    expect(first.stderr).toContain('TAE314');
    expect(await hook(directory, 'main.tf')).toMatchObject({ status: 0 });
  });

  test('what cannot be read ends with 3, and with --all-or-none stops all', async () => {
    const directory = directoryWith({ ...files, 'due/broken.tf': 'locals {\n' });
    const before = contentOf(directory);
    const failed = { status: 3, stderr: expect.stringContaining('TAE005') };
    expect(await hook(directory, 'due/main.tf', 'also/main.tf', '--all-or-none')).toMatchObject(failed);
    expect(contentOf(directory)).toEqual(before);
    expect(await hook(directory, 'due/main.tf', 'also/main.tf')).toMatchObject(failed);
    expect(changed(before, contentOf(directory))).toEqual(['also/main.tf']);
    expect(await hook(directory, 'nowhere/main.tf')).toMatchObject({ status: 3 });
  });

  test('what is refused as a whole is reported, and keeps nothing else from being written', async () => {
    // Read back, the call that phase 0 makes would belong to either cluster.
    const refused = `${oldCluster('blue', `  manage_aws_auth_configmap = true\n  aws_auth_roles = [\n${adminRow}  ]\n`)}${oldCluster('green')}
moved {
  from = module.green.kubernetes_config_map_v1_data.aws_auth[0]
  to   = module.blue_aws_auth.kubernetes_config_map_v1_data.aws_auth[0]
}
`;
    const directory = directoryWith({ ...files, 'refused/main.tf': refused });
    const failed = { status: 1, stderr: expect.stringMatching(/^refused\/main\.tf:\d+:\d+: error TAE245/m) };
    const alone = await hook(directory, 'refused/main.tf');
    expect(alone).toMatchObject(failed);
    expect(alone.stderr).not.toContain('TAE012');
    const before = contentOf(directory);
    expect(await hook(directory, 'refused/main.tf', 'due/main.tf', '--all-or-none')).toMatchObject(failed);
    expect(contentOf(directory)).toEqual(before);
    expect(await hook(directory, 'refused/main.tf', 'due/main.tf')).toMatchObject(failed);
    expect(changed(before, contentOf(directory))).toEqual(['due/main.tf']);
  });

  test('a staged copy is passed over', async () => {
    const directory = directoryWith({ 'main.tf': due });
    await runHere(directory, ['convert', '.', '--out', 'out']);
    const before = contentOf(directory);
    expect(await hook(directory, 'out/2-add-access-entries/main.tf')).toMatchObject({ status: 0 });
    expect(contentOf(directory)).toEqual(before);
  });

  test('of links to a root module one is enough', async () => {
    const directory = directoryWith({ 'due/main.tf': due });
    symlinkSync('due', join(directory, 'link'));
    const { status, stderr } = await hook(directory, 'due/main.tf', 'link/main.tf');
    expect([status, stderr.match(/Written: /g)?.length]).toEqual([0, 1]);
  });

  test('a directory that is no root module stands for those below it, as without the flag', async () => {
    const directory = directoryWith(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`live/${path}`, text])),
    );
    const before = contentOf(directory);
    const { status, stderr } = await hook(directory, 'live');
    expect(status).toBe(0);
    expect(stderr).toContain('Written: live/due/main.tf.');
    expect(changed(before, contentOf(directory))).toEqual(['live/also/main.tf', 'live/due/main.tf']);
  });

  test('a root module that hands its rows to a module below stands for that one', async () => {
    const rows = '[{ rolearn = "arn:aws:iam::111122223333:role/admin", username = "admin", groups = ["ops"] }]';
    const directory = directoryWith({
      'envs/dev/main.tf': `module "platform" {\n  source    = "../../modules/platform"\n  map_roles = ${rows}\n}\n# aws-auth\n`,
      'modules/platform/main.tf': `${rootModule('', mode).replace(/aws_auth_roles = \[[^\]]*\]/, 'aws_auth_roles = var.map_roles')}
variable "map_roles" {
  default = []
}
`,
    });
    const { status, stderr } = await hook(directory, 'envs/dev/main.tf');
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^Written: .*modules\/platform\/main\.tf/m)]);
    expect(contentOf(directory)['envs/dev/main.tf']).toContain('access_entries');
  });

  test('goes with --write', async () => {
    expect(await runHere(directoryWith(files), ['convert', 'due', '--where-due'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('TAE101: --where-due goes with --write.'),
    });
  });
});
