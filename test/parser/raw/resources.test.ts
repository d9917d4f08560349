import { describe, expect, test } from '@jest/globals';
import { readRawResources } from '../../../lib/parser/aws-auth/resource/raw-resource.ts';
import { readRootModule } from '../../../lib/terraform/index.ts';
import { runtime } from '../../support/fixture.ts';
import { configMap, read } from './read.ts';

const addresses = async (text: string): Promise<readonly string[]> => {
  const found = await readRawResources(await readRootModule(new Map([['main.tf', text]]), await runtime()));
  return found.map(({ address }) => address);
};

const object = (type: string, metadata: string): string =>
  `resource "${type}" "x" {\n  metadata {\n    ${metadata}\n  }\n  data = {}\n}\n`;

describe('which resources write aws-auth', () => {
  const system = 'name = "aws-auth"\n    namespace = "kube-system"';
  test.each([
    ['a ConfigMap', object('kubernetes_config_map', system)],
    ['a ConfigMap of v1', object('kubernetes_config_map_v1', system)],
    ['data of v1', object('kubernetes_config_map_v1_data', system)],
    [
      'a name in a local',
      `${object('kubernetes_config_map', 'name = local.name\n    namespace = "kube-system"')}locals { name = "aws-auth" }\n`,
    ],
    [
      'a namespace that a plan knows',
      object('kubernetes_config_map', 'name = "aws-auth"\n    namespace = var.namespace'),
    ],
    [
      'a manifest',
      'resource "kubernetes_manifest" "x" {\n  manifest = { kind = "ConfigMap", metadata = { name = "aws-auth", namespace = "kube-system" } }\n}\n',
    ],
    [
      'a manifest that cannot be read',
      'resource "kubectl_manifest" "x" {\n  yaml_body = templatefile("aws-auth.yaml", {})\n}\n',
    ],
    [
      'a decoded manifest',
      'resource "kubernetes_manifest" "x" {\n  manifest = yamldecode(local.text)\n}\nlocals {\n  text = "kind: ConfigMap\\nmetadata: {name: aws-auth, namespace: kube-system}"\n}\n',
    ],
    [
      'a manifest in a namespace of its resource',
      'resource "kubectl_manifest" "x" {\n  override_namespace = "kube-system"\n  yaml_body = "kind: ConfigMap\\nmetadata: {name: aws-auth}"\n}\n',
    ],
    [
      'metadata that is dynamic',
      'resource "kubernetes_config_map" "aws_auth" {\n  dynamic "metadata" {\n    for_each = [1]\n    content {\n      name = "aws-auth"\n    }\n  }\n}\n',
    ],
    [
      'a name that is the default of a variable',
      `${object('kubernetes_config_map_v1_data', 'name = var.name\n    namespace = var.namespace').replace('{}', 'var.data')}variable "name" { default = "aws-auth" }\n`,
    ],
    [
      'one of several names',
      `${object('kubernetes_config_map', 'name = each.key\n    namespace = "kube-system"').replace('{}', 'each.value\n  for_each = local.all')}locals { all = { aws-auth = {}, settings = {} } }\n`,
    ],
    [
      'one of several objects',
      `resource "kubernetes_manifest" "x" {\n  for_each = local.all\n  manifest = each.value\n}\nlocals {\n  all = { a = { kind = "ConfigMap", metadata = { name = "aws-auth", namespace = "kube-system" }, data = { mapRoles = "[]" } } }\n}\n`,
    ],
  ])('%s does', async (_, text) => {
    expect(await addresses(text)).toEqual([expect.stringMatching(/^kube\w+\.(x|aws_auth)$/)]);
  });

  test.each([
    ['another name', object('kubernetes_config_map', 'name = "aws-auth-2"\n    namespace = "kube-system"')],
    ['another namespace', object('kubernetes_config_map', 'name = "aws-auth"\n    namespace = "team"')],
    ['no namespace, which is default', object('kubernetes_config_map', 'name = "aws-auth"')],
    ['a data source', object('kubernetes_config_map', system).replace('resource', 'data')],
    [
      'a role that may read it',
      'resource "kubectl_manifest" "x" {\n  yaml_body = "kind: Role\\nmetadata: {name: aws-auth, namespace: kube-system}\\nrules: [{resourceNames: [aws-auth]}]"\n}\n',
    ],
    [
      'a manifest that only mentions it',
      'resource "kubernetes_manifest" "x" {\n  manifest = { kind = "ConfigMap", metadata = { name = "notes", namespace = "kube-system" }, data = { text = "aws-auth" } }\n}\n',
    ],
    [
      'another name by default',
      `${object('kubernetes_config_map', 'name = var.name\n    namespace = "kube-system"').replace('{}', 'var.data')}variable "name" { default = "settings" }\n# aws-auth\n`,
    ],
    [
      'other names',
      `${object('kubernetes_config_map', 'name = each.key\n    namespace = "kube-system"').replace('{}', 'each.value\n  for_each = local.all')}locals { all = { settings = { note = "see aws-auth" } } }\n`,
    ],
    [
      'objects one of which may read it',
      'resource "kubernetes_manifest" "x" {\n  for_each = local.all\n  manifest = each.value\n}\nlocals {\n  all = { a = { kind = "ConfigMap", metadata = { name = "a" } }, b = { kind = "Role", rules = [{ resourceNames = ["aws-auth"] }] } }\n}\n',
    ],
    ['a manifest without a word of it', 'resource "kubectl_manifest" "x" {\n  yaml_body = var.text\n}\n'],
  ])('%s does not', async (_, text) => {
    expect(await addresses(text)).toEqual([]);
  });
});

