import { dirname } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { wrapperModule } from './support/modules.ts';

const wrapper = wrapperModule();

const include = `include "root" {
  path = find_in_parent_folders("root.hcl")
}

include "env" {
  path = "\${dirname(find_in_parent_folders("root.hcl"))}/_envcommon/eks.hcl"
}

`;

const inputs = (name: string): string => `inputs = {
  map_roles = [
    { rolearn = "arn:aws:iam::111122223333:role/${name}", username = "ops", groups = ["x"] },
  ]
}
`;

const source = (text: string): string => `terraform {\n  source = "${text}"\n}\n\n`;

const eks = 'tfr:///terraform-aws-modules/eks/aws?version=20.24.3';

const tree = (more: Readonly<Record<string, string>> = {}): string =>
  directoryWith({ '.git/HEAD': '', 'live/root.hcl': 'remote_state {\n  backend = "s3"\n}\n', ...more });

const ofEks = (): string =>
  tree({
    'live/_envcommon/eks.hcl': source(eks),
    'live/prod/eks/terragrunt.hcl': `${include}inputs = {\n  cluster_name = "demo"\n}\n`,
    'live/prod/vpc/terragrunt.hcl': `${include.replace('eks.hcl', 'vpc.hcl')}inputs = {}\n`,
    'live/_envcommon/vpc.hcl': source('tfr:///terraform-aws-modules/vpc/aws?version=5.0.0'),
  });

