import { describe, expect, test } from '@jest/globals';
import { phaseIds, type PhaseId } from '../../../lib/diagnostics/index.ts';
import { verifyPlan } from '../../../lib/verifier/plan/verify-plan.ts';
import { awsAuth, cluster, entry, phasePlans, planOf, resource, role, row } from './support/plan-json.ts';

const plans = phaseIds.map(phase => [phase, planOf(phasePlans[phase] ?? [])] as const);

test.each(plans)('the plan of %s fits its own phase', async (phase, text) => {
  const { fits, diagnostics } = await verifyPlan(text, { phase });
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  expect([errors, fits]).toEqual([[], true]);
});

// The end states of the last phases are the same, and clean-up plans nothing: its plan fits the phases beside it, too. The upgrade
// leaves the mode as it is, and so does a plan that takes aws-auth away or adds entries, which the upgrade may not.
// What changes nothing is the plan of a revision that is for all environments, too.
const alsoFits: readonly string[] = [
  'clean-up api-only',
  'clean-up upgrade-to-v21',
  'clean-up per-environment',
  'per-environment split-aws-auth',
];
const pairs = plans.flatMap(([of, text]) =>
  phaseIds.filter(phase => phase !== of).map(phase => [of, phase, text] as const),
);

test.each(pairs)('the plan of %s does not fit %s', async (of, phase, text) => {
  expect((await verifyPlan(text, { phase })).fits).toBe(alsoFits.includes(`${of} ${phase}`));
});

test('enable-api fits where the cluster has the mode already', async () => {
  const text = planOf([cluster('API_AND_CONFIG_MAP'), awsAuth([row('ops', 'system:masters')])]);
  expect(await verifyPlan(text, { phase: 'enable-api' })).toMatchObject({ fits: true, changes: [] });
});

const codesOf = async (phase: PhaseId, changes: Parameters<typeof planOf>[0], more = {}): Promise<string[]> =>
  (await verifyPlan(planOf(changes), { phase, ...more })).diagnostics.map(({ code }) => code);

test.each(['enable-api', 'api-only'] as const)('%s changes the mode and nothing else of the cluster', async phase => {
  const [before, after] = phase === 'enable-api' ? ['CONFIG_MAP', 'API_AND_CONFIG_MAP'] : ['API_AND_CONFIG_MAP', 'API'];
  const [, ...rest] = phasePlans[phase] ?? [];
  const upgraded = cluster(before, after, { version: '1.34' });
  expect(await codesOf(phase, [upgraded, ...rest])).toEqual(['TAE508']);
});

/** Source: docs/UPGRADE-20.0.md of terraform-aws-modules/eks: what Karpenter's nodes had is destroyed unless the call keeps it. */
test.each([
  ['aws_iam_instance_profile', 'delete', 'unexpected', ['TAE515']],
  ['aws_iam_role', 'delete/create', 'unexpected', ['TAE515']],
  ['aws_iam_policy', 'create', 'other', []],
  ['time_sleep', 'delete/create', 'other', []],
] as const)('split-aws-auth with %s, %s: %s', async (type, actions, verdict, codes) => {
  const change = resource(`module.karpenter.${type}.this[0]`, actions, { name: 'a' }, { name: 'b' });
  const changes = [...(phasePlans['split-aws-auth'] ?? []), change];
  for (const strict of [false, true]) {
    const { diagnostics, changes: judged } = await verifyPlan(planOf(changes), { phase: 'split-aws-auth', strict });
    const expected = strict && verdict === 'other' ? ['TAE508'] : codes;
    expect(diagnostics.map(({ code }) => code)).toEqual(expected);
    expect(judged.find(({ address }) => address.startsWith('module.karpenter.'))?.verdict).toBe(verdict);
  }
});

describe('upgrade-to-v21', () => {
  const [, ...rest] = phasePlans['upgrade-to-v21'] ?? [];

  test('in any mode, which stays', async () => {
    expect(await codesOf('upgrade-to-v21', [cluster('API_AND_CONFIG_MAP'), ...rest])).toEqual([]);
    expect(await codesOf('upgrade-to-v21', [cluster('API_AND_CONFIG_MAP', 'API'), ...rest])).toEqual(['TAE508']);
  });

  test.each([
    [{ tags: { a: 'b' }, tags_all: { a: 'b' } }, []],
    // Version 21 writes no block that says nothing; how long Terraform waits is nothing of the cluster.
    [{ tags: {}, timeouts: { create: null, delete: null, update: null } }, []],
    [{ timeoutsystem: 'x' }, ['TAE508']],
    [{ version: '1.34' }, ['TAE508']],
    [{ encryption_config: [{ resources: ['secrets'] }] }, ['TAE508']],
    [{ tagsystem: 'x' }, ['TAE508']],
  ])('the cluster gets %j', async (more, codes) => {
    expect(await codesOf('upgrade-to-v21', [cluster('API', 'API', more), ...rest])).toEqual(codes);
  });

  test('an entry stays as it is', async () => {
    const late = entry('late', role('late'), 'create');
    expect(await codesOf('upgrade-to-v21', [cluster('API'), ...rest, late])).toEqual(['TAE508']);
  });
});

