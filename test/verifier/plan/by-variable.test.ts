import { describe, expect, test } from '@jest/globals';
import type { PhaseId } from '../../../lib/diagnostics/index.ts';
import { verifyPlan } from '../../../lib/verifier/plan/verify-plan.ts';
import {
  awsAuth,
  cluster,
  entry,
  phasePlans,
  planOf,
  resource,
  role,
  row,
  type Resource,
} from './support/plan-json.ts';

const at = (value: unknown): object => ({ variables: { access_entries_phase: { value } } });

const judge = async (changes: readonly Resource[], more: object, options: object = {}) => {
  const { phase, fits, diagnostics } = await verifyPlan(planOf(changes, more as never), options);
  return { phase, fits, codes: diagnostics.map(({ code }) => code) };
};

const given = (...values: readonly object[]): object => ({
  configuration: {
    root_module: {
      module_calls: Object.fromEntries(
        values.map((value, index) => [`platform_${index}`, { expressions: { access_entries_phase: value } }]),
      ),
    },
  },
});

const plans = [
  [0, 'per-environment'],
  [1, 'enable-api'],
  [2, 'add-access-entries'],
  [3, 'remove-aws-auth'],
  [4, 'api-only'],
] as const satisfies readonly (readonly [number, PhaseId])[];

describe('the phase is that of the environment', () => {
  test.each(plans)('at %i it is %s', async (number, phase) => {
    const said = { phase, fits: true, codes: [] };
    const ignored = ['add-access-entries', 'remove-aws-auth'].includes(phase)
      ? { codes: expect.anything() as unknown }
      : {};
    expect(await judge(phasePlans[phase] ?? [], at(number))).toEqual({ ...said, ...ignored });
    expect(await judge(phasePlans[phase] ?? [], at(String(number)))).toMatchObject({ phase, fits: true });
  });

  test('the revision itself is applied at whatever number an environment has', async () => {
    const [mode, , ...rest] = phasePlans['remove-aws-auth'] ?? [];
    expect(await judge([mode!, ...rest], at(3), { phase: 'per-environment' })).toEqual({
      phase: 'per-environment',
      fits: true,
      codes: [],
    });
  });

  test('what --phase names must be the same', async () => {
    expect(await judge(phasePlans['enable-api'] ?? [], at(1), { phase: 'api-only' })).toMatchObject({
      fits: false,
      codes: ['TAE523'],
    });
    expect(await judge(phasePlans['enable-api'] ?? [], at(1), { phase: 'enable-api' })).toMatchObject({ fits: true });
  });

  test('without either there is none', async () => {
    expect(await judge(phasePlans['enable-api'] ?? [], {})).toEqual({
      phase: undefined,
      fits: false,
      codes: ['TAE112'],
    });
    expect(await judge(phasePlans['enable-api'] ?? [], at('two'))).toMatchObject({ codes: ['TAE112'] });
    expect(await judge(phasePlans['enable-api'] ?? [], at(7))).toMatchObject({ codes: ['TAE112'] });
  });

  test('a call of a wrapper is given the number, or a variable of its root module', async () => {
    const plan = phasePlans['enable-api'] ?? [];
    expect(await judge(plan, given({ constant_value: 1 }))).toMatchObject({ phase: 'enable-api', fits: true });
    const named = { ...given({ references: ['var.step'] }), variables: { step: { value: 1 } } };
    expect(await judge(plan, named)).toMatchObject({ phase: 'enable-api', fits: true });
    expect(await judge(plan, given({ references: ['local.step'] }))).toMatchObject({ codes: ['TAE112'] });
  });
});

