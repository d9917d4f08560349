import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { wrapperModule } from './support/modules.ts';

const wrapper = wrapperModule();

const rows = `  map_roles = [
    { rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:masters"] },
  ]
`;

const hidden = `map_roles = [{ rolearn = "arn:aws:iam::111122223333:role/hidden", username = "h", groups = ["x"] }]\n`;

const unit = (more = '', ofTerraform = '', inputs = rows): string => `${more}terraform {
  source = "../../modules//eks"
${ofTerraform}}

inputs = {
${inputs}}
`;

const include = (merge: string, path = '"../../_env/eks.hcl"'): string =>
  `include "env" {\n  path = ${path}\n${merge}}\n\n`;

const parent = `inputs = {\n  ${hidden}}\n`;

const extra = (body: string): string => `  extra_arguments "rows" {\n    commands = ["plan"]\n    ${body}\n  }\n`;

type Files = Readonly<Record<string, string>>;

const converted = async (
  files: Files,
): Promise<{ readonly stderr: string; readonly directory: string; readonly isMoved: boolean }> => {
  const directory = directoryWith({ '.git/HEAD': '', 'modules/eks/main.tf': wrapper, ...files });
  const { stderr } = await runHere(directory, ['convert', 'live/prod', '--write', '--phase', 'enable-api']);
  await runHere(directory, ['convert', 'live/prod', '--write', '--phase', 'add-access-entries', '--quiet']);
  const after = contentOf(directory);
  return { stderr, directory, isMoved: after['live/prod/terragrunt.hcl']?.includes('access_entries') === true };
};