test('an import of an entry fits phase 2, and not when it changes what the entry grants', async () => {
  const [base = []] = [phasePlans['add-access-entries']];
  const values = { cluster_name: 'demo', principal_arn: role('ci'), type: 'STANDARD', user_name: 'ci', tags: null };
  const imported = (groups: readonly string[], tags: object): ReturnType<typeof resource> =>
    resource(
      'module.eks.aws_eks_access_entry.this["ci"]',
      'update',
      { ...values, kubernetes_groups: ['a'] },
      { ...values, kubernetes_groups: groups, ...tags },
      { importing: { id: `demo:${role('ci')}` } },
    );
  const pure = entry('node', role('node'), 'no-op', { importing: { id: 'x' } }, { type: 'EC2_LINUX' });
  expect(await codesOf('add-access-entries', [...base, pure, imported(['a'], { tags: { x: 'y' } })])).toEqual([]);
  expect(await codesOf('add-access-entries', [...base, imported([], {})])).toEqual(['TAE508']);
});

test('a move of an entry fits phase 2, and not when it changes what the entry grants', async () => {
  const values = { cluster_name: 'demo', principal_arn: role('ci'), type: 'STANDARD', kubernetes_groups: ['a'] };
  const [base = []] = [phasePlans['add-access-entries']];
  const [to, from] = ['ci', 'admin'].map(key => `module.eks.aws_eks_access_entry.this["${key}"]`);
  const moved = (actions: string, groups: readonly string[]): ReturnType<typeof resource> =>
    resource(to ?? '', actions, values, { ...values, kubernetes_groups: groups }, { previous_address: from ?? '' });
  expect(await codesOf('add-access-entries', [...base, moved('no-op', ['a'])])).toEqual([]);
  expect(await codesOf('add-access-entries', [...base, moved('update', ['b'])])).toEqual(['TAE508']);
});

test('an update of an entry is not part of phase 2', async () => {
  const values = { cluster_name: 'demo', principal_arn: role('x'), type: 'STANDARD', kubernetes_groups: ['a'] };
  const update = resource('aws_eks_access_entry.x', 'update', values, { ...values, kubernetes_groups: ['b'] });
  const base = phasePlans['add-access-entries'] ?? [];
  expect(await codesOf('add-access-entries', [...base, update])).toEqual(['TAE508']);
});

test('resources of other types are listed, and fail the plan with --strict', async () => {
  const bucket = resource('aws_s3_bucket.logs', 'update', { tags: {} }, { tags: { a: 'b' } });
  const changes = [...(phasePlans['clean-up'] ?? []), bucket];
  const listed = await verifyPlan(planOf(changes), { phase: 'clean-up' });
  expect(listed).toMatchObject({ fits: true, changes: [{ address: 'aws_s3_bucket.logs', verdict: 'other' }] });
  expect(await codesOf('clean-up', changes, { strict: true })).toEqual(['TAE508']);
});

test('phase 0 moves aws-auth, and may write its rows again as they are', async () => {
  const rows = [row('ops', 'system:masters'), row('dev', 'a', 'b')];
  const moved = { previous_address: 'module.eks.kubernetes_config_map_v1_data.aws_auth[0]' };
  const update = (after: typeof rows): ReturnType<typeof resource> => {
    const [old, now] = [awsAuth(rows), awsAuth(after)];
    return { ...old, ...moved, change: { ...old.change, actions: ['update'], after: now.change['after'] } };
  };
  const same = [row('dev', 'b', 'a'), row('ops', 'system:masters')];
  expect(await codesOf('split-aws-auth', [cluster('CONFIG_MAP'), update(same)])).toEqual([]);
  expect(await codesOf('split-aws-auth', [cluster('CONFIG_MAP'), update([...rows, row('new', 'a')])])).toEqual([
    'TAE508',
  ]);
  expect(await codesOf('split-aws-auth', [cluster('CONFIG_MAP'), update(rows.slice(1))])).toEqual(['TAE503', 'TAE508']);
  const deleted = awsAuth(rows, 'delete');
  expect(await codesOf('split-aws-auth', [cluster('CONFIG_MAP'), deleted])).toContain('TAE503');
});

test('a ConfigMap of another name is nobody’s business', async () => {
  const other = resource(
    'kubernetes_config_map.aws_auth',
    'delete',
    { metadata: [{ name: 'x', namespace: 'y' }] },
    null,
  );
  const changes = [...(phasePlans['clean-up'] ?? []), other];
  expect(await verifyPlan(planOf(changes), { phase: 'clean-up' })).toMatchObject({
    fits: true,
    changes: [{ verdict: 'other' }],
  });
});