describe('one step with each apply', () => {
  const rows = [row('ops', 'system:masters')];

  test('entries that go, below 2', async () => {
    const { fits, codes } = await judge(
      [cluster('API_AND_CONFIG_MAP'), awsAuth(rows), entry('ops', role('ops'), 'delete')],
      at(1),
    );
    expect([fits, codes.includes('TAE520')]).toEqual([false, true]);
  });

  test('aws-auth that is there again, below 3', async () => {
    const { fits, codes } = await judge(
      [cluster('API_AND_CONFIG_MAP'), awsAuth(rows, 'create'), entry('ops', role('ops'))],
      at(2),
    );
    expect([fits, codes.includes('TAE520')]).toEqual([false, true]);
  });

  test('a mode that goes back', async () => {
    expect(await judge([cluster('API', 'API_AND_CONFIG_MAP'), entry('ops', role('ops'))], at(3))).toMatchObject({
      fits: false,
      codes: expect.arrayContaining(['TAE502']) as unknown,
    });
  });

  test.each([
    [
      'from 0 to 2',
      2,
      [cluster('CONFIG_MAP', 'API_AND_CONFIG_MAP'), awsAuth(rows), entry('ops', role('ops'), 'create')],
    ],
    ['from 1 to 3', 3, [cluster('API_AND_CONFIG_MAP'), awsAuth(rows, 'delete'), entry('ops', role('ops'), 'create')]],
    ['from 2 to 4', 4, [cluster('API_AND_CONFIG_MAP', 'API'), awsAuth(rows, 'delete'), entry('ops', role('ops'))]],
  ] as const)('%s', async (_name, number, changes) => {
    const { fits, codes } = await judge(changes, at(number));
    expect([fits, codes.includes('TAE522')]).toEqual([false, true]);
  });

  test('from 0 to 4 is said to be all of it', async () => {
    const changes = [cluster('CONFIG_MAP', 'API'), awsAuth(rows, 'delete'), entry('ops', role('ops'), 'create')];
    const { diagnostics } = await verifyPlan(planOf(changes, at(4) as never), {});
    expect(diagnostics.find(({ code }) => code === 'TAE522')?.message).toMatch(
      /^With access_entries_phase = 4 .* 1 and 2 and 3 and 4 do,/,
    );
  });

  test('a new environment makes all at once, and goes neither back nor on', async () => {
    const values = { name: 'demo', version: '1.33', access_config: [{ authentication_mode: 'API_AND_CONFIG_MAP' }] };
    const made = resource('module.eks.aws_eks_cluster.this[0]', 'create', null, values);
    const { codes } = await judge([made, awsAuth(rows, 'create')], at(1));
    expect(codes.filter(code => ['TAE520', 'TAE522'].includes(code))).toEqual([]);
  });
});

const clean = async (change: Resource): Promise<boolean> =>
  (await judge([cluster('API'), change], {}, { phase: 'clean-up' })).fits;

test('an entry beside the module loses its count in clean-up, and nothing else', async () => {
  const address = 'aws_eks_access_entry.ops';
  const values = { cluster_name: 'demo', principal_arn: role('ops'), type: 'STANDARD', kubernetes_groups: [] };
  const moved = (from: string, actions = 'no-op'): Resource =>
    resource(address, actions, values, values, { previous_address: from });
  expect(await clean(moved(`${address}[0]`))).toBe(true);
  expect(await clean(moved('aws_eks_access_entry.other[0]'))).toBe(false);
  expect(await clean(moved(`${address}[0]`, 'update'))).toBe(false);
});

const modeOf = (mode: string): object => ({ access_config: [{ authentication_mode: mode }], version: '1.33' });
/** The cluster of a call, its aws-auth, and an entry. */
const within = (call: string, mode: readonly [string, string], action: string): readonly Resource[] => {
  const [before, after] = mode.map(one => ({ name: call, ...modeOf(one) }));
  const address = `module.${call}.module.eks.aws_eks_cluster.this[0]`;
  const made = {
    cluster_name: call,
    principal_arn: role(call),
    type: 'STANDARD',
    kubernetes_groups: ['dev'],
    user_name: call,
  };
  const data = {
    metadata: [{ name: 'aws-auth', namespace: 'kube-system' }],
    data: { mapRoles: JSON.stringify([{ rolearn: role(call), username: call, groups: ['dev'] }]) },
  };
  return [
    resource(address, mode[0] === mode[1] ? 'no-op' : 'update', before!, after!),
    resource(`module.${call}.module.aws_auth.kubernetes_config_map_v1_data.aws_auth[0]`, 'no-op', data, data),
    ...(action === ''
      ? []
      : [
          resource(
            `module.${call}.module.eks.aws_eks_access_entry.this["dev"]`,
            action,
            action === 'create' ? null : made,
            action === 'delete' ? null : made,
          ),
        ]),
  ];
};
const numbers = (blue: object, green: object): object => ({
  configuration: {
    root_module: {
      module_calls: {
        blue: { expressions: { access_entries_phase: blue } },
        green: { expressions: { access_entries_phase: green } },
      },
    },
  },
});
const both = ['API_AND_CONFIG_MAP', 'API_AND_CONFIG_MAP'] as const;
const first = ['CONFIG_MAP', 'API_AND_CONFIG_MAP'] as const;
const atBoth = (blue: number, green: number): object => numbers({ constant_value: blue }, { constant_value: green });
const said = async (changes: readonly Resource[], more: object) => {
  const { phase, calls, fits, diagnostics } = await verifyPlan(planOf(changes, more as never), {
    acceptUnverified: true,
  });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return { phase, calls, fits, errors: errors.map(({ code, message }) => `${code} ${message}`) };
};
const root = (call: object): object => ({ configuration: { root_module: { module_calls: { platform: call } } } });

