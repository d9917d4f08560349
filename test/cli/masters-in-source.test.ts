import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const trap = (name: string): string =>
  readFileSync(new URL(`../checker/traps/manifest-that-names-masters/trap/${name}`, import.meta.url), 'utf8');
const rows = trap('main.tf');
const policies = trap('policies.tf');

const said = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const { stdout } = await runHere(directoryWith(files), ['check', '.', '--min-severity', 'warning']);
  return stdout.split('\n').filter(line => line.includes('TAE761'));
};

const ops = 'arn:aws:iam::111122223333:role/ops';
const finding = (place: string, resource: string, field: string, who = ops): string =>
  `${place}: warning TAE761: ${resource} names the group system:masters in ${field}. An access entry gives nobody that group, so what looks for it there does not find ${who}.`;

test('check names each resource, its fields and who is meant', async () => {
  expect((await said({ 'main.tf': rows, 'policies.tf': policies })).slice(0, 5)).toEqual([
    finding(
      'policies.tf:5:1',
      'kubernetes_manifest.block_exec',
      'manifest.spec.rules[0].exclude.any[0].subjects[0].name',
    ),
    finding(
      'policies.tf:32:1',
      'kubectl_manifest.change_freeze',
      'yaml_body.webhooks[0].matchConditions[0].expression',
    ),
    finding('policies.tf:56:1', 'kubectl_manifest.keep_namespaces', 'yaml_body.spec.validations[0].expression'),
    finding(
      'policies.tf:78:1',
      'kubernetes_validating_admission_policy_v1.keep_quotas',
      'spec.match_conditions[0].expression',
    ),
    finding('policies.tf:99:1', 'helm_release.kyverno', 'values[0].config.excludeGroups[1]'),
  ]);
});

test('check fails, as with every warning', async () => {
  const { status } = await runHere(directoryWith({ 'main.tf': rows, 'policies.tf': policies }), ['check', '.']);
  expect(status).toBe(1);
});

const entries = (policy: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "21.3.1"

  name                = "demo"
  authentication_mode = "API"
  access_entries = {
    lead = {
      principal_arn = "arn:aws:iam::111122223333:role/lead"
      policy_associations = {
        admin = {
          policy_arn   = "arn:aws:eks::aws:cluster-access-policy/${policy}"
          access_scope = { type = "cluster" }
        }
      }
    }
  }
}
`;

describe('who it is said of', () => {
  test('administrators by an entry, where no row is left', async () => {
    const found = await said({ 'main.tf': entries('AmazonEKSClusterAdminPolicy'), 'policies.tf': policies });
    expect(found[3]).toBe(
      finding(
        'policies.tf:78:1',
        'kubernetes_validating_admission_policy_v1.keep_quotas',
        'spec.match_conditions[0].expression',
        'arn:aws:iam::111122223333:role/lead',
      ),
    );
  });

  test('the creator, who is an administrator by a switch alone', async () => {
    const text = entries('AmazonEKSViewPolicy').replace(
      '"API"\n',
      '"API"\n  enable_cluster_creator_admin_permissions = true\n',
    );
    const found = await said({ 'main.tf': text, 'policies.tf': policies });
    expect(found[3]).toBe(
      finding(
        'policies.tf:78:1',
        'kubernetes_validating_admission_policy_v1.keep_quotas',
        'spec.match_conditions[0].expression',
        'the cluster creator of module.eks',
      ),
    );
  });

  test.each([
    ['entries of nobody who is an administrator', entries('AmazonEKSViewPolicy')],
    ['rows without the group', rows.replace('"system:masters"', '"operators"')],
    ['no cluster', 'variable "scratch" {}\n'],
  ])('nobody: %s', async (_name, text) => {
    expect(await said({ 'main.tf': text, 'policies.tf': policies })).toEqual([]);
  });

  test('nobody whom the config drops', async () => {
    const config = JSON.stringify({ drop: [{ principal: ops, reason: 'left' }] });
    const files = { 'main.tf': rows, 'policies.tf': policies, 'tf-access-entries.config.json': config };
    expect(await said(files)).toEqual([]);
  });
});

const withResource = (text: string): Promise<readonly string[]> => said({ 'main.tf': rows, 'more.tf': text });

test.each([
  [
    'blocks of a webhook',
    `resource "kubernetes_validating_webhook_configuration_v1" "freeze" {
  metadata {
    name = "freeze"
  }
  webhook {
    name                      = "freeze.example.com"
    admission_review_versions = ["v1"]
    side_effects              = "None"
    client_config {
      url = "https://freeze.example.com"
    }
    match_condition {
      name       = "exclude-admins"
      expression = "!('system:masters' in request.userInfo.groups)"
    }
  }
}
`,
    'webhook[0].match_condition[0].expression',
  ],
  [
    'values that are set one by one',
    `resource "helm_release" "kyverno" {
  name  = "kyverno"
  chart = "kyverno"
  set_list {
    name  = "config.excludeGroups"
    value = ["system:masters"]
  }
}
`,
    'set_list[0].value[0]',
  ],
  [
    'an argument of a function',
    `resource "kubernetes_manifest" "rank" {
  manifest = {
    apiVersion = "flowcontrol.apiserver.k8s.io/v1"
    kind       = "FlowSchema"
    metadata   = { name = "rank" }
    spec = {
      rules = [{ subjects = [for name in concat(["system:masters"], var.groups) : { kind = "Group", group = { name = name } }] }]
    }
  }
}
`,
    'manifest.spec.rules[0].subjects',
  ],
])('%s', async (_name, text, field) => {
  expect(await withResource(text)).toEqual([expect.stringContaining(` in ${field}. `), expect.anything()]);
});

test.each([
  ['a kind that decides nothing', `apiVersion: v1\n    kind: ConfigMap`],
  ['a kind that only a plan knows', `apiVersion: \${var.api}\n    kind: ClusterPolicy`],
  ['a text that is no object', 'nothing'],
])('%s is no finding', async (_name, head) => {
  const text = `resource "kubectl_manifest" "a" {\n  yaml_body = <<-EOT\n    ${head}\n    metadata: { name: a }\n    data: { groups: "system:masters" }\n  EOT\n}\n`;
  expect(await withResource(text)).toEqual([]);
});

test.each([
  ['a: &a\n  b: *a\n', 'an anchor inside of itself'],
  ['a: *b\n', 'an anchor that is not there'],
  ['a: [\n', 'no YAML'],
])('values %j are a text: %s', async text => {
  const values = `<<-EOT\n${text}# for system:masters\nEOT\n`;
  const found = await withResource(
    `resource "helm_release" "a" {\n  name = "a"\n  chart = "a"\n  values = [${values}  ]\n}\n`,
  );
  expect(found).toEqual([expect.stringContaining(' in values[0]. '), expect.anything()]);
});

