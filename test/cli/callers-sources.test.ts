import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isPlain } from '../../lib/parser/callers/look.ts';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const platform = `variable "name" {
  type = string
}

variable "roles" {
  type    = any
  default = []
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.31.0"

  cluster_name        = var.name
  authentication_mode = "API_AND_CONFIG_MAP"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true
  aws_auth_roles            = var.roles
}
`;

const given = (name: string): string =>
  `  name  = "${name}"\n  roles = [{ rolearn = "arn:aws:iam::111122223333:role/${name}", username = "${name}", groups = ["system:masters"] }]\n`;

const plain = `module "platform" {\n  source = "../../platform"\n${given('dev')}}\n`;

/** A module with a caller that is plain to see, and another one. */
const repository = (files: Readonly<Record<string, string>>): string =>
  directoryWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'platform/main.tf': platform,
    'envs/dev/main.tf': plain,
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`envs/prod/${name}`, text])),
  });

const status = async (directory: string, path: string): Promise<string> => {
  const { stdout, stderr } = await runHere(directory, ['status', path]);
  return `${stdout}${stderr}`;
};

describe('the source of a call', () => {
  test.each([
    [
      'a local',
      `locals {\n  root = "../.."\n}\nmodule "platform" {\n  source = "\${local.root}/platform"\n${given('prod')}}\n`,
    ],
    ['path.module', `module "platform" {\n  source = "\${path.module}/../../platform"\n${given('prod')}}\n`],
    ['a comment before it', `module "platform" {\n  source /* ours */ = "../../platform"\n${given('prod')}}\n`],
    ['a comment before its value', `module "platform" {\n  source = /* ours */ "../../platform"\n${given('prod')}}\n`],
    ['an escape', `module "platform" {\n  source = "../../pl\\u0061tform"\n${given('prod')}}\n`],
    ['a label without quotes', `module platform {\n  source = ("../../platform")\n${given('prod')}}\n`],
  ])('is read where it has %s', async (_, text) => {
    const directory = repository({ 'main.tf': text });
    const said = await status(directory, 'platform');
    expect(said).toContain('2 rows: 2 converted');
    expect(said).toContain('module.platform of envs/prod');
    expect(await status(directory, 'envs/prod')).toContain('2 rows: 2 converted');
  });

  // Terraform copies the module from there, and the rows in the call are its rows all the same.
  test.each([
    ['as it is', '/platform'],
    ['with a part to copy', '//platform'],
  ])('is read where it is an absolute path, %s', async (_, path) => {
    const directory = repository({ 'main.tf': '' });
    const text = `module "platform" {\n  source = "${directory}${path}"\n${given('prod')}}\n`;
    writeFileSync(join(directory, 'envs/prod/main.tf'), text);
    expect(await status(directory, 'platform')).toContain('2 rows: 2 converted');
    expect(await status(directory, 'envs/prod')).toContain('2 rows: 2 converted');
  });

  const json = { module: { platform: { source: '../../platform', name: 'prod', roles: [] } } };

  test.each([
    ['in JSON with escapes', { 'main.tf.json': JSON.stringify(json).replaceAll('/', '\\/') }],
    ['in a list in JSON', { 'main.tf.json': JSON.stringify({ module: [{ platform: [json.module.platform] }] }) }],
    [
      'from an override in JSON',
      {
        'main.tf': `module "platform" {\n  source = "../../other"\n${given('prod')}}\n`,
        'other_override.tf.json': '{ "module": { "platform": { "source": "..\\/../platform" } } }',
      },
    ],
    ['from a variable', { 'main.tf': `variable "at" {}\nmodule "platform" {\n  source = var.at\n${given('prod')}}\n` }],
    [
      'from a variable, up to the name',
      { 'main.tf': `variable "at" {}\nmodule "platform" {\n  source = "\${var.at}/platform"\n${given('prod')}}\n` },
    ],
  ])('keeps all rows in the module where it is %s', async (_, files: Readonly<Record<string, string>>) => {
    const said = await status(repository(files), 'platform');
    expect(said).toContain('TAE457');
    expect(said).toContain('var.roles in aws_auth_roles: converted at plan time');
  });

  test.each([
    ['has another end', '"${var.at}/network"', given('prod')],
    ['cannot take what is handed over', 'var.at', `${given('prod')}  cidr = "10.0.0.0/16"\n`],
    ['lacks what it must have', 'var.at', '  roles = []\n'],
  ])('only a plan knows is none of a module that %s', async (_, source, more) => {
    const text = `variable "at" {}\nmodule "x" {\n  source = ${source}\n${more}}\n`;
    const said = await status(repository({ 'main.tf': text }), 'platform');
    expect(said).not.toContain('TAE457');
    expect(said).toContain('1 row: 1 converted');
  });
});