describe('a unit whose source is in a file that it includes', () => {
  const said =
    /TAE293: .*terragrunt\.hcl is a unit of the eks module and takes its source from \.\.\/\.\.\/_envcommon\/eks\.hcl/;

  test.each([
    ['status', 'live/prod/eks'],
    ['status', '.'],
    ['convert', 'live/prod/eks'],
  ])('is named: %s %s', async (command, path) => {
    const directory = ofEks();
    const { status, stdout, stderr } = await runHere(directory, [command, path]);
    expect([status, stdout + stderr]).toEqual([3, expect.stringMatching(said)]);
  });

  test('is a line of the status of a tree, and one of another module is none', async () => {
    const { stdout } = await runHere(ofEks(), ['status', 'live']);
    expect(stdout).toMatch(/^ +live\/prod\/eks .*elsewhere/m);
    expect(stdout).not.toContain('live/prod/vpc');
  });

  test('is not checked, which check says', async () => {
    const { stdout } = await runHere(ofEks(), ['check', 'live']);
    expect(stdout.match(/^\S*: warning TAE348/gm)).toEqual(['live/prod/eks/terragrunt.hcl:1:1: warning TAE348']);
  });

  test.each([
    ['a submodule', 'tfr:///terraform-aws-modules/eks/aws//modules/karpenter?version=20.24.3', []],
    ['another module of the registry', 'tfr:///acme/eks/aws?version=1.0.0', []],
    ['a repository whose name begins so', 'git::https://github.com/acme/terraform-aws-eks-blueprints.git?ref=v1', []],
    ['a fork', 'git::https://github.com/acme/terraform-aws-eks.git?ref=v20.24.3', ['TAE348']],
    ['a computed source', '${local.registry}/terraform-aws-modules/eks/aws?version=20.24.3', ['TAE348']],
  ])('is taken for one of the eks module by its source: %s', async (_, from, expected) => {
    const directory = tree({
      'live/_envcommon/eks.hcl': source(from),
      'live/prod/eks/terragrunt.hcl': `${include}inputs = {\n  cluster_name = "demo"\n}\n`,
    });
    const { stdout } = await runHere(directory, ['check', 'live']);
    expect(stdout.match(/(?<=warning )TAE\d+/g) ?? []).toEqual(expected);
  });

  // The directory that Terragrunt starts from is that of the repository, whatever is called the same on the way.
  test.each(['get_repo_root()', 'get_path_to_repo_root()'])('is found from %s on', async start => {
    const directory = tree({
      '_envcommon/eks.hcl': source(eks),
      'live/_envcommon/eks.hcl': source('tfr:///terraform-aws-modules/vpc/aws?version=5.0.0'),
      'live/prod/eks/terragrunt.hcl': `include "eks" {\n  path = "\${${start}}/_envcommon/eks.hcl"\n}\n`,
    });
    const { stdout } = await runHere(directory, ['check', 'live']);
    expect(stdout).toMatch(/warning TAE348: .* takes its source from \.\.\/\.\.\/\.\.\/_envcommon\/eks\.hcl\./);
  });

  test('is read where it has a source of its own', async () => {
    const directory = tree({
      'live/_envcommon/eks.hcl': source(eks),
      'live/prod/eks/terragrunt.hcl': `${include}${source(eks)}inputs = {\n  cluster_name = "demo"\n}\n`,
    });
    const { stderr } = await runHere(directory, ['status', 'live/prod/eks']);
    expect(stderr).not.toMatch(/TAE293|TAE011/);
  });

  // Terragrunt joins the lists of both sides there: a copy in the unit would double them.
  // Source: Terragrunt, include, merge_strategy.
  test('is moved, not copied, where its inputs are merged with those of the unit', async () => {
    const directory = tree({
      'live/_envcommon/eks.hcl': `${source(eks)}inputs = {\n  subnet_ids = ["subnet-1"]\n}\n`,
      'live/prod/eks/terragrunt.hcl': `${include.replace(/\}\n*$/, '  merge_strategy = "deep"\n}\n')}inputs = {\n  cluster_name = "demo"\n}\n`,
    });
    for (const [command, path] of [
      ['check', 'live'],
      ['status', 'live/prod/eks'],
    ] as const) {
      const { stdout, stderr } = await runHere(directory, [command, path]);
      expect(stdout + stderr).toMatch(/fix: Move the inputs of the cluster from \.\.\/\.\.\/_envcommon\/eks\.hcl/);
      expect(stdout + stderr).not.toMatch(/as \S+ has them/);
    }
  });

  test('is named where it has no inputs', async () => {
    const directory = tree({
      'live/_envcommon/eks.hcl': inputs('a'),
      'live/prod/eks/terragrunt.hcl': include + source(eks),
    });
    const { stderr } = await runHere(directory, ['status', 'live/prod/eks']);
    expect(stderr).toMatch(
      /TAE293: .* takes its inputs from \.\.\/\.\.\/root\.hcl and \.\.\/\.\.\/_envcommon\/eks\.hcl/,
    );
  });

  test.each([
    ['from the unit on', '../../../modules//eks'],
    ['from the included file on', '../../modules//eks'],
    ['from the repository on', '${get_repo_root()}//modules/eks'],
  ])('is a caller of a local module, whose rows stay at plan time: %s', async (_, path) => {
    const directory = tree({
      'modules/eks/main.tf': wrapper,
      'live/_envcommon/eks.hcl': source(path),
      'live/prod/eks/terragrunt.hcl': include + inputs('prod'),
      'live/dev/eks/terragrunt.hcl': source('../../../modules//eks') + inputs('dev'),
    });
    const { stderr } = await runHere(directory, ['convert', 'live/dev/eks', '--write', '--phase', 'enable-api']);
    expect(stderr).toMatch(
      /^live\/prod\/eks\/terragrunt\.hcl:1:1: note TAE457: map_roles of terragrunt\.hcl is in a unit that takes its source from \.\.\/\.\.\/_envcommon\/eks\.hcl/m,
    );
    await runHere(directory, ['convert', 'live/dev/eks', '--write', '--phase', 'add-access-entries', '--quiet']);
    expect(contentOf(directory)['live/dev/eks/terragrunt.hcl']).not.toContain('access_entries');
  });
});

const nestedQuotes = '${dirname(find_in_parent_folders("root.hcl"))}/../modules//eks';

const terraform = (written: string): string => `terraform {\n  source = ${written}\n}\n\n`;
const oneInclude = (path: string): string => `include "env" {\n  path = ${path}\n}\n\n`;
const unitOf = (unit: string, more: Readonly<Record<string, string>> = {}): string =>
  tree({
    'modules/eks/main.tf': wrapper,
    'live/dev/terragrunt.hcl': source('../../modules//eks') + inputs('dev'),
    'live/prod/terragrunt.hcl': unit + inputs('prod'),
    ...more,
  });
const saysSo = async (directory: string): Promise<boolean> => {
  const { stderr } = await runHere(directory, ['status', 'live/dev']);
  return /^live\/prod\/terragrunt\.hcl:1:1: note TAE457/m.test(stderr);
};

