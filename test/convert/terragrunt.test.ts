import { describe, expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { convert, type ConvertOptions } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const unit = (inputs: string, source = 'tfr:///terraform-aws-modules/eks/aws?version=20.24.0', more = ''): string =>
  `terraform {
  source = "${source}"
}
${more}
locals {
  account = "111122223333"
}

dependency "vpc" {
  config_path = "../vpc"
}

inputs = {
  cluster_name = "prod"
  vpc_id       = dependency.vpc.outputs.vpc_id # of the platform team
${inputs}}
`;

const awsAuth = {
  file: 'aws-auth.yaml',
  text: `apiVersion: v1
kind: ConfigMap
metadata: { name: aws-auth, namespace: kube-system }
data:
  mapRoles: |
    - rolearn: arn:aws:iam::111122223333:role/ops
      username: ops
      groups: [system:masters]
`,
};

const converted = async (
  files: Readonly<Record<string, string>>,
  options: Partial<ConvertOptions> = {},
): ReturnType<typeof convert> =>
  convert(new Map(Object.entries(files)), { runtime: await runtime(), awsAuth, ...options });

const codesOf = ({ diagnostics }: { readonly diagnostics: readonly { readonly code: string }[] }): readonly string[] =>
  diagnostics.map(({ code }) => code);

const hintOf = async (code: string, version: string, emit?: 'resources'): Promise<string | undefined> => {
  const source = `tfr:///terraform-aws-modules/eks/aws?version=${version}`;
  const result = await converted({ 'terragrunt.hcl': unit('', source) }, emit ? { emit } : {});
  return result.diagnostics.find(found => found.code === code)?.hint;
};

describe('a unit of Terragrunt whose source is the eks module', () => {
  test.each([
    ['a registry', 'tfr:///terraform-aws-modules/eks/aws?version=20.24.0'],
    ['git', 'git::https://github.com/terraform-aws-modules/terraform-aws-eks.git?ref=v20.24.0'],
  ])('by %s: the phases before version 21 are written, and the source stays', async (_, source) => {
    const text = unit('  authentication_mode = "API_AND_CONFIG_MAP"\n', source);
    const { revisions, diagnostics } = await converted({ 'terragrunt.hcl': text }, { to: 'v21' });
    expect(revisions.map(({ phase }) => phase)).toEqual(['add-access-entries', 'api-only']);
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'TAE240',
        message: expect.stringContaining('the version of a unit of Terragrunt is in its terraform.source'),
      }),
    );
  });

  test.each([
    ['a registry', 'tfr:///terraform-aws-modules/eks/aws?version=20.24.0'],
    ['a registry by its host', 'tfr://registry.terraform.io/terraform-aws-modules/eks/aws?version=20.24.0'],
    ['git', 'git::https://github.com/terraform-aws-modules/terraform-aws-eks.git?ref=v20.24.0'],
  ])('by %s: each phase changes its inputs, and nothing else', async (_, source) => {
    const text = unit('', source);
    const { revisions } = await converted({ 'terragrunt.hcl': text });
    expect(revisions.map(({ phase }) => phase)).toEqual(['enable-api', 'add-access-entries', 'api-only']);
    const [first, second, last] = revisions.map(({ files }) => files.get('terragrunt.hcl') ?? '');
    const added = (mode: string, entries = ''): string =>
      text.replace(/\}\n$/, `\n  authentication_mode = "${mode}"\n${entries}}\n`);
    expect(first).toBe(added('API_AND_CONFIG_MAP'));
    const entries = `
  access_entries = {
    ops = {
      principal_arn     = "arn:aws:iam::111122223333:role/ops"
      type              = "STANDARD"
      kubernetes_groups = []
      user_name         = "ops"
      policy_associations = {
        cluster_admin = {
          policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = {
            type       = "cluster"
            namespaces = []
          }
        }
      }
    }
  }
`;
    expect(second).toBe(added('API_AND_CONFIG_MAP', entries));
    expect(last).toBe(added('API', entries));
  });

  test('twice is once', async () => {
    const { revisions } = await converted({ 'terragrunt.hcl': unit('') });
    const again = await converted({ 'terragrunt.hcl': revisions.at(-1)?.files.get('terragrunt.hcl') ?? '' });
    expect(again.revisions).toEqual([]);
  });

  test('a local of the unit is read', async () => {
    const text = unit('  authentication_mode = local.mode\n').replace('account =', 'mode = "API"\n  account =');
    expect(
      (await converted({ 'terragrunt.hcl': text })).report.phases.find(({ id }) => id === 'enable-api')?.status,
    ).toBe('done');
  });

  test.each([
    [
      'what stands for inputs is computed',
      unit('').replace('inputs = {', 'inputs = merge(local.common, {').replace(/\}\n$/, '})\n'),
    ],
    ['an input has a computed name', unit('  (local.name) = 1\n')],
    ['the module is another one', unit('', 'tfr:///terraform-aws-modules/vpc/aws?version=5.0.0')],
    ['the source is computed', unit('', '${local.base}?version=20.24.0')],
  ])('nothing is written where %s', async (_, text) => {
    const result = await converted({ 'terragrunt.hcl': text });
    expect([codesOf(result), result.revisions]).toEqual([['TAE011'], []]);
  });

  test('rows of a release before 20 have no module to move to', async () => {
    const rows = `  aws_auth_roles = [
    { rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:masters"] },
  ]
  manage_aws_auth_configmap = true
`;
    const files = { 'terragrunt.hcl': unit(rows, 'tfr:///terraform-aws-modules/eks/aws?version=19.21.0') };
    const result = await convert(new Map(Object.entries(files)), { runtime: await runtime() });
    expect(codesOf(result)).toContain('TAE290');
    expect(result.revisions).toEqual([]);
    expect(result.rows).toHaveLength(1);
  });

  // Terragrunt hands inputs over as TF_VAR_ variables of the environment, and Terraform ignores those that no variable has.
  // Sources: terragrunt.gruntwork.io/docs/features/inputs; developer.hashicorp.com/terraform/language/values/variables
  test('of a release from 20 on it is said that nothing writes the rows, and not that Terraform refuses them', async () => {
    const rows = `  aws_auth_roles = [
    { rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:masters"] },
  ]
`;
    const files = { 'terragrunt.hcl': unit(rows, 'tfr:///terraform-aws-modules/eks/aws?version=20.24.3') };
    const { diagnostics } = await convert(new Map(Object.entries(files)), { runtime: await runtime() });
    const said = diagnostics.find(({ code }) => code === 'TAE207');
    expect(said?.message).toContain('Terraform ignores it');
    expect(said?.hint).toContain('TAE290');
  });

  test('an input that neither version 19 nor version 20 knows is ignored as well', async () => {
    const inputs = '  manage_aws_auth_configmap = true\n  no_such_argument = true\n';
    const files = { 'terragrunt.hcl': unit(inputs, 'tfr:///terraform-aws-modules/eks/aws?version=19.21.0') };
    const { diagnostics } = await convert(new Map(Object.entries(files)), { runtime: await runtime() });
    const said = diagnostics.find(({ code }) => code === 'TAE252');
    expect(said?.message).toContain('Terraform would ignore it');
    expect(said?.hint).toBe('Take it out: version 19 does not know it either.');
  });

  // Terragrunt merges the inputs of a unit with those of the files that it includes.
  // Source: terragrunt.gruntwork.io/docs/reference/hcl/blocks (include)
  test('rows of a release before 20 are seen in a file that the unit includes', async () => {
    const rows = `inputs = {
  aws_auth_roles = [
    { rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:masters"] },
  ]
}
`;
    const include = 'include "root" {\n  path = "root.hcl"\n}\n';
    const codes = async (version: string, text: string) =>
      codesOf(
        await convert(
          new Map([
            ['terragrunt.hcl', unit('', `tfr:///terraform-aws-modules/eks/aws?version=${version}`, include)],
            ['root.hcl', text],
          ]),
          { runtime: await runtime() },
        ),
      );
    expect(await codes('19.21.0', rows)).toContain('TAE290');
    expect(await codes('19.21.0', 'inputs = {\n  region = "eu-west-1"\n}\n')).not.toContain('TAE290');
    // From version 20 on the module has no such input.
    expect(await codes('20.24.0', rows)).not.toContain('TAE290');
  });

  test('entries in a file that the unit includes are not checked, which check says', async () => {
    const entries = `inputs = {
  access_entries = {
    x = { principal_arn = "arn:aws:iam::111122223333:role/x", kubernetes_groups = ["system:masters"] }
  }
}
`;
    const found = async (own: string, more = ''): Promise<readonly string[]> => {
      const include = `include "root" {\n  path = "root.hcl"\n${more}}\n`;
      const files = new Map([
        ['terragrunt.hcl', unit(own, undefined, include)],
        ['root.hcl', entries],
      ]);
      const { diagnostics } = await check(files, { runtime: await runtime() });
      return diagnostics.flatMap(({ code, hint }) => (code === 'TAE348' ? [hint ?? ''] : []));
    };
    const deep = '  merge_strategy = "deep"\n';
    expect(await found('')).toEqual([expect.stringMatching(/^Write terraform.source and the inputs/)]);
    // An input of the unit takes the place of one of the file, but for where they are merged.
    expect(await found('  access_entries = {}\n')).toEqual([]);
    expect(await found('  access_entries = {}\n', deep)).toEqual([expect.stringMatching(/^Move access_entries from/)]);
  });

  test('a unit is not sent to resources, which it has no place for', async () => {
    expect(await hintOf('TAE202', '19.21.0')).toMatch(/^Leave the release as it is, and give --emit aws-cli:/);
    const rows =
      '  map_roles = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["ops"] }]\n';
    const of17 = { 'terragrunt.hcl': unit(rows, 'tfr:///terraform-aws-modules/eks/aws?version=17.24.0') };
    const { diagnostics } = await convert(new Map(Object.entries(of17)), { runtime: await runtime() });
    expect(diagnostics.find(({ code }) => code === 'TAE203')?.hint).toMatch(
      /^Give --emit aws-cli to leave the release/,
    );
    const script = await convert(new Map(Object.entries(of17)), { runtime: await runtime(), emit: 'aws-cli' });
    expect(script.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(await hintOf('TAE291', '20.24.3', 'resources')).toMatch(/^Leave --emit resources out/);
  });

  test('entries that do not fit among those of a unit say how they would', async () => {
    const entries = '{ for k, v in dependency.x.outputs.roles : k => {\n    principal_arn = v\n  } }';
    const result = await converted({ 'terragrunt.hcl': unit(`  access_entries = ${entries}\n`) });
    expect(result.diagnostics.find(({ code }) => code === 'TAE291')?.hint).toMatch(
      /^Write the value of access_entries/,
    );
    const merged = await converted({ 'terragrunt.hcl': unit(`  access_entries = merge(\n    ${entries},\n  )\n`) });
    expect(codesOf(merged)).not.toContain('TAE291');
  });

  test('rows that only a plan knows are not to leave the inputs before aws-auth is out of the state', async () => {
    const text = unit(
      '  aws_auth_roles = jsondecode(file("roles.json"))\n  manage_aws_auth_configmap = true\n',
      'tfr:///terraform-aws-modules/eks/aws?version=19.21.0',
    );
    const { diagnostics } = await converted({ 'terragrunt.hcl': text });
    expect(diagnostics.find(({ code }) => code === 'TAE291')?.hint).toContain('steps of TAE290');
  });

  test('a role that Terraform would look up asks for the region of Identity Center', async () => {
    const text = awsAuth.text.replace('role/ops', 'role/AWSReservedSSO_Admin_0123456789abcdef');
    const sso = { awsAuth: { ...awsAuth, text } };
    const result = await converted({ 'terragrunt.hcl': unit('') }, sso);
    expect(codesOf(result)).toContain('TAE291');
    expect(result.revisions.map(({ phase }) => phase)).toEqual(['enable-api']);
    const told = await converted({ 'terragrunt.hcl': unit('') }, { ...sso, ssoRegion: 'eu-west-1' });
    expect(told.revisions).toHaveLength(3);
  });
});

