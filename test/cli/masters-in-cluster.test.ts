import { describe, expect, test } from '@jest/globals';
import { role, rolesMap, snapshot } from '../verifier/access/support/inputs.ts';
import { dev, devEntry, documents, ops, opsEntry, read, verify } from './support/cluster.ts';

const warned = (object: string, path: string, who = role('ops')): string =>
  `warning TAE609: ${object} names the group system:masters in ${path}. An access entry gives nobody that group: by that name it no longer matches ${who}.`;
const exempt = `note TAE610: The FlowSchema exempt, for the group system:masters, no longer matches ${role('ops')}: an access entry gives nobody that group. Where no other FlowSchema exempts their requests, API priority and fairness may queue or refuse them.`;

test.each([
  ['flow-schemas', [exempt, warned('FlowSchema operators-first', 'spec.rules[0].subjects[1].group.name')]],
  ['validating-admission-policy', [warned('ValidatingAdmissionPolicy keep-quotas', 'spec.variables[0].expression')]],
  ['mutating-admission-policy', [warned('MutatingAdmissionPolicy label-owner', 'spec.matchConditions[0].expression')]],
  [
    'webhooks',
    [
      warned('ValidatingWebhookConfiguration change-freeze', 'webhooks[0].matchConditions[1].expression'),
      warned('MutatingWebhookConfiguration sidecar', 'webhooks[0].matchConditions[0].expression'),
    ],
  ],
  [
    'kyverno',
    [
      warned('ClusterPolicy block-exec', 'spec.rules[0].exclude.any[0].subjects[0].name'),
      warned('Policy team/keep-secrets', 'spec.rules[0].validate.deny.conditions.all[0].value[0]'),
      warned('PolicyException platform/admins', 'spec.match.any[0].subjects[0].name'),
      warned('ValidatingPolicy keep-namespaces', 'spec.validations[0].expression'),
      warned('NamespacedMutatingPolicy team/label-owner', 'spec.matchConditions[0].expression'),
    ],
  ],
])('%s', async (name, findings) => {
  const outcome = await verify(`${read('bindings')}---\n${read(name)}`);
  expect(outcome.findings).toEqual(findings);
  expect(outcome.status).toBe(0);
  expect(outcome.stdout).toMatch(/^aws-auth can go: 2 keep what they have/);
});

test('the binding that each cluster has is answered by the policy', async () => {
  const { status, findings, stdout } = await verify(read('bindings'));
  expect([status, findings]).toEqual([0, []]);
  expect(stdout.replaceAll(/ +/g, ' ')).toContain('\n Group system:masters ClusterRoleBinding cluster-admin\n');
});

describe('as kubectl prints it', () => {
  const [list, ...policies] = documents('bindings', 'validating-admission-policy') as [{ items: unknown[] }, unknown];
  const found = [warned('ValidatingAdmissionPolicy keep-quotas', 'spec.variables[0].expression')];
  const items = [...list.items, ...policies];

  test.each([
    ['one List', JSON.stringify({ apiVersion: 'v1', kind: 'List', items })],
    ['one List, with a byte order mark', `\ufeff${JSON.stringify({ apiVersion: 'v1', kind: 'List', items })}`],
    [
      'documents of JSON, one after the other',
      [list, ...policies].map(item => JSON.stringify(item, null, 2)).join('\n'),
    ],
    [
      'a List with CRLF',
      read('bindings').replaceAll('\n', '\r\n') + read('validating-admission-policy').replace(/^/, '---\r\n'),
    ],
    [
      'the list of the API',
      JSON.stringify(list) +
        JSON.stringify({
          kind: 'ValidatingAdmissionPolicyList',
          apiVersion: 'admissionregistration.k8s.io/v1',
          items: policies.map(policy => ({ ...(policy as object), kind: undefined, apiVersion: undefined })),
        }),
    ],
  ])('%s', async (_name, text) => {
    expect((await verify(text)).findings).toEqual(found);
  });
});

describe('who it is said of', () => {
  const policy = `${read('bindings')}---\n${read('validating-admission-policy')}`;

  test('nobody has the group', async () => {
    const given = { rows: rolesMap(dev), entries: snapshot(devEntry) };
    expect((await verify(policy, given)).findings).toEqual([]);
  });

  test('who has no entry yet, too', async () => {
    const { status, findings } = await verify(policy, { entries: snapshot(devEntry) });
    expect(status).toBe(1);
    expect(findings[0]).toMatch(/^error TAE601: .*role\/ops loses/);
    expect(findings.slice(1)).toEqual([
      warned('ValidatingAdmissionPolicy keep-quotas', 'spec.variables[0].expression'),
    ]);
  });

  test('nobody who is dropped, or gets other policies by the config', async () => {
    const drop = JSON.stringify({ drop: [{ principal: role('ops'), reason: 'left' }] });
    const other = JSON.stringify({ principals: { [role('ops')]: { policies: ['AmazonEKSViewPolicy'] } } });
    const viewer = { ...opsEntry, policies: ['View'] };
    expect((await verify(policy, { config: drop, entries: snapshot(devEntry) })).findings).toEqual([]);
    expect((await verify(policy, { config: other, entries: snapshot(viewer, devEntry) })).findings).toEqual([]);
  });

  test('three by name', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const rows = rolesMap(...names.map(name => ({ ...ops, arn: role(name), username: name })));
    const entries = snapshot(...names.map(name => ({ ...opsEntry, arn: role(name), username: name })));
    const { findings } = await verify(policy, { rows, entries });
    expect(findings[0]).toContain(`${role('a')}, ${role('b')}, ${role('c')} and 2 more.`);
  });
});

test('a name that only begins or ends like the group is another one', async () => {
  const other = read('validating-admission-policy').replaceAll("'system:masters'", "'system:masters-of-none'");
  const longer = read('validating-admission-policy').replaceAll("'system:masters'", "'oidc:system:masters'");
  for (const text of [other, longer]) {
    expect((await verify(`${read('bindings')}---\n${text}`)).findings).toEqual([]);
  }
});

test.each([
  [
    'a kind that is not read',
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n',
    'it holds a Secret, which is not looked at',
  ],
  [
    'an object without a name',
    'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nspec: {}\n',
    'a ClusterPolicy has no name',
  ],
  ['no object', '- a\n', 'it holds something that is no Kubernetes object'],
  ['YAML that is none', 'a: [\n', 'its YAML cannot be read'],
  [
    'a YAML bomb',
    `a: &a [${'x,'.repeat(9)}x]\n${'bcdefgh'
      .split('')
      .map((name, at) => `${name}: &${name} [${`*${'abcdefg'[at]},`.repeat(9)}x]`)
      .join('\n')}\n`,
    'its YAML has anchors',
  ],
  ['an anchor inside of itself', 'kind: &a\n  b: *a\n', 'its YAML has anchors'],
  ['an anchor that is not there', 'kind: *a\n', 'its YAML'],
  ['deep YAML', `a: ${'['.repeat(1e5)}`, 'its YAML cannot be read'],
])('%s is refused', async (_name, text, reason) => {
  const { status, findings } = await verify(`${read('bindings')}---\n${text}`);
  expect([status, findings[0]]).toEqual([3, expect.stringMatching(/^error TAE023: /)]);
  expect(findings[0]).toContain(reason);
});

test('the policies alone are no list of bindings', async () => {
  const { status, findings } = await verify(read('kyverno'));
  expect([status, findings[0]]).toEqual([3, expect.stringContaining('it holds no ClusterRoleBinding')]);
});