describe('a unit whose source Terragrunt computes is a caller of each module that it may be', () => {
  test.each([
    `"${nestedQuotes}"`,
    '"${find_in_parent_folders("modules")}//eks"',
    '"${find_in_parent_folders("modules")}/./eks/"',
    '"../../modules//${basename(find_in_parent_folders("eks"))}"',
    'format("%s//eks", find_in_parent_folders("modules"))',
    'local.isLocal ? "../../modules//eks" : "${local.base}//other"',
    'local.source',
  ])('%s', async written => {
    expect(await saysSo(unitOf(terraform(written)))).toBe(true);
  });

  test.each([
    ['of another path', '"${dirname(find_in_parent_folders("root.hcl"))}/modules//vpc"'],
    ['from elsewhere', '"git::https://example.com/modules.git//eks?ref=${local.release}"'],
    ['with a release', '"${local.base["eks"]}?ref=v1.0.0"'],
  ])('and of no other: %s', async (_, written) => {
    expect(await saysSo(unitOf(terraform(written)))).toBe(false);
  });

  test('also where it is in an included file, below other blocks', async () => {
    const directory = unitOf(oneInclude('"../_envcommon/eks.hcl"'), {
      'live/_envcommon/eks.hcl': `terraform {
  extra_arguments "values" {
    commands = ["plan"]
    arguments = ["-var-file=\${get_env("VALUES")}"]
  }
  source = "${nestedQuotes}"
}
`,
    });
    expect(await saysSo(directory)).toBe(true);
  });

  test.each([
    '"${get_repo_root()}/_envcommon/eks.hcl"',
    '"${get_parent_terragrunt_dir("root")}/_envcommon/eks.hcl"',
    '"${get_repo_root()}/_envcommon/${local.kind}.hcl"',
    'local.path',
  ])('and where the path of the included file is computed: %s', async path => {
    const directory = unitOf(oneInclude(path), { '_envcommon/eks.hcl': source('../../modules//eks') });
    expect(await saysSo(directory)).toBe(true);
  });

  test.each(['find_in_parent_folders("root.hcl")', '"${get_repo_root()}/_envcommon/none.hcl"'])(
    'and none where what it includes has no source: %s',
    async path => {
      expect(await saysSo(unitOf(oneInclude(path), { '_envcommon/none.hcl': 'locals {}\n' }))).toBe(false);
    },
  );

  test('and is named by the variable for entries where the module has none for rows', async () => {
    const cleaned = `variable "access_entries" {
  type    = any
  default = {}
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "demo"
  authentication_mode = "API"
  access_entries      = var.access_entries
}
`;
    const directory = unitOf(terraform('local.source'), { 'modules/eks/main.tf': cleaned });
    const { stderr } = await runHere(directory, ['status', 'live/dev']);
    expect(stderr).toMatch(/note TAE457: access_entries of terragrunt\.hcl is in a unit whose source/);
  });

  test('keeps its rows through all phases', async () => {
    const directory = unitOf(terraform(`"${nestedQuotes}"`));
    for (const phase of ['enable-api', 'add-access-entries'])
      await runHere(directory, ['convert', 'live/dev', '--write', '--phase', phase, '--quiet']);
    const written = contentOf(directory);
    expect(written['live/dev/terragrunt.hcl']).not.toContain('access_entries');
    expect(written['modules/eks/main.tf']).toContain('aws_auth_entries');
  });
});

describe('many units whose source Terragrunt computes', () => {
  const names = Array.from({ length: 16 }, (_, index) => `live/unit-${index}/terragrunt.hcl`);

  test('are looked through in time, and none is a root module of another', async () => {
    const units = Object.fromEntries(names.map(name => [name, terraform('local.source') + inputs('ops')]));
    const directory = tree({ 'modules/eks/main.tf': wrapper, ...units });
    await runHere(directory, ['convert', 'modules/eks', '--out', 'out', '--quiet']);
    const runbook = contentOf(directory)['out/MIGRATION.md'];
    for (const name of names) expect(runbook).toContain(`| \`${dirname(name)}\` | \`terragrunt.hcl\` |`);
  });
});

const withRows = (name: string): string =>
  directoryWith({
    '.git/HEAD': '',
    'modules/eks/main.tf': wrapper,
    'live/dev/terragrunt.hcl': source('../../modules//eks') + inputs('dev'),
    [name]: inputs('all'),
  });

describe('a tree that has rows in a file at its top', () => {
  test.each(['common.hcl', 'terragrunt.hcl'])('is a tree: %s', async name => {
    const directory = withRows(name);
    const { status, stdout } = await runHere(directory, ['status', '.']);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^ +modules\/eks /m)]);
    const written = await runHere(directory, ['convert', '.', '--write', '--phase', 'enable-api', '--quiet']);
    expect([written.status, contentOf(directory)['modules/eks/main.tf']]).toEqual([
      0,
      expect.stringContaining('"API_AND_CONFIG_MAP"'),
    ]);
  });
});