describe('inputs that another file is merged with', () => {
  const include = 'include "root" {\n  path = find_in_parent_folders("root.hcl")\n}\n';
  const text = unit('', undefined, include);
  const told = unit('  authentication_mode = "API_AND_CONFIG_MAP"\n  access_entries = {}\n', undefined, include);

  test.each([
    ['cannot be read', {}],
    ['computes its inputs', { '../../root.hcl': 'inputs = merge(local.common, {})\n' }],
    ['has the mode', { '../../root.hcl': 'inputs = {\n  authentication_mode = "API"\n}\n' }],
    ['has entries', { '../../root.hcl': 'inputs = {\n  access_entries = {}\n}\n' }],
  ])('stop the phases where it %s', async (_, files) => {
    const result = await converted({ ...files, 'terragrunt.hcl': text });
    expect(codesOf(result)).toContain('TAE292');
    expect(result.revisions).toEqual([]);
    const written = await converted({ ...files, 'terragrunt.hcl': told });
    expect(codesOf(written)).not.toContain('TAE292');
    expect(written.revisions.map(({ phase }) => phase)).toEqual(['add-access-entries', 'api-only']);
  });

  test.each([
    ['has none', { '../../root.hcl': 'remote_state {\n  backend = "s3"\n}\n' }],
    ['has others', { '../../root.hcl': 'inputs = {\n  tags = {}\n}\n' }],
    ['is not the nearest', { '../root.hcl': '', '../../root.hcl': 'inputs = {\n  access_entries = {}\n}\n' }],
  ])('do not stop them where it %s', async (_, files) => {
    const result = await converted({ ...files, 'terragrunt.hcl': text });
    expect(codesOf(result)).not.toContain('TAE292');
    expect(result.revisions).toHaveLength(3);
  });
});