test.each([
  ['by itself', `{ group = "system:masters" }`, "!('${group}' in request.userInfo.groups)"],
  ['by a local', `{ group = local.admins }`, "!('${group}' in request.userInfo.groups)"],
  ['in a list', `{ groups = ["system:masters", "ops"] }`, '${jsonencode(groups)}'],
])('a group that a template is handed, %s', async (_name, names, expression) => {
  const policy = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: keep }
spec:
  matchConditions:
    - name: admins
      expression: ${expression.startsWith('!') ? JSON.stringify(expression) : expression}
`;
  const text = `locals {\n  admins = "system:masters"\n}\n\nresource "kubectl_manifest" "keep" {\n  yaml_body = templatefile("\${path.module}/keep.yaml", ${names})\n}\n`;
  const found = await said({ 'main.tf': rows, 'policies.tf': text, 'keep.yaml': policy });
  expect(found).toEqual([
    expect.stringContaining(' in yaml_body.spec.matchConditions[0].expression'),
    expect.anything(),
  ]);
});

test('each file of a fileset is looked at', async () => {
  const policy = readFileSync(new URL('cluster/validating-admission-policy.yaml', import.meta.url), 'utf8');
  const text = `resource "kubectl_manifest" "all" {
  for_each  = fileset("\${path.module}/policies", "**/*.yaml")
  yaml_body = file("\${path.module}/policies/\${each.value}")
}
`;
  const files = { 'main.tf': rows, 'all.tf': text, 'policies/deep/keep.yaml': policy, 'policies/keep.json': '{}' };
  expect(await said(files)).toEqual([
    expect.stringContaining('kubectl_manifest.all names the group system:masters in yaml_body.spec'),
    expect.anything(),
  ]);
  expect(await said({ ...files, 'policies/deep/keep.yaml': 'kind: List\n' })).toEqual([]);
  const masked = text.replace('**/*.yaml', '*.yaml');
  expect(await said({ ...files, 'all.tf': masked })).toEqual([]);
});

test('files of the root module that a resource names are read, too', async () => {
  const policy = readFileSync(new URL('cluster/validating-admission-policy.yaml', import.meta.url), 'utf8');
  const found = await said({
    'main.tf': rows,
    'policies.tf': `resource "kubectl_manifest" "quotas" {\n  yaml_body = file("\${path.module}/policies/quotas.yaml")\n}\n`,
    'policies/quotas.yaml': policy,
    'policies/not-named.yaml': policy,
  });
  expect(found).toEqual([
    finding('policies.tf:1:1', 'kubectl_manifest.quotas', 'yaml_body.spec.variables[0].expression'),
    expect.anything(),
  ]);
});

test('a comment silences it', async () => {
  const ignored = policies.replaceAll(/^resource /gm, '# tf-access-entries-ignore: TAE761 named on purpose\nresource ');
  expect(await said({ 'main.tf': rows, 'policies.tf': ignored })).toEqual([]);
});

test('the gate of phase 2 names the resources', async () => {
  const directory = directoryWith({ 'main.tf': rows, 'policies.tf': policies });
  await runHere(directory, ['convert', '.']);
  expect(contentOf(directory)['access-entries-migration/gates.sh']).toContain(
    'In this source kubernetes_manifest.block_exec, kubectl_manifest.change_freeze, kubectl_manifest.keep_namespaces, kubernetes_validating_admission_policy_v1.keep_quotas and helm_release.kyverno name it.',
  );
});
