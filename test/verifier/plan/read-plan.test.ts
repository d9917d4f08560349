import { expect, test } from '@jest/globals';
import { verifyPlan } from '../../../lib/verifier/plan/verify-plan.ts';
import { awsAuth, cluster, phasePlans, planOf, row } from './support/plan-json.ts';

const changes = phasePlans['clean-up'] ?? [];
const whole = planOf(changes);
const first = async (text: string): Promise<readonly [string | undefined, string | undefined]> => {
  const { fits, diagnostics } = await verifyPlan(text, { phase: 'clean-up' });
  expect(fits).toBe(diagnostics.length === 0);
  return [diagnostics[0]?.code, `${diagnostics[0]?.message} ${diagnostics[0]?.hint}`];
};

test.each([
  ['nothing', '', 'it is empty'],
  ['the binary plan', 'PK\u0003\u0004\u0014', 'terraform show -json tfplan'],
  ['the log of plan -json', '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}', 'the log of'],
  ['a text', 'Terraform will perform the following actions:', 'no JSON object'],
  ['a list', '[]', 'no JSON object'],
  ['a state', JSON.stringify({ format_version: '1.0', values: { root_module: {} } }), 'it is a state'],
  ['a state file', JSON.stringify({ version: 4, lineage: 'x', resources: [] }), 'it is a state file'],
  ['an encrypted plan', JSON.stringify({ meta: {}, encrypted_data: 'x' }), 'tofu show -json'],
  ['some JSON', '{"a": 1}', 'neither planned_values nor resource_changes'],
  ['an old format', planOf(changes, { format_version: '0.2' }), 'format_version is "0.2"'],
  ['a format to come', planOf(changes, { format_version: '2.0' }), 'format_version is "2.0"'],
  ['a plan without its format', planOf(changes, { format_version: undefined }), 'format_version is missing'],
  ['a plan that is cut off', whole.slice(0, -50), 'cut off'],
  ['a plan that is cut off in a text', whole.slice(0, whole.indexOf('demo') + 2), 'cut off'],
  ['two plans', `${whole}\n${whole}`, 'no JSON object'],
  ['a broken part', whole.replace('"resource_changes":[', '"resource_changes":[,'), 'no JSON object'],
  ['changes that are no list', planOf(changes, { resource_changes: {} }), 'are no list'],
  [
    'a change without actions',
    planOf(changes, { resource_changes: [{ address: 'a', type: 'b', change: {} }] }),
    'resource_changes[0]',
  ],
  [
    '3,000,000 levels',
    `{"format_version":"1.2","resource_changes":${'['.repeat(3e6)}${']'.repeat(3e6)}}`,
    'resource_changes[0]',
  ],
])('%s is no plan', async (_name, text, reason) => {
  expect(await first(text)).toEqual(['TAE020', expect.stringContaining(reason)]);
});

test('a format to come asks for a newer release of the tool, not of Terraform alone', async () => {
  const [, said] = await first(planOf(changes, { format_version: '2.0' }));
  expect(said).toContain('a newer release of this tool');
});

const untouched = planOf([]);
test.each([
  ['planning failed', planOf(changes, { errored: true }), 'planning ended with an error'],
  ['-target, as newer engines say it', planOf(changes, { complete: false }), 'not complete'],
  ['deferred changes', planOf(changes, { deferred_changes: [{ reason: 'provider_config_unknown' }] }), 'deferred'],
  [
    '-target, as older engines do not say it',
    planOf(changes.slice(1), { prior_state: JSON.parse(whole).prior_state, complete: undefined }),
    'plans nothing for module.eks.aws_eks_cluster.this[0], which is in the state',
  ],
  [
    '-refresh-only',
    JSON.stringify({
      ...JSON.parse(untouched),
      prior_state: JSON.parse(whole).prior_state,
      resource_changes: undefined,
    }),
    '-refresh-only',
  ],
])('%s leaves something out', async (_name, text, reason) => {
  expect(await first(text)).toEqual(['TAE021', expect.stringContaining(reason)]);
});

test('a byte order mark, a later minor format and unknown fields are no problem', async () => {
  expect(await first(`\ufeff${planOf(changes, { format_version: '1.9', novelty: { a: ['"}'] } })}`)).toEqual([
    undefined,
    expect.anything(),
  ]);
});

test('modules are found at any depth, and data sources are left out', async () => {
  const deep = 'module.a.module.b["x.y"].module.c.';
  const moved = changes.map(change => ({ ...change, address: `${deep}${change.address}` }));
  const data = { ...awsAuth([row('x', 'y')]), mode: 'data', address: 'data.kubernetes_config_map.aws_auth' };
  expect(await first(planOf([...moved, data]))).toEqual([undefined, expect.anything()]);
});

test('attributes that nest without end are compared to a depth, and are no crash', async () => {
  const nested = `${'['.repeat(1e5)}${']'.repeat(1e5)}`;
  const text = planOf([cluster('CONFIG_MAP', 'API_AND_CONFIG_MAP', { tags: '@' }), awsAuth([])]);
  const { diagnostics } = await verifyPlan(text.replaceAll('"@"', nested), { phase: 'enable-api' });
  expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('and tags would too')]);
});

test('the entries of another cluster prove nothing', async () => {
  const existing = JSON.stringify({
    accessEntry: { clusterName: 'other', principalArn: 'arn:aws:iam::111122223333:role/a', type: 'STANDARD' },
  });
  const { diagnostics } = await verifyPlan(whole, { phase: 'clean-up', existing });
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['TAE010', expect.stringContaining('it is of the cluster other, the plan is of demo')],
  ]);
});

test('rows that expand without end are not read', async () => {
  const bomb = `a: &a [${'x,'.repeat(9)}x]\n${'bcdefgh'
    .split('')
    .map((name, at) => `${name}: &${name} [${`*${'abcdefg'[at]},`.repeat(9)}*${'abcdefg'[at]}]`)
    .join('\n')}`;
  const config = awsAuth([]);
  const text = planOf([
    cluster('API'),
    {
      ...config,
      change: { ...config.change, after: { ...(config.change['after'] as object), data: { mapRoles: bomb } } },
    },
  ]);
  expect(await first(text)).toEqual(['TAE020', expect.stringContaining('more than 200000 values')]);
});