/** The cluster of a call, and its aws-auth with a row of somebody who is in that of the other, too; the row goes. */
const inBoth = (call: string): readonly Resource[] => {
  const data = {
    metadata: [{ name: 'aws-auth', namespace: 'kube-system' }],
    data: { mapRoles: JSON.stringify([{ rolearn: role('both'), username: 'both', groups: ['dev'] }]) },
  };
  const [made] = within(call, both, '');
  const address = `module.${call}.module.aws_auth.kubernetes_config_map_v1_data.aws_auth[0]`;
  return [made!, resource(address, 'delete', data, null)];
};

describe('calls of one root module', () => {
  test('at different numbers are judged each for its own', async () => {
    const plan = [...within('blue', both, 'create'), ...within('green', first, '')];
    expect(await said(plan, atBoth(2, 1))).toEqual({
      phase: 'add-access-entries',
      calls: [
        { call: 'module.blue', phase: 'add-access-entries' },
        { call: 'module.green', phase: 'enable-api' },
      ],
      fits: true,
      errors: [],
    });
  });

  test('what one may do, the other may not', async () => {
    const plan = [...within('blue', both, 'no-op'), ...within('green', both, 'create')];
    const { fits, errors } = await said(plan, atBoth(2, 1));
    expect([fits, errors]).toEqual([false, [expect.stringContaining('TAE508 module.green.')]]);
  });

  test('one that goes back is refused, whatever the other does', async () => {
    const plan = [...within('blue', both, 'create'), ...within('green', both, 'delete')];
    const { fits, errors } = await said(plan, atBoth(2, 1));
    expect([fits, errors.join()]).toEqual([false, expect.stringContaining('TAE520 With access_entries_phase = 1')]);
  });

  test('beside them nothing of access may change', async () => {
    const plan = [...within('blue', both, 'create'), ...within('green', both, ''), entry('ops', role('ops'), 'delete')];
    const { fits, errors } = await said(plan, atBoth(2, 1));
    expect([fits, errors]).toEqual([false, [expect.stringMatching(/^TAE508 module\.eks\..* phase per-environment/)]]);
  });

  // One has an entry in the other's cluster alone. The plan shows whose ConfigMap it is: both are in one call.
  test('of one number: a loss in one of the clusters is no matter for a person', async () => {
    const held = { principal_arn: role('both'), type: 'STANDARD', kubernetes_groups: ['dev'], user_name: 'both' };
    const ofGreen = { ...held, cluster_name: 'green' };
    const entryOfGreen = resource(
      'module.green.module.eks.aws_eks_access_entry.this["both"]',
      'no-op',
      ofGreen,
      ofGreen,
    );
    const { fits, errors } = await said([...inBoth('blue'), ...inBoth('green'), entryOfGreen], atBoth(3, 3));
    expect([fits, errors]).toEqual([false, [expect.stringMatching(/^TAE503 .* module\.blue\./)]]);
  });

  // It may be the same as those that are told, and it may not.
  test.each([
    [1, 2],
    [1, 1],
  ])('a number that the plan does not tell beside %i and %i is asked for', async (one, other) => {
    const { fits, errors } = await said(within('blue', both, ''), {
      configuration: {
        root_module: {
          module_calls: Object.fromEntries(
            [{ constant_value: one }, { constant_value: other }, { references: ['local.step'] }].map((value, index) => [
              `call_${index}`,
              { expressions: { access_entries_phase: value } },
            ]),
          ),
        },
      },
    });
    expect([fits, errors]).toEqual([false, [expect.stringContaining('TAE524 ')]]);
    expect(errors.join()).toContain('module.call_2');
  });

  test('one without a number is at the default, and one further down is found', async () => {
    const variables = { access_entries_phase: { default: 1 } };
    const inner = {
      module_calls: { eks: { expressions: { access_entries_phase: { references: ['var.step', 'var'] } } } },
    };
    const plan = phasePlans['enable-api'] ?? [];
    expect(await judge(plan, root({ expressions: {}, module: { variables } }))).toMatchObject({ phase: 'enable-api' });
    const one = { module_calls: { eks: { expressions: { access_entries_phase: { references: ['var.step'] } } } } };
    expect(await judge(plan, root({ expressions: { step: { constant_value: 1 } }, module: one }))).toMatchObject({
      phase: 'enable-api',
      fits: true,
    });
    expect(await judge(plan, root({ expressions: { step: { constant_value: 1 } }, module: inner }))).toMatchObject({
      codes: ['TAE112'],
    });
  });
});
