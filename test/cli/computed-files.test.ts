import { describe, expect, test } from '@jest/globals';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const eks = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "orders"
}
`;

const configMap = `apiVersion: v1
kind: ConfigMap
metadata: { name: aws-auth, namespace: kube-system }
data:
  mapRoles: |
    - rolearn: \${ops}
      username: ops
      groups: [ops]
`;

const template = (path: string): string => `templatefile(${path}, { ops = "arn:aws:iam::111122223333:role/ops" })`;

const manifest = (path: string): string => `resource "kubectl_manifest" "x" {\n  yaml_body = ${template(path)}\n}\n`;

// Source: developer.hashicorp.com/terraform/language/expressions/references (path.module, path.root)
describe('the ConfigMap in a file on disk is found by any path that the source tells', () => {
  test.each([
    ['path.root', '"${path.root}/k8s/map.tpl"', ''],
    ['format', 'format("%s/k8s/map.tpl", path.module)', ''],
    ['join', 'join("/", [path.module, "k8s", "map.tpl"])', ''],
    ['a local', 'local.map', 'locals {\n  map = "${local.k8s}/map.tpl"\n  k8s = "${path.module}/k8s"\n}\n'],
    ['abspath', 'abspath("${path.root}/k8s/map.tpl")', ''],
  ])('%s', async (_, path, more) => {
    const directory = directoryWith({ 'main.tf': eks + manifest(path) + more, 'k8s/map.tpl': configMap });
    const { status, stdout } = await runHere(directory, ['check', '.']);
    expect([status, stdout]).toEqual([1, expect.stringContaining('TAE701: kubectl_manifest.x')]);
    const { stdout: diff } = await runHere(directory, ['convert', '.', '--diff', '--phase', 'add-access-entries']);
    expect(diff).toMatch(/principal_arn += "arn:aws:iam::111122223333:role\/ops"/);
  });
});

test.each(['format("%s/../map.tpl", path.module)', '"${path.root}/../map.tpl"', 'join("/", [".git", "map.tpl"])'])(
  'a file that is not of the root module is not read: %s',
  async path => {
    const directory = directoryWith({
      'root/main.tf': eks + manifest(path),
      'root/.git/map.tpl': configMap,
      'map.tpl': configMap,
    });
    const { stdout } = await runHere(directory, ['check', 'root']);
    expect(stdout).not.toContain('aws-auth ConfigMap');
  },
);

// A value of the variable, the root module that calls, or the place where Terraform runs may make it another file.
describe('where another file may be meant, its rows are not known, and that is said', () => {
  test.each([
    ['a default', 'var.map', 'variable "map" {\n  default = "./k8s/map.tpl"\n}\nprovider "aws" {}\n'],
    ['path.cwd', '"${path.cwd}/k8s/map.tpl"', ''],
    ['an absolute path', '"${abspath(path.module)}/k8s/map.tpl"', ''],
    ['path.root of a module that others seem to call', '"${path.root}/k8s/map.tpl"', 'variable "x" {}\n'],
  ])('%s', async (_, path, more) => {
    const directory = directoryWith({ 'main.tf': eks + manifest(path) + more, 'k8s/map.tpl': configMap });
    const { status, stdout } = await runHere(directory, ['check', '.']);
    expect([status, stdout]).toEqual([1, expect.stringMatching(/TAE229: data of kubectl_manifest\.x cannot be read/)]);
  });

  test('not of a file that is no aws-auth', async () => {
    const more = 'variable "map" {\n  default = "./k8s/map.tpl"\n}\nprovider "aws" {}\n';
    const other = configMap.replace('aws-auth', 'settings');
    const directory = directoryWith({ 'main.tf': eks + manifest('var.map') + more, 'k8s/map.tpl': other });
    expect((await runHere(directory, ['check', '.'])).stdout).not.toMatch(/TAE229|TAE701/);
  });
});

test.each([
  ['path.root', 'fileset(path.root, "k8s/*.yaml")', '${path.root}'],
  ['a local', 'toset(fileset(local.k8s, "*.yaml"))', '${local.k8s}'],
])('aws-auth among the files of a fileset is found by %s', async (_, list, place) => {
  const directory = directoryWith({
    'main.tf': `${eks}resource "kubectl_manifest" "all" {
  for_each  = ${list}
  yaml_body = file("${place}/\${each.value}")
}

locals {
  k8s = format("%s/k8s", path.module)
}
`,
    'k8s/map.yaml': configMap,
  });
  const { stdout } = await runHere(directory, ['check', '.']);
  expect(stdout).toMatch(
    /TAE229: data of kubectl_manifest\.all cannot be read: it is the file .*map\.yaml, one of a fileset/,
  );
});

const files = (type: string, argument: string): string => `data "kubectl_${type}_documents" "all" {
  ${argument}
}