describe('rows of a unit that Terragrunt takes from elsewhere, too', () => {
  test.each<readonly [string, RegExp, Files]>([
    [
      'a file that is merged deeply',
      /TAE457: map_roles of terragrunt\.hcl.* is merged with what \.\.\/\.\.\/_env\/eks\.hcl may give/,
      { 'live/prod/terragrunt.hcl': unit(include('  merge_strategy = "deep"\n')), '_env/eks.hcl': parent },
    ],
    [
      'a file whose strategy is computed',
      /TAE457: .*_env\/eks\.hcl/,
      { 'live/prod/terragrunt.hcl': unit(include('  merge_strategy = local.merge\n')), '_env/eks.hcl': parent },
    ],
    [
      'a file that is merged deeply, beside one that is found above',
      /TAE457: .*_env\/eks\.hcl/,
      {
        'live/prod/terragrunt.hcl': unit(
          include('  merge_strategy = "deep"\n', '"${dirname(find_in_parent_folders("root.hcl"))}/_env/eks.hcl"'),
        ),
        'root.hcl': '',
        '_env/eks.hcl': parent,
      },
    ],
    [
      'entries of a file that it includes',
      /TAE457: access_entries of terragrunt\.hcl.* is not in the inputs of the unit, and \.\.\/\.\.\/_env\/eks\.hcl/,
      { 'live/prod/terragrunt.hcl': unit(include('')), '_env/eks.hcl': 'inputs = {\n  access_entries = {}\n}\n' },
    ],
    [
      'an included file with inputs behind a comment that has others',
      /TAE457: access_entries .*_env\/eks\.hcl/,
      {
        'live/prod/terragrunt.hcl': unit(include('')),
        '_env/eks.hcl': '/*\ninputs = {\n}\n*/\ninputs = merge(local.a, local.b)\n',
      },
    ],
    [
      'an included file in JSON syntax',
      /TAE457: access_entries .*eks\.hcl\.json/,
      {
        'live/prod/terragrunt.hcl': unit(include('', '"../../_env/eks.hcl.json"')),
        '_env/eks.hcl.json': '{"inputs": {"access_entries": {}}}',
      },
    ],
    [
      'terraform.tfvars beside it',
      /TAE457: map_roles of terragrunt\.hcl.* is what terraform\.tfvars may give, which counts in place of the inputs/,
      { 'live/prod/terragrunt.hcl': unit(), 'live/prod/terraform.tfvars': hidden },
    ],
    [
      'entries of an .auto.tfvars.json',
      /TAE457: access_entries of terragrunt\.hcl.* a\.auto\.tfvars\.json/,
      { 'live/prod/terragrunt.hcl': unit(), 'live/prod/a.auto.tfvars.json': '{"access_entries": {}}' },
    ],
    [
      'required_var_files',
      /TAE457: map_roles .*rows\.tfvars.*required_var_files of extra_arguments "rows"/,
      {
        'live/prod/terragrunt.hcl': unit('', extra('required_var_files = ["${get_terragrunt_dir()}/rows.tfvars"]')),
        'live/prod/rows.tfvars': hidden,
      },
    ],
    [
      'optional_var_files whose names are computed',
      /TAE457: map_roles .*optional_var_files/,
      { 'live/prod/terragrunt.hcl': unit('', extra('optional_var_files = ["${local.region}.tfvars"]')) },
    ],
    [
      '-var-file of an included file',
      /TAE457: map_roles .*-var-file of extra_arguments "rows"/,
      {
        'live/prod/terragrunt.hcl': unit(include('')),
        '_env/eks.hcl': `terraform {\n${extra('arguments = ["-var-file=${get_parent_terragrunt_dir()}/rows.tfvars"]')}}\n`,
        '_env/rows.tfvars': hidden,
      },
    ],
    [
      '-var-file of a path that leads out of the copy in which Terraform runs',
      /TAE457: map_roles .*-var-file of extra_arguments "rows"/,
      {
        'live/prod/terragrunt.hcl': unit('', extra('arguments = ["-var-file=../rows.tfvars"]')),
        'live/rows.tfvars': 'region = "eu-west-1"\n',
      },
    ],
    [
      '-var',
      /TAE457: map_roles .*-var of extra_arguments "rows"/,
      { 'live/prod/terragrunt.hcl': unit('', extra('arguments = ["-var", "map_roles=[]"]')) },
    ],
    [
      'env_vars',
      /TAE457: map_roles .*env_vars of extra_arguments "rows"/,
      { 'live/prod/terragrunt.hcl': unit('', extra('env_vars = { TF_VAR_map_roles = "[]" }')) },
    ],
  ])('stay at plan time: %s', async (_, said, files) => {
    const { stderr, isMoved } = await converted(files);
    expect([stderr, isMoved]).toEqual([expect.stringMatching(said), false]);
  });

  test.each<readonly [string, Files]>([
    [
      'a file that is not merged',
      { 'live/prod/terragrunt.hcl': unit(include('  merge_strategy = "no_merge"\n')), '_env/eks.hcl': parent },
    ],
    ['rows that its own take the place of', { 'live/prod/terragrunt.hcl': unit(include('')), '_env/eks.hcl': parent }],
    [
      'values of other variables',
      {
        'live/prod/terragrunt.hcl': unit(
          '',
          extra(`arguments = ["-lock-timeout=20m", "-parallelism=\${local.n}", "-var", "region=\${local.region}"]
    required_var_files = ["\${get_terragrunt_dir()}/region.tfvars"]
    optional_var_files = ["\${get_terragrunt_dir()}/more.tfvars"]
    env_vars = { TF_VAR_region = "x" }`),
        ),
        'live/prod/region.tfvars': '# map_roles is in the inputs\nregion = "eu-west-1"\n',
        'live/prod/terraform.tfvars': 'access_entries_more = 1\n',
      },
    ],
    [
      'files with values of other variables behind -var-file=',
      {
        'live/prod/terragrunt.hcl': unit(
          '',
          extra(`arguments = [
      "-var-file=\${get_terragrunt_dir()}/../region.tfvars",
      "-var-file=\${find_in_parent_folders("all.tfvars")}",
      "-var-file=own.tfvars",
    ]
    required_var_files = ["\${find_in_parent_folders("all.tfvars")}"]`),
        ),
        'all.tfvars': 'owner = "x"\n',
        'live/region.tfvars': 'region = "eu-west-1"\n',
        'live/prod/own.tfvars': 'zone = "a"\n',
      },
    ],
    [
      'extra_arguments that it has itself in place of those of an included file',
      {
        'live/prod/terragrunt.hcl': unit(include(''), extra('arguments = ["-lock=true"]')),
        '_env/eks.hcl': `terraform {\n${extra('arguments = ["-var", "map_roles=[]"]')}}\n`,
      },
    ],
  ])('become entries beside %s', async (_, files) => {
    const { stderr, isMoved } = await converted(files);
    expect([stderr, isMoved]).toEqual([expect.not.stringContaining('TAE457'), true]);
  });
});

const generate = (path: string, contents: string): string =>
  `generate "o" {\n  path      = ${path}\n  if_exists = "overwrite"\n  contents  = ${contents}\n}\n\n`;

const heredoc = (text: string): string => `<<EOF\n${text}EOF`;

const overriding = 'module "aws_auth" {\n  manage_aws_auth_configmap = false\n}\n';

const provider =
  'provider "aws" {\n  region = "${local.region}"\n}\n\ndata "aws_eks_cluster" "this" {\n  name = "demo"\n}\n';