test('a snapshot of one cluster proves nothing for the two calls of a module that takes no variables', async () => {
  const calls = ['a', 'b'].map(name => `module "${name}" {\n  source = "../platform"\n}\n`);
  const directory = directoryWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'platform/main.tf': 'module "eks" {\n  source = "terraform-aws-modules/eks/aws"\n  version = "20.31.0"\n}\n',
    'root/main.tf': calls.join(''),
    'entries.json': JSON.stringify({
      accessEntry: { clusterName: 'a', principalArn: 'arn:aws:iam::111122223333:role/x', type: 'STANDARD' },
    }),
  });
  const { status: exit, stderr } = await runHere(directory, ['status', 'root', '--existing', 'entries.json']);
  expect([exit, stderr]).toEqual([1, expect.stringMatching(/error TAE272: .*module\.a of root, module\.b of root/)]);
});

// Directories of such names hold what shows or tries a module. Source: developer.hashicorp.com/terraform/language/modules/develop/structure
test.each([
  ['an environment called test', ['envs/prod', 'envs/test'], true],
  ['an example of it', ['envs/prod', 'modules/platform/examples/full'], false],
  ['a test of it', ['envs/prod', 'modules/platform/test'], false],
])('a snapshot of one cluster and a module that root modules share: %s', async (_, roots, isShared) => {
  const calls = roots.map(path => [
    `${path}/main.tf`,
    `module "p" {\n  source = "${path.replace(/[^/]+/g, '..')}/modules/platform"\n}\n`,
  ]);
  const directory = directoryWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'modules/cluster/main.tf': platform,
    'modules/platform/main.tf': plain.replace('../../platform', '../cluster'),
    ...Object.fromEntries(calls),
    'entries.json': JSON.stringify({
      accessEntry: { clusterName: 'dev', principalArn: 'arn:aws:iam::111122223333:role/x', type: 'STANDARD' },
    }),
  });
  const { stderr } = await runHere(directory, ['status', 'modules/cluster', '--existing', 'entries.json']);
  expect(stderr.includes('error TAE272: ')).toBe(isShared);
});

test('rows that go to a local module by an expression are seen beside an eks call', async () => {
  const auth = platform.replace(/variable "name" {[^]*?\n}\n/, '').replace(/module "eks" {[^]*?\n}\n/, '');
  const call = `locals {\n  at = "../auth"\n}\nmodule "auth" {\n  source = local.at\n${given('x').replace(/.*\n/, '')}}\n`;
  const directory = directoryWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'root/main.tf': `${platform}${call}`,
    'auth/main.tf': auth,
  });
  expect(await status(directory, 'root')).toMatch(/error TAE249: module\.auth brings rows .*role\/x/);
});

test.each([
  [true, 'module "a" {\n  source = "./a"\n}\n# no module here\nresource "x" "y" {\n  source = var.z\n}\n'],
  [true, '# A module of ours.\nlocals {\n  at = path.module\n}\n'],
  [true, 'module "a" {\n  # the source\n  // source = local.a\n  source = "./a"\n}\n'],
  [false, 'module "a" {\n  source = local.a\n}\n'],
  [false, 'module "a" {\n  # source = "./a"\n  source = local.a\n}\n'],
  [false, 'module "a" {\n  source /* x */ = "./a"\n}\n'],
  [false, 'module "a" { source = local.a }\nmodule "b" { source = "./b" }\n'],
  [false, '/* x */ module "a" {\n  source = local.a\n}\n'],
  [false, 'module /* x */ "a" {\n  source = "./a"\n}\n'],
  [false, 'module "a"\n{\n  source = "./a"\n}\n'],
  [false, 'module "a" {\n  x = <<E\n}\nE\n  source = local.a\n}\n'],
])('a tree is needed unless each source is plain: %s, %j', (expected, text) => {
  expect(isPlain(text)).toBe(expected);
});
