import { describe, expect, test } from '@jest/globals';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const row = '{ rolearn = "arn:aws:iam::111122223333:role/team", username = "team", groups = ["system:masters"] }';

const configMap = (provider = ''): string => `
resource "kubernetes_config_map_v1_data" "aws_auth" {
${provider}  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }
  data  = { mapRoles = yamlencode([${row}]) }
  force = true
}
`;

const call = 'module "platform" {\n  source = "../../platform"\n  name   = "dev"\n}\n';

const eks = (more = ''): string => `
module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.31.0"

  cluster_name = var.name
${more}}
`;

const variable = 'variable "name" {\n  type = string\n}\n';

const ownAwsAuth = `
module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true
  aws_auth_roles            = [${row.replaceAll('team', 'own')}]
}
`;

/** A repository with a module that makes the cluster, and one root module that calls it and writes aws-auth, too. */
const repository = (
  caller: string,
  platform = `${variable}${eks()}`,
  more: Readonly<Record<string, string>> = {},
): string =>
  directoryWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'platform/main.tf': platform,
    'envs/dev/main.tf': caller,
    ...more,
  });

type Said = { readonly phases: readonly string[]; readonly said: readonly unknown[] };

const statusOf = async (directory: string, path = 'platform'): Promise<Said> => {
  const { stdout } = await runHere(directory, ['status', path, '--format', 'json']);
  const { phases, diagnostics } = JSON.parse(stdout) as {
    phases: { status: string }[];
    diagnostics: { code: string; message: string }[];
  };
  return { phases: phases.map(({ status }) => status), said: diagnostics.filter(({ code }) => code === 'TAE277') };
};

/** What `status` of the module says to do about what a caller writes. */
const hintOf = async (text: string): Promise<string> =>
  (await runHere(repository(`${call}\n${text}`), ['status', 'platform'])).stderr.replace(/^.*? fix: /s, '');

const writers: readonly (readonly [what: string, text: string, named: string])[] = [
  ['a resource', configMap(), 'kubernetes_config_map_v1_data.aws_auth of envs/dev'],
  ['a call of eks-auth', eksAuth(), 'module.eks_auth of envs/dev'],
  ['a call of modules/aws-auth', ownAwsAuth.replaceAll('own', 'team'), 'module.aws_auth of envs/dev'],
  ['a command', command(), 'null_resource.rows of envs/dev'],
  [
    'a manifest in a file',
    'resource "kubectl_manifest" "rows" {\n  yaml_body = file("rows.yaml")\n}\n',
    'kubectl_manifest.rows',
  ],
  ['a module that writes it', localWriter(), 'module.auth of envs/dev'],
];

function eksAuth(): string {
  return `module "eks_auth" {\n  source  = "aidanmelen/eks-auth/aws"\n  version = "1.0.0"\n  eks     = module.platform\n  map_roles = [${row}]\n}\n`;
}

function command(): string {
  const text = 'eksctl create iamidentitymapping --arn arn:aws:iam::111122223333:role/team';
  return `resource "null_resource" "rows" {\n  provisioner "local-exec" {\n    command = "${text}"\n  }\n}\n`;
}

function localWriter(): string {
  return `module "auth" {\n  source = "../../auth"\n  people = [${row}]\n}\n`;
}

const manifest = `apiVersion: v1
kind: ConfigMap
metadata:
  name: aws-auth
  namespace: kube-system
data:
  mapRoles: |
    - rolearn: arn:aws:iam::111122223333:role/team
      username: team
      groups: [system:masters]
`;

const auth = `
variable "people" {
  type    = any
  default = []
}

${ownAwsAuth.replace(/\[\{.*\}\]/, 'var.people')}`;

