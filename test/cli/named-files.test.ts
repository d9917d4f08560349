import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readModule } from '../../lib/cli/read-module.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const main = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "orders"
}

variable "account" {
  type = string
}

resource "kubernetes_config_map_v1_data" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapRoles = templatefile("\${path.module}/templates/map-roles.yaml.tpl", {
      account = var.account
    })
    mapUsers = file("\${path.module}/users.yaml")
  }

  force = true
}
`;

const roles = `# break glass
- rolearn: arn:aws:iam::\${account}:role/admin
  username: admin
  groups:
    - system:masters
`;

const users = `- userarn: arn:aws:iam::111122223333:user/bob
  username: bob
  groups: [viewers]
`;

const files = { 'main.tf': main, 'templates/map-roles.yaml.tpl': roles, 'users.yaml': users };

test('aws-auth among the files of a fileset is no silent pass', async () => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "orders"
}

resource "kubectl_manifest" "all" {
  for_each  = toset(fileset(path.module, "manifests/*.{yaml,yml}"))
  yaml_body = file("\${path.module}/\${each.key}")
}
`;
  const configMap = `apiVersion: v1
kind: ConfigMap
metadata: { name: aws-auth, namespace: kube-system }
data:
  mapRoles: |
    - rolearn: arn:aws:iam::111122223333:role/ops
      username: ops
      groups: [system:masters]
`;
  const directory = directoryWith({ 'main.tf': text, 'manifests/aws-auth.yml': configMap, 'manifests/other.yaml': '' });
  const checked = await runHere(directory, ['check', '.']);
  expect(checked.status).toBe(1);
  expect(checked.stdout).toContain('TAE701');
  const { stderr } = await runHere(directory, ['convert', '.', '--quiet']);
  expect(stderr).toMatch(/TAE229: .*manifests\/aws-auth\.yml, one of a fileset/);
});

