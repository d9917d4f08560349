import { describe, expect, test } from '@jest/globals';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { wrapperModule } from './support/modules.ts';

const configMap = `resource "kubernetes_config_map_v1_data" "aws_auth" {
  metadata {
    name = "aws-auth"
  }
  data = { mapRoles = yamlencode([{ rolearn = "arn:aws:iam::111122223333:role/a", username = "a", groups = ["x"] }]) }
}
`;
const entry = `resource "aws_eks_access_entry" "ops" {
  cluster_name  = "demo"
  principal_arn = "arn:aws:iam::111122223333:role/ops"
}
`;

const generate = (text: string, more = ''): string =>
  `generate "auth" {\n  path = "auth.tf"\n  if_exists = "overwrite"\n${more}  contents = <<EOF\n${text}EOF\n}\n`;

const unit = (source: string, more = ''): string =>
  `terraform {\n  source = "${source}"\n}\n\n${more}\ninputs = {\n  cluster_name = "demo"\n}\n`;

const ofEks = 'tfr:///terraform-aws-modules/eks/aws?version=20.37.2';
const elsewhere = 'git::ssh://git@gitlab.example.com/infra/cluster.git?ref=v1';
const ofLocal = '../../modules//eks';
const include = 'include "env" {\n  path = "../../_env/eks.hcl"\n}\n';

type Files = Readonly<Record<string, string>>;

const checked = (files: Files): ReturnType<typeof runHere> =>
  runHere(directoryWith({ '.git/HEAD': '', ...files }), ['check', '.']);

const times = (text: string): number => text.split('error TAE279: ').length - 1;

describe('check names what a unit generates that gives access', () => {
  const modules: readonly (readonly [string, string, Files])[] = [
    ['the eks module', ofEks, {}],
    ['a module elsewhere', elsewhere, {}],
    ['a local module', ofLocal, { 'modules/eks/main.tf': 'variable "cluster_name" {}\n' }],
    ['a local module with aws-auth', ofLocal, { 'modules/eks/main.tf': wrapperModule() }],
    ['a local module that is not there', '../../../other//eks', {}],
  ];
  test.each(modules)('in a unit of %s', async (_, source, files) => {
    for (const text of [configMap, entry]) {
      const { status, stdout } = await checked({
        ...files,
        'live/prod/terragrunt.hcl': unit(source, generate(text)),
      });
      expect(stdout).toMatch(
        /^live\/prod\/terragrunt\.hcl:5:1: error TAE279: Terragrunt puts auth\.tf \(generate "auth"\) .* names aws-auth or access entries/m,
      );
      expect([status, times(stdout)]).toEqual([1, 1]);
    }
  });

  test.each([
    ['the eks module', ofEks],
    ['a module elsewhere', elsewhere],
  ])('in a file that a unit of %s includes', async (_, source) => {
    const files = { '_env/eks.hcl': generate(entry), 'live/prod/terragrunt.hcl': unit(source, include) };
    const { status, stdout } = await checked(files);
    expect(stdout).toMatch(/^_env\/eks\.hcl:1:1: error TAE279: /m);
    expect([status, times(stdout)]).toEqual([1, 1]);
  });

  test.each<readonly [string, Files]>([
    [
      'its own file',
      { 'terragrunt.hcl': unit(elsewhere, `# tf-access-entries-ignore: TAE279 moves\n${generate(entry)}`) },
    ],
    [
      'a file that it includes',
      {
        'live/prod/terragrunt.hcl': unit(elsewhere, include),
        '_env/eks.hcl': `# tf-access-entries-ignore: TAE279 moves\n${generate(entry)}`,
      },
    ],
  ])('unless a comment silences it in %s', async (_, files) => {
    const { status, stdout } = await checked(files);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^No findings in 1 module.*1 silenced by comments/)]);
  });
});

describe('check says nothing of what a unit generates', () => {
  const looks = 'data "aws_eks_access_entry" "a" {\n  cluster_name = "demo"\n}\n';
  test.each<readonly [string, Files]>([
    ['that is off', { 'terragrunt.hcl': unit(elsewhere, generate(entry, '  disable = true\n')) }],
    [
      'that is about something else',
      { 'terragrunt.hcl': unit(elsewhere, generate('resource "aws_s3_bucket" "a" {}\n')) },
    ],
    [
      'that reads a token',
      {
        'terragrunt.hcl': unit(
          elsewhere,
          generate(
            'locals {\n  a = data.aws_eks_cluster_auth.eks_auth.token\n}\n\ndata "aws_eks_cluster_auth" "eks_auth" {\n  name = "demo"\n}\n',
          ),
        ),
      },
    ],
    ['that reads alone', { 'terragrunt.hcl': unit(elsewhere, generate(looks)) }],
    ['that is computed', { 'terragrunt.hcl': unit(ofEks, generate('').replace(/<<EOF\nEOF/, 'local.aws_auth')) }],
    [
      'where the eks module has a file of that name',
      { 'terragrunt.hcl': unit(ofEks, generate(entry).replace('overwrite', 'skip').replace('auth.tf', 'main.tf')) },
    ],
  ])('%s', async (_, files) => {
    const { stdout } = await checked(files);
    expect(stdout).not.toContain('TAE279');
  });
});