describe('a caller that writes aws-auth beside its call', () => {
  test.each(writers)('stops phase 3 of the module, which has no aws-auth of its own: %s', async (_, text, named) => {
    const { phases, said } = await statusOf(
      repository(`${call}\n${text}`, undefined, { 'auth/main.tf': auth, 'envs/dev/rows.yaml': manifest }),
    );
    expect(said).toEqual([expect.objectContaining({ message: expect.stringContaining(named) })]);
    expect(said).toEqual([expect.objectContaining({ message: expect.stringContaining('role/team') })]);
    expect(phases.slice(2)).toEqual(['blocked', 'blocked', 'nothing-to-change']);
  });

  test('names the kubernetes provider only where that tells whose ConfigMap it is', async () => {
    expect(await hintOf(configMap())).toContain('let the kubernetes provider have its host from there');
    const hint = await hintOf(command());
    expect(hint).toContain('Where they are of another cluster, write them in another root module.');
    expect(hint).not.toContain('kubernetes provider');
  });

  test('stops phases 3 and 4 of a module that writes aws-auth itself', async () => {
    const directory = repository(`${call}${configMap()}`, `${variable}${eks()}${ownAwsAuth}`);
    const { phases, said } = await statusOf(directory);
    expect([phases, said]).toEqual([
      ['ready', 'ready', 'blocked', 'blocked', 'blocked'],
      [expect.objectContaining({ message: expect.stringContaining('role/team') })],
    ]);
    const { status, stderr } = await runHere(directory, ['convert', 'platform', '--diff']);
    expect([status, stderr]).toEqual([1, expect.stringContaining('envs/dev/main.tf:6:1: error TAE277')]);
  });

  test('is converted where it is, and named alike by status, check and convert of both', async () => {
    const config = { 'envs/dev/tf-access-entries.config.json': '{ "clusterName": "dev", "emit": "resources" }' };
    const directory = repository(`${call}${configMap()}`, undefined, config);
    const codesOf = async (...args: readonly string[]): Promise<string> => {
      const { stdout, stderr } = await runHere(directory, args);
      return [...new Set(`${stdout}${stderr}`.match(/error TAE\d{3}/g) ?? [])].join();
    };
    const all = async (path: string): Promise<readonly string[]> => [
      await codesOf('status', path),
      await codesOf('check', path),
      await codesOf('convert', path, '--diff'),
    ];
    expect(await all('platform')).toEqual(['error TAE277', 'error TAE277', 'error TAE277']);
    expect(await all('envs/dev')).toEqual(['', '', '']);
    for (const phase of ['add-access-entries', 'remove-aws-auth']) {
      const write = ['convert', 'envs/dev', '--write', '--phase', phase, '--accept-unverified'];
      const { stderr } = await runHere(directory, write);
      expect(stderr).toContain('Written: envs/dev/main.tf.');
    }
    expect(await all('platform')).toEqual(['', '', '']);
  });

  test('says of the root module alone that it makes no cluster, where nothing names one', async () => {
    const directory = repository(`${call}${configMap()}`);
    const { status, stderr } = await runHere(directory, ['status', 'envs/dev']);
    expect([status, stderr]).toEqual([1, expect.stringContaining('envs/dev/main.tf:6:1: error TAE205')]);
    const { stdout } = await runHere(directory, ['status', '.']);
    expect(stdout).toMatch(/envs\/dev .*blocked by TAE205/);
    expect(stdout).toMatch(/platform .*blocked by TAE277/);
  });

  test.each([
    ['a cluster of its own', `${eks().replace('var.name', '"other"')}${ownAwsAuth}`],
    [
      'the cluster of another module',
      `provider "kubernetes" {\n  host = module.other.endpoint\n}\nmodule "other" {\n  source = "../../other"\n}\n${configMap()}`,
    ],
    ['nobody, switched off', configMap('  count = 0\n')],
  ])('says nothing of what writes that of %s', async (_, text) => {
    const other = `${eks().replace('var.name', '"other"')}output "endpoint" {\n  value = module.eks.cluster_endpoint\n}\n`;
    const { said } = await statusOf(repository(`${call}${text}`, undefined, { 'other/main.tf': other }));
    expect(said).toEqual([]);
  });

  test('is nothing in the way of a cluster in mode API, which ignores the ConfigMap', async () => {
    const directory = repository(`${call}${configMap()}`, `${variable}${eks('  authentication_mode = "API"\n')}`);
    expect((await statusOf(directory)).said).toEqual([]);
  });

  test('is found by a module that takes no variables', async () => {
    const directory = repository(
      `module "platform" {\n  source = "../../platform"\n}\n${configMap()}`,
      eks().replace('var.name', '"demo"'),
    );
    expect((await statusOf(directory)).said).toHaveLength(1);
  });
});