const withBoth = (more: string): string =>
  unit('  authentication_mode = "API_AND_CONFIG_MAP"\n  access_entries = {}\n', undefined, more);

const backend = 'terraform {\n  backend "s3" {\n    key = "aws-auth/state"\n  }\n}\n';

describe('what counts beside or before the inputs of a unit', () => {
  const deep = 'include "root" {\n  path = "../root.hcl"\n  merge_strategy = "deep"\n}\n';

  test.each([
    ['a file that is merged deeply', { '../root.hcl': 'inputs = {\n  access_entries = {}\n}\n' }, deep],
    ['a file of values', { 'terraform.tfvars': 'authentication_mode = "API"\n' }, ''],
    ['a file that is merged by itself', { 'terragrunt.autoinclude.hcl': 'inputs = {\n  access_entries = {}\n}\n' }, ''],
  ])('stops the phases: %s', async (_, files, more) => {
    const result = await converted({ ...files, 'terragrunt.hcl': withBoth(more) });
    expect([codesOf(result), result.revisions]).toEqual([['TAE280'], []]);
  });

  test('is merged deeply with entries that a phase adds, where the unit has none', async () => {
    const files = { '../root.hcl': 'inputs = {\n  access_entries = {}\n}\n' };
    const result = await converted({ ...files, 'terragrunt.hcl': unit('', undefined, deep) });
    expect([codesOf(result), result.revisions]).toEqual([['TAE280'], []]);
  });

  test.each([
    ['that names aws-auth', 'more.tf', 'resource "kubernetes_config_map" "aws-auth" {}\n', ['TAE279']],
    ['that overrides the module', 'override.tf', 'locals {\n  a = 1\n}\n', ['TAE279']],
    ['that takes the place of one of the eks module', 'outputs.tf', 'output "a" {\n  value = 1\n}\n', ['TAE279']],
    ['that does so and is a provider alone', 'main.tf', 'provider "aws" {}\n', ['TAE279']],
    ['that names something else', 'bucket.tf', 'resource "aws_s3_bucket" "logs" {}\n', []],
    ['that has a provider', 'provider.tf', 'provider "aws" {}\n', []],
    [
      'that looks aws-auth up',
      'look.tf',
      'data "kubernetes_config_map_v1" "aws_auth" {\n  metadata {\n    name = "aws-auth"\n  }\n}\n',
      [],
    ],
    ['that has aws-auth in the key of its backend', 'backend.tf', backend, []],
    ['that says so, and has more', 'backend.tf', `${backend}/* */ resource "null_resource" "a" {}\n`, ['TAE279']],
    ['that forgets aws-auth', 'gone.tf', 'removed {\n  from = kubernetes_config_map.aws_auth\n}\n', ['TAE279']],
    ['that runs a program', 'run.tf', 'data external "a" {\n  program = ["./aws-auth.sh"]\n}\n', ['TAE279']],
    [
      'that does so in JSON',
      'run.tf.json',
      '{"data": {"external": {"a": {"program": ["./aws-auth.sh"]}}}}',
      ['TAE279'],
    ],
  ])('stops the phases where it is a file %s', async (_, name, text, codes) => {
    const result = await converted({ 'terragrunt.hcl': unit(''), [name]: text });
    expect(codesOf(result).filter(code => code === 'TAE279')).toEqual(codes);
    expect(result.revisions.length > 0).toBe(codes.length === 0);
  });

  // Source: terragrunt.gruntwork.io/docs/reference/hcl/blocks (generate, if_exists)
  test.each([
    ['skip', 'main.tf', []],
    ['overwrite', 'main.tf', ['TAE279']],
    ['skip', 'z_override.tf', ['TAE279']],
  ])('generates with if_exists = "%s" what is not there: %s', async (mode, name, codes) => {
    const generate = `generate "x" {\n  path      = "${name}"\n  if_exists = "${mode}"\n  contents  = "locals {}"\n}\n`;
    const result = await converted({ 'terragrunt.hcl': unit('', undefined, generate) });
    expect(codesOf(result).filter(code => code === 'TAE279')).toEqual(codes);
  });

  test('stops nothing where it has others', async () => {
    const files = {
      '../root.hcl': 'inputs = {\n  authentication_mode = "API"\n}\n',
      'terraform.tfvars': 'cluster_version = "1.31"\n',
    };
    const result = await converted({ ...files, 'terragrunt.hcl': withBoth(deep) });
    expect(codesOf(result)).not.toContain('TAE280');
    expect(result.revisions.map(({ phase }) => phase)).toEqual(['add-access-entries', 'api-only']);
  });
});