resource "kubectl_manifest" "all" {
  for_each  = data.kubectl_${type}_documents.all.manifests
  yaml_body = each.value
}
`;

const each = (list: string, path: string): string =>
  `resource "kubectl_manifest" "all" {\n  for_each = ${list}\n  yaml_body = file(${path})\n}\n`;

// Source: gavinbunney/terraform-provider-kubectl, docs/data-sources/kubectl_file_documents.md, kubectl_path_documents.md.
const ofSeveral: readonly (readonly [string, string])[] = [
  ['the documents of a file', files('file', 'content = file("${path.module}/k8s/map.yaml")')],
  ['the documents of a template', files('file', 'content = templatefile("${path.module}/k8s/map.yaml", {})')],
  ['the files of a pattern', files('path', 'pattern = "${path.module}/k8s/*.yaml"')],
  ['the files of a pattern from here on', files('path', 'pattern = "./k8s/*.yaml"')],
  ['names in a list', each('toset(["map.yaml", "role.yaml"])', '"${path.module}/k8s/${each.value}"')],
  ['names in a map', each('{ a = { name = "map" } }', '"${path.module}/k8s/${each.value.name}.yaml"')],
  [
    'documents that are split',
    `${each('toset(local.documents)', '"x"').replace(/yaml_body.*/, 'yaml_body = each.value')}locals {\n  documents = split("---", file("\${path.module}/k8s/map.yaml"))\n}\n`,
  ],
  ['a name of each environment', each('toset(["k8s"])', '"${each.key}/${var.environment}.yaml"')],
];

describe('aws-auth may be what a manifest is made of, though the source does not tell which', () => {
  const role = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: reader }\n';
  const ofConfigMap = configMap.replace(
    '{ name: aws-auth, namespace: kube-system }',
    '\n  name: aws-auth\n  namespace: kube-system',
  );

  test.each(ofSeveral)('%s', async (_, text) => {
    const more = text.includes('var.') ? 'variable "environment" {}\n' : '';
    const at = (map: string) =>
      runHere(directoryWith({ 'main.tf': eks + text + more, 'k8s/map.yaml': map, 'k8s/role.yaml': role }), [
        'check',
        '.',
      ]);
    for (const map of [configMap, `${role}---\n${ofConfigMap}`]) {
      const { status, stdout } = await at(map);
      expect([status, stdout]).toEqual([
        1,
        expect.stringMatching(/TAE229: data of kubectl_manifest\.all cannot be read/),
      ]);
    }
    // A Role may name it, and another ConfigMap may have another name.
    const mention = `${role}rules: [{ apiGroups: [""], resources: [configmaps], resourceNames: [aws-auth], verbs: [get] }]\n`;
    const other = configMap.replace('aws-auth', 'settings');
    expect((await at(`${mention}---\n${other}`)).stdout).not.toMatch(/TAE229|TAE701/);
  });
});

const kyverno = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: keep }
spec: { rules: [{ name: keep, exclude: { any: [{ subjects: [{ kind: Group, name: "system:masters" }] }] } }] }
`;

test.each(['"${path.root}/keep.yaml"', 'var.policy', 'format("%s/keep.yaml", path.cwd)'])(
  'a policy that names system:masters is found by %s',
  async path => {
    const rows = `module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  manage_aws_auth_configmap = true
  aws_auth_roles = [
    { rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:masters"] },
  ]
}

variable "policy" {
  default = "keep.yaml"
}
`;
    const policy = `resource "kubectl_manifest" "keep" {\n  yaml_body = file(${path})\n}\n`;
    const directory = directoryWith({ 'main.tf': eks + rows + policy, 'keep.yaml': kyverno });
    expect((await runHere(directory, ['check', '.'])).stdout).toContain('TAE761: kubectl_manifest.keep');
  },
);

test.each([
  ['format', 'format("%s/k8s/auth.tpl", path.module)'],
  ['a default', 'var.map'],
])('a file that is written for a command is found by %s', async (_, path) => {
  const text = `resource "local_file" "auth" {\n  filename = "out.yaml"\n  content  = ${template(path)}\n}\n`;
  const variables = 'variable "map" {\n  default = "k8s/auth.tpl"\n}\n';
  const directory = directoryWith({ 'main.tf': text, 'variables.tf': variables, 'k8s/auth.tpl': configMap });
  expect((await runHere(directory, ['check', '.'])).stdout).toContain('TAE755: local_file.auth has');
});