const role = (name: string): string => `{ rolearn = "arn:aws:iam::111122223333:role/${name}", groups = ["x"] }`;
const principalsOf = async (text: string): Promise<readonly unknown[]> =>
  (await read(text)).rows.map(({ principal, guards }) => [String(principal).replaceAll(/^.*\/|"/g, ''), guards ?? []]);

describe('lists in HCL go the way of those of a module', () => {
  test.each<[string, string, readonly unknown[]]>([
    ['yamlencode', `yamlencode([${role('a')}])`, [['a', []]]],
    ['jsonencode', `jsonencode([${role('a')}])`, [['a', []]]],
    [
      'concat of locals',
      `yamlencode(concat(local.more, [${role('a')}]))`,
      [
        ['m', []],
        ['a', []],
      ],
    ],
    ['in a template', `<<YAML\n\${yamlencode([${role('a')}])}\nYAML\n`, [['a', []]]],
    [
      'under conditions',
      `var.x ? yamlencode([${role('a')}]) : var.y ? "[]" : jsonencode(local.more)`,
      [
        ['a', ['var.x']],
        ['m', ['!var.x', '!var.y']],
      ],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await principalsOf(configMap(text, '', `locals {\n  more = [${role('m')}]\n}\n`))).toEqual(expected);
  });

  test('comments stay with their rows', async () => {
    const { rows } = await read(configMap(`yamlencode([\n      # one\n      ${role('a')}, # two\n    ])`));
    expect(rows).toEqual([expect.objectContaining({ at: 'roles[0] 10', comments: ['# one', '# two'] })]);
  });

  test('what only a plan knows is a list of its own', async () => {
    const { rows, unread } = await read(configMap(`yamlencode(concat(var.rows, [${role('a')}]))`));
    expect(rows).toHaveLength(1);
    expect(unread).toEqual(['mapRoles: var.rows']);
  });
});

describe('the data', () => {
  const withData = (data: string, locals = ''): string =>
    `resource "kubernetes_config_map" "x" {\n  metadata {\n    name = "aws-auth"\n    namespace = "kube-system"\n  }\n  data = ${data}\n}\nlocals {\n  list = yamlencode([${role('l')}])\n  data = { mapRoles = local.list }\n${locals}}\n`;

  test.each<[string, string, readonly unknown[]]>([
    ['a local', 'local.data', [['l', []]]],
    ['of several objects the last counts', `merge({ mapRoles = yamlencode([${role('a')}]) }, local.data)`, [['l', []]]],
    [
      'an object or the other',
      `var.x ? local.data : { mapRoles = yamlencode([${role('a')}]) }`,
      [
        ['l', ['var.x']],
        ['a', ['!var.x']],
      ],
    ],
    ['keys in quotes', '{ "mapRoles" : local.list, "other" : "x" }', [['l', []]]],
    ['nothing', 'null', []],
  ])('%s', async (_, data, expected) => {
    expect(await principalsOf(withData(data))).toEqual(expected);
  });

  test.each([
    ['var.data', '6: data: it is the variable var.data'],
    ['{ (var.key) = "[]" }', '6: data: one of its keys is known only at plan time'],
    ['{ for name in ["mapRoles"] : name => var.x }', '6: mapRoles: it is known only at plan time'],
    ['merge(local.data, var.x ? {} : { mapRoles = "[]" })', '6: data: its keys come from objects under conditions'],
    ['merge(local.loop, {})', '11: data: it leads back to itself'],
  ])('%s is refused', async (data, expected) => {
    const { rows, refused } = await read(withData(data, '  loop = merge(local.loop, {})\n'));
    expect(rows).toEqual([]);
    expect(refused).toEqual([expected]);
  });
});

describe('manifests', () => {
  const body = `<<-YAML
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: aws-auth
      namespace: kube-system
      labels:
        team: "\${var.team}"
    data:
      mapRoles: |
        # The nodes
        - rolearn: \${aws_iam_role.node.arn}
          username: system:node:{{EC2PrivateDNSName}}
          groups:
            - system:bootstrappers
            - system:nodes
      mapUsers: "[{userarn: 'arn:aws:iam::111122223333:user/a', username: a}]"
  YAML
`;
  const expected = [
    {
      at: 'roles[0] 13',
      principal: 'aws_iam_role.node.arn',
      username: '"system:node:{{EC2PrivateDNSName}}"',
      groups: '["system:bootstrappers", "system:nodes"]',
      comments: ['# The nodes'],
    },
    { at: 'users[0] 18', principal: '"arn:aws:iam::111122223333:user/a"', username: '"a"', groups: '[]' },
  ];

  test.each([
    ['yaml_body', `resource "kubectl_manifest" "aws_auth" {\n  yaml_body = ${body}}\n`],
    ['a decoded text', `resource "kubernetes_manifest" "aws_auth" {\n  manifest = yamldecode(${body}  )\n}\n`],
  ])('%s', async (_, text) => {
    const { rows, refused } = await read(text);
    expect(refused).toEqual([]);
    expect(rows).toEqual(expected);
  });

  test('an encoded object', async () => {
    const { rows } = await read(`resource "kubectl_manifest" "aws_auth" {
  yaml_body = yamlencode({
    apiVersion = "v1"
    kind       = "ConfigMap"
    metadata   = { name = "aws-auth", namespace = "kube-system" }
    data       = { mapRoles = yamlencode([${role('a')}]) }
  })
}
`);
    expect(rows).toEqual([{ at: 'roles[0] 6', principal: '"arn:aws:iam::111122223333:role/a"', groups: '["x"]' }]);
  });

  test.each([
    [
      'a name before the data',
      (text: string) => text.replace('labels:\n        team: "${var.team}"', '${var.labels}'),
      '2: data: its YAML cannot be read',
    ],
    [
      'data in quotes',
      (text: string) =>
        text.replace(
          '"[{userarn: \'arn:aws:iam::111122223333:user/a\', username: a}]"',
          '"- userarn: ${var.user_arn}"',
        ),
      '18: data: var.user_arn stands in a text that is no block (`|`)',
    ],
    [
      'a username',
      (text: string) => text.replace('username: system:node:{{EC2PrivateDNSName}}', 'username: ${var.nobody}'),
      '14: mapRoles: var.nobody may hold YAML syntax',
    ],
    [
      'a folded text',
      (text: string) => text.replace('mapRoles: |', 'mapRoles: >'),
      '13: data: aws_iam_role.node.arn stands in a text that is no block (`|`)',
    ],
    [
      'YAML with a fault',
      (text: string) => text.replace('kind: ConfigMap', 'kind: [ConfigMap'),
      '2: data: its YAML cannot be read',
    ],
    [
      'data that is no text',
      (text: string) => text.replace('mapRoles: |', 'mapRoles:'),
      '2: mapRoles: it is no text; Kubernetes holds texts there',
    ],
  ])('%s is refused', async (_, change, why) => {
    const { refused } = await read(`resource "kubectl_manifest" "aws_auth" {\n  yaml_body = ${change(body)}}\n`);
    expect(refused).toEqual([expect.stringContaining(why)]);
  });
});

describe('what surrounds the data', () => {
  test.each<[string, readonly string[]]>([
    ['1', []],
    ['var.on ? 1 : 0', ['var.on']],
    ['var.off ? 0 : 1', ['!var.off']],
  ])('count = %s', async (count, guards) => {
    const { resource } = await read(configMap(`yamlencode([${role('a')}])`).replace('{\n', `{\n  count = ${count}\n`));
    expect(resource.repetition.kind).toBe('when');
    expect(resource.rows[0]?.guards).toEqual(guards);
  });

  const all = ['roles', 'users', 'accounts'];
  test.each<[string, readonly string[]]>([
    ['[data]', all],
    ['[data["mapRoles"], metadata]', ['roles']],
    ['[data.mapUsers, data["mapAccounts"]]', ['users', 'accounts']],
    ['["data[\\"mapUsers\\"]"]', ['users']],
    ['[data[var.key]]', all],
    ['[data["other"]]', []],
    ['["data"]', all],
    ['all', all],
    ['[metadata[0].annotations]', []],
    ['[]', []],
  ])('ignore_changes = %s', async (ignored, expected) => {
    const text = configMap('"[]"').replace(
      '  data =',
      `  lifecycle {\n    ignore_changes = ${ignored}\n  }\n\n  data =`,
    );
    expect((await read(text)).resource.ignoredLists).toEqual(expected);
  });
});
