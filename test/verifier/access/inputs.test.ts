import { describe, expect, test } from '@jest/globals';
import { verifyAccess } from '../../../lib/verifier/access/verify-access.ts';
import { bindings, configMap, role, rolesMap, snapshot } from './support/inputs.ts';

const entries = snapshot({ arn: role('ops'), username: 'ops', policies: ['ClusterAdmin'] });
const rows = rolesMap({ arn: role('ops'), username: 'ops', groups: ['system:masters'] });
const codeAndMessage = async (awsAuth: string, existing = entries, rbac?: string): Promise<readonly unknown[]> => {
  const { keepsAccess, read, diagnostics } = await verifyAccess(awsAuth, existing, rbac === undefined ? {} : { rbac });
  return [keepsAccess, read, diagnostics[0]?.code, diagnostics[0]?.message];
};

const yaml = `apiVersion: v1
data:
  mapRoles: |
    - groups:
      - system:masters
      rolearn: ${role('ops')}
      username: ops
kind: ConfigMap
metadata:
  creationTimestamp: "2024-01-01T00:00:00Z"
  name: aws-auth
  namespace: kube-system
`;

describe('the ConfigMap as kubectl prints it', () => {
  test.each([
    ['JSON', rows],
    ['YAML', yaml],
    ['a byte order mark', `\ufeff${yaml}`],
    ['CRLF', yaml.replaceAll('\n', '\r\n')],
    ['a List', JSON.stringify({ kind: 'List', items: [JSON.parse(rows)] })],
    [
      'a List with others',
      JSON.stringify({ kind: 'ConfigMapList', items: [{ metadata: { name: 'x' } }, JSON.parse(rows)] }),
    ],
  ])('%s', async (_name, text) => {
    expect(await codeAndMessage(text)).toEqual([true, true, undefined, undefined]);
  });

  const named = (metadata: object): string => JSON.stringify({ ...JSON.parse(rows), metadata });
  const bomb = `a: &a [${'x,'.repeat(9)}x]\n${'bcdefgh'
    .split('')
    .map((name, at) => `${name}: &${name} [${`*${'abcdefg'[at]},`.repeat(9)}x]`)
    .join('\n')}`;

  test.each([
    [
      'another name',
      named({ name: 'aws-auth-old', namespace: 'kube-system' }),
      'it is the ConfigMap kube-system/aws-auth-old',
    ],
    ['another namespace', named({ name: 'aws-auth', namespace: 'default' }), 'it is the ConfigMap default/aws-auth'],
    ['no name', named({}), 'it is a ConfigMap without a name'],
    ['a Secret', JSON.stringify({ kind: 'Secret', metadata: { name: 'aws-auth' } }), 'it is a Secret'],
    ['the text of mapRoles', `- rolearn: ${role('ops')}`, 'it is no Kubernetes object'],
    ['nothing', '', 'it is no Kubernetes object'],
    ['an empty list', JSON.stringify({ kind: 'List', items: [] }), 'its list is empty'],
    [
      'a list in the data',
      JSON.stringify({ ...JSON.parse(rows), data: { mapRoles: [] } }),
      'mapRoles in its data is no text',
    ],
    ['a list in the data, in YAML', yaml.replace('mapRoles: |', 'mapRoles:'), 'mapRoles in its data is no text'],
    ['JSON that is cut off', rows.slice(0, -5), 'cannot be read as JSON'],
    ['YAML that is none', `${yaml}\t- [`, 'its YAML cannot be read'],
    [
      'YAML that is cut off before the data',
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:\n',
      'it may be cut off',
    ],
    [
      'an error of kubectl',
      'Error from server (Forbidden): configmaps "aws-auth" is forbidden',
      'it is an object without kind',
    ],
    [
      'aws-auth twice',
      JSON.stringify({ kind: 'List', items: [JSON.parse(rows), JSON.parse(rows)] }),
      'it holds aws-auth twice',
    ],
    ['a YAML bomb', bomb, 'more than 200000 values'],
    ['a YAML bomb inside', configMap({ mapRoles: bomb }), 'more than 200000 values'],
    ['deep YAML', `a: ${'['.repeat(1e5)}`, 'nested too deeply'],
    ['deep JSON', `{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}`, 'nested too deeply'],
    ['17 MiB', `# ${'x'.repeat(17 * 1024 * 1024)}`, 'larger than 16 MiB'],
  ])('%s is refused', async (_name, text, reason) => {
    expect(await codeAndMessage(text)).toEqual([false, false, 'TAE022', expect.stringContaining(reason)]);
  });
});

test('the snapshot is read as that of convert is', async () => {
  expect(await codeAndMessage(rows, '{"accessEntries": []}')).toEqual([false, false, 'TAE010', expect.anything()]);
});

const list = (...kinds: readonly string[]): string =>
  JSON.stringify({ kind: 'List', items: kinds.map(kind => ({ kind, metadata: { name: 'a' } })) });

test.each([
  ['a list without items', 'kind: List', 'a List has no items'],
  ['a text', 'no bindings', 'it holds something that is no Kubernetes object'],
  ['one binding', JSON.stringify({ kind: 'RoleBinding', metadata: { name: 'a' } }), 'it holds no ClusterRoleBinding'],
  ['JSON that is cut off', list('ClusterRoleBinding').slice(0, -5), 'its JSON cannot be read'],
  ['one kind alone', list('ClusterRoleBinding'), 'it holds no RoleBinding'],
  ['the other kind alone', list('RoleBinding'), 'it holds no ClusterRoleBinding'],
  ['roles', list('ClusterRoleBinding', 'RoleBinding', 'Role'), 'it holds a Role, which is not looked at'],
  [
    'one page of several',
    JSON.stringify({ ...JSON.parse(bindings()), metadata: { continue: 'x' } }),
    'one page of several',
  ],
])('%s is no list of bindings', async (_name, rbac, reason) => {
  expect(await codeAndMessage(rows, entries, rbac)).toEqual([false, false, 'TAE023', expect.stringContaining(reason)]);
});