describe('files that a unit adds to its module', () => {
  test.each<readonly [string, RegExp, Files]>([
    [
      'an override file that it generates',
      /^live\/prod\/terragrunt\.hcl:1:1: error TAE279: Terragrunt puts z_override\.tf \(generate "o"\) beside the files of the module of terragrunt\.hcl of live\/prod/m,
      { 'live/prod/terragrunt.hcl': unit(generate('"z_override.tf"', heredoc('locals {\n  a = 1\n}\n'))) },
    ],
    [
      'a file that an included file generates',
      /^_env\/eks\.hcl:1:1: error TAE279: .*more\.tf \(generate "o"\).* it names aws-auth or access entries/m,
      { 'live/prod/terragrunt.hcl': unit(include('')), '_env/eks.hcl': generate('"more.tf"', heredoc(overriding)) },
    ],
    [
      'a file that it generates with more under a condition',
      /TAE279: .*more\.tf \(generate "o"\).* it names aws-auth or access entries/,
      {
        'live/prod/terragrunt.hcl': unit(
          generate('"more.tf"', heredoc(`${provider}%{ if local.a ~}module "aws_auth" {}%{ endif }\n`)),
        ),
      },
    ],
    [
      'a text that is computed',
      /TAE279: .*it says is computed/,
      { 'live/prod/terragrunt.hcl': unit(generate('"more.tf"', 'templatefile("a.tpl", {})')) },
    ],
    [
      'a name that is computed',
      /TAE279: .*its name is computed/,
      { 'live/prod/terragrunt.hcl': unit(generate('"${local.name}.tf"', heredoc('locals {\n  a = 1\n}\n'))) },
    ],
    [
      'whatever an attribute computes',
      /TAE279: .*it says is computed/,
      { 'live/prod/terragrunt.hcl': unit('generate = local.common.generate\n\n') },
    ],
    [
      'an override file in its directory',
      /^live\/prod\/override\.tf:1:1: error TAE279: Terragrunt puts override\.tf of its directory/m,
      { 'live/prod/terragrunt.hcl': unit(), 'live/prod/override.tf': overriding },
    ],
    [
      'a file of the name of one of the module',
      /TAE279: .*main\.tf of its directory.* it takes the place of a file of the module/,
      { 'live/prod/terragrunt.hcl': unit(), 'live/prod/main.tf': provider },
    ],
    [
      'a file beside a source that is computed',
      /TAE279: .*rows\.tf\.json of its directory/,
      {
        'live/prod/terragrunt.hcl': unit().replace('../../modules//eks', '${get_repo_root()}//modules/eks'),
        'live/prod/rows.tf.json': '{"resource": {"kubernetes_config_map": {"aws-auth": {}}}}',
      },
    ],
  ])('stop the phases: %s', async (_, said, files) => {
    const directory = directoryWith({ '.git/HEAD': '', 'modules/eks/main.tf': wrapper, ...files });
    const before = contentOf(directory);
    const { stderr } = await runHere(directory, ['convert', 'modules/eks', '--write', '--phase', 'enable-api']);
    expect([stderr, contentOf(directory)]).toEqual([expect.stringMatching(said), before]);
  });

  test.each<readonly [string, Files]>([
    [
      'providers and backends',
      {
        'live/prod/terragrunt.hcl': unit(
          `${include('')}${generate('"provider_override.tf"', heredoc(provider))}`.replace('"o"', '"p"'),
        ),
        '_env/eks.hcl': `${generate('"provider.tf"', heredoc(provider))}generate "text" {\n  path     = ".version"\n  contents = local.version\n}\n`,
        'live/prod/backend.tf': 'terraform {\n  backend "s3" {}\n}\n',
      },
    ],
    [
      'one that is switched off, and one in whose place it has its own',
      {
        'live/prod/terragrunt.hcl': unit(
          `${include('')}generate "o" {\n  path = "z_override.tf"\n  disable = true\n  contents = local.x\n}\n\n${generate('"p.tf"', '"provider \\"aws\\" {}"').replace('"o"', '"p"')}`,
        ),
        '_env/eks.hcl': generate('"z_override.tf"', heredoc(overriding)).replace('"o"', '"p"'),
      },
    ],
  ])('stop nothing: %s', async (_, files) => {
    const { stderr, isMoved } = await converted(files);
    expect([stderr, isMoved]).toEqual([expect.not.stringContaining('TAE279'), true]);
  });

  test('give variables where they are files of values', async () => {
    const { stderr, isMoved } = await converted({
      'live/prod/terragrunt.hcl': unit(generate('"rows.auto.tfvars"', heredoc(hidden))),
    });
    expect([stderr, isMoved]).toEqual([expect.stringMatching(/TAE457: map_roles .*rows\.auto\.tfvars/), false]);
  });
});

test('a phase that terraform.tfvars gives a unit is not the number in its inputs', async () => {
  const directory = directoryWith({
    '.git/HEAD': '',
    'modules/eks/main.tf': wrapper,
    'live/prod/terragrunt.hcl': unit(),
    'live/dev/terragrunt.hcl': unit().replace('role/ops', 'role/dev'),
  });
  await runHere(directory, ['convert', '.', '--write', '--phase', 'per-environment', '--quiet']);
  expect(contentOf(directory)['live/prod/terragrunt.hcl']).toContain('access_entries_phase = 0');
  writeFileSync(join(directory, 'live/prod/terraform.tfvars'), 'access_entries_phase = 3\n');
  const { stdout } = await runHere(directory, ['status', 'modules/eks']);
  expect(stdout).toMatch(/live\/dev +0 /);
  expect(stdout).toMatch(/live\/prod +unknown +at what terraform\.tfvars gives/);
});