describe('rows in files that the root module names', () => {
  test.each(['jsonencode', 'yamlencode'])('are those that a template hands on by %s', async encode => {
    const list = `[{ rolearn = "arn:aws:iam::\${var.account}:role/ops", username = "ops", groups = ["ops"] }]`;
    const text = main
      .replace(/map-roles\.yaml\.tpl", \{\n.*\n/, `map-roles.yaml.tpl", {\n      rows = ${list}\n`)
      .replace(/^.*mapUsers.*\n/m, '');
    const template = `\${${encode}(rows)}\n`;
    const directory = directoryWith({ 'main.tf': text, 'templates/map-roles.yaml.tpl': template });
    const { stdout } = await runHere(directory, ['convert', '.', '--diff', '--phase', 'add-access-entries']);
    expect(stdout).toMatch(/principal_arn += "arn:aws:iam::\$\{var\.account\}:role\/ops"/);
  });

  test('are converted, and the files stay as they are', async () => {
    const directory = directoryWith(files);
    const { status, stderr } = await runHere(directory, ['convert', '.', '--write', '--phase', 'enable-api']);
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('TAE229')]);
    const { stdout } = await runHere(directory, ['convert', '.', '--diff', '--phase', 'add-access-entries']);
    expect(stdout).toContain('+      principal_arn     = "arn:aws:iam::${var.account}:role/admin"');
    expect(stdout).toContain('+    # break glass');
    expect(stdout).toContain('+      principal_arn       = "arn:aws:iam::111122223333:user/bob"');
    const { 'templates/map-roles.yaml.tpl': template, 'users.yaml': list } = contentOf(directory);
    expect([template, list]).toEqual([roles, users]);
  });

  test('are judged by check, at their place', async () => {
    const row = users.replace('groups: [viewers]', 'groups: [system:nodes-admin]');
    const { stdout } = await runHere(directoryWith({ ...files, 'users.yaml': row }), ['check', '.']);
    expect(stdout).toContain('users.yaml:1:');
  });
});

const read = async (directory: string): Promise<readonly string[]> => [
  ...(await readModule('.', directory)).files.keys(),
];

test('the ConfigMap in a file that a manifest names is found, whatever the source calls it', async () => {
  const map = `apiVersion: v1
kind: ConfigMap
metadata:
  name: aws-auth
  namespace: kube-system
data:
  mapRoles: |
    - rolearn: arn:aws:iam::111122223333:role/dev
      username: dev
      groups: [dev]
`;
  const resource = 'resource "kubectl_manifest" "x" {\n  yaml_body = file("${path.module}/cm.yaml")\n}\n';
  const directory = directoryWith({ 'main.tf': main.slice(0, main.indexOf('variable')) + resource, 'cm.yaml': map });
  const { status, stdout } = await runHere(directory, ['check', '.']);
  expect([status, stdout]).toEqual([1, expect.stringContaining('role/dev')]);
});

const command = (text: string): string =>
  `resource "terraform_data" "grant" {\n  provisioner "local-exec" {\n    command = ${text}\n  }\n}\n`;

const grant = 'kubectl -n kube-system patch configmap aws-auth -p "rolearn: arn:aws:iam::111122223333:role/dev"\n';

// The words aws-auth and kubectl are in the file alone. Source: developer.hashicorp.com/terraform/language/functions/file
test.each([
  ['file', { 'main.tf': command('file("${path.module}/grant.sh")') }],
  ['templatefile', { 'main.tf': command('templatefile("grant.sh", {})') }],
  [
    'template_file',
    {
      'main.tf': command('data.template_file.grant.rendered'),
      'data.tf': 'data "template_file" "grant" {\n  template = file("${path.module}/grant.sh")\n}\n',
    },
  ],
])('a command that is in a file is found, by %s', async (_, source) => {
  const { status, stdout } = await runHere(directoryWith({ ...source, 'grant.sh': grant }), ['check', '.']);
  expect([status, stdout]).toEqual([1, expect.stringMatching(/TAE755: terraform_data.grant has 1 row.*role\/dev/)]);
});

test('a command in a file that has nothing to do with aws-auth is no finding', async () => {
  const directory = directoryWith({ 'main.tf': command('file("wait.sh")'), 'wait.sh': 'kubectl apply -f x.yaml\n' });
  expect(await runHere(directory, ['check', '.'])).toMatchObject({ status: 0 });
});

describe('what is no file of the module is not read', () => {
  test.each(['/etc/passwd', '../other/users.yaml', '${path.module}/../../other.yaml', '~/users.yaml', '.git/config'])(
    '%s',
    async name => {
      const directory = directoryWith({ 'root/main.tf': `# aws-auth\nlocals {\n  x = file("${name}")\n}\n` });
      writeFileSync(join(directory, 'other.yaml'), users);
      expect(await read(join(directory, 'root'))).toEqual(['main.tf']);
    },
  );

  test('a link that leads out, a directory, a pipe, no text, nothing', async () => {
    const names = ['link.yaml', 'directory', 'pipe', 'binary', 'missing.yaml'];
    const text = names.map((name, index) => `  x${index} = file("\${path.module}/${name}")`).join('\n');
    const directory = directoryWith({ 'root/main.tf': `# aws-auth\nlocals {\n${text}\n}\n`, 'outside.yaml': users });
    const root = join(directory, 'root');
    symlinkSync(join(directory, 'outside.yaml'), join(root, 'link.yaml'));
    mkdirSync(join(root, 'directory'));
    execFileSync('mkfifo', [join(root, 'pipe')]);
    writeFileSync(join(root, 'binary'), Buffer.from([0xff, 0xfe, 0x00]));
    expect(await read(root)).toEqual(['main.tf']);
  });

  test('a module without aws-auth', async () => {
    const directory = directoryWith({ 'main.tf': 'locals {\n  x = file("users.yaml")\n}\n', 'users.yaml': users });
    expect(await read(directory)).toEqual(['main.tf']);
  });
});