test('rows that a unit hands to a local module are said once, and judged', async () => {
  const module = `variable "map_roles" {
  type = any
}

module "eks" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "20.24.3"
  cluster_name = "demo"
}

module "aws_auth" {
  source                    = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version                   = "20.24.3"
  manage_aws_auth_configmap = true
  aws_auth_roles            = var.map_roles
}
`;
  const rows = `  map_roles = [
    { rolearn = "arn:aws:iam::111122223333:role/x/dev", username = "dev", groups = ["dev"] },
  ]
`;
  const files = { 'terragrunt.hcl': unit(rows, '../../modules//eks'), '../../modules/eks/main.tf': module };
  const { diagnostics } = await check(new Map(Object.entries(files)), { runtime: await runtime() });
  expect(diagnostics.map(({ code }) => code).toSorted()).toEqual(['TAE308', 'TAE775']);
});

test('check looks at the entries of a unit', async () => {
  const text = unit(`  access_entries = {
    ops = {
      principal_arn     = "arn:aws:iam::\${local.account}:role/ops"
      kubernetes_groups = ["system:masters"]
    }
  }
`);
  const { diagnostics } = await check(new Map([['terragrunt.hcl', text]]), { runtime: await runtime() });
  const found = diagnostics.find(({ code }) => code === 'TAE706');
  expect(found?.range?.file).toBe('terragrunt.hcl');
  expect(text.slice(found?.range?.start, found?.range?.end)).toBe('"system:masters"');
});

test('the runbook of a unit is for terragrunt, with the addresses of its state', async () => {
  const text = unit('').replace('"prod"', 'local.env.locals.name');
  const { runbook, gates } = await converted({ 'terragrunt.hcl': text });
  const all = runbook + gates;
  expect(runbook).toContain('terraform() { terragrunt "$@"; }');
  expect(runbook).toContain('export CLUSTER_NAME="${CLUSTER_NAME:-$(gates value CLUSTER_NAME)}"');
  expect(gates).toContain('    CLUSTER_NAME) "${TERRAFORM:-terragrunt}" output -raw cluster_name ;;\n');
  expect(all).toContain(`terragrunt state rm '\\''aws_eks_access_entry.this["ops"]'\\''`);
  expect(all).not.toMatch(/terragrunt\.hcl\.aws_eks|module\.undefined|--context ''/);
});
