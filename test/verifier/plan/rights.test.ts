import { describe, expect, test } from '@jest/globals';
import type { Config } from '../../../lib/config/config.ts';
import { verifyPlan, type PlanOptions } from '../../../lib/verifier/plan/verify-plan.ts';
import * as plans from './support/plan-json.ts';

// An entry overrides its row at once (EKS user guide, migrating-access-entries), so phase 2 is where rights change.

const { association, awsAuth, cluster, entry, nodeRow, planOf, resource, role, row } = plans;
type Changes = Parameters<typeof planOf>[0];

const rows = [row('ops', 'system:masters'), row('dev', 'developers'), row('view', 'viewers', 'system:authenticated')];
const breakGlass = [entry('break_glass', role('break-glass')), association('break_glass', role('break-glass'))];
const ops = [entry('ops', role('ops'), 'create'), association('ops', role('ops'), 'create')];
const dev = (values = {}, more = {}) =>
  entry('dev', role('dev'), 'create', more, { kubernetes_groups: ['developers'], ...values });

const judge = async (changes: Changes, options: Partial<PlanOptions> = {}, table = rows) => {
  const all = [cluster('API_AND_CONFIG_MAP'), awsAuth(table), ...breakGlass, ...changes];
  const { fits, diagnostics } = await verifyPlan(planOf(all), { phase: 'add-access-entries', ...options });
  // Rows without an entry are no matter here.
  const said = diagnostics.filter(({ code }) => code !== 'TAE514');
  return { fits, codes: said.map(({ code }) => code), texts: said.map(({ message }) => message) };
};

test('entries that grant what their rows grant', async () => {
  const view = entry('view', role('view'), 'create', {}, { kubernetes_groups: ['viewers'] });
  expect(await judge([...ops, dev(), view])).toMatchObject({ fits: true, codes: [] });
});

describe('an entry that grants less than its row, or other things', () => {
  test.each([
    ['an administrator without an association', [entry('ops', role('ops'), 'create')], 'cluster-admin'],
    [
      'View in place of ClusterAdmin',
      [entry('ops', role('ops'), 'create'), association('ops', role('ops'), 'create', 'AmazonEKSViewPolicy')],
      'it lacks cluster-admin.',
    ],
    [
      'ClusterAdmin in a namespace alone',
      [
        entry('ops', role('ops'), 'create'),
        association('ops', role('ops'), 'create', 'AmazonEKSClusterAdminPolicy', {
          type: 'namespace',
          namespaces: ['a'],
        }),
      ],
      'cluster-admin',
    ],
    ['no groups', [dev({ kubernetes_groups: null })], 'the group developers'],
    [
      'groups that are not written, which the plan shows as unknown',
      [dev({}, unknown('kubernetes_groups'))],
      'developers',
    ],
    ['another group', [dev({ kubernetes_groups: ['admins'] })], 'the group admins'],
    ['a group more', [dev({ kubernetes_groups: ['developers', 'admins'] })], 'the group admins'],
    ['another username', [dev({ user_name: 'somebody' })], 'the username dev'],
    ['no username, so that EKS gives one', [dev({}, unknown('user_name'))], 'the username dev'],
    ['the type of a node', [dev({ type: 'EC2_LINUX', kubernetes_groups: null, user_name: null })], 'developers'],
    ['cluster-admin', [dev(), association('dev', role('dev'), 'create')], 'cluster-admin'],
    [
      'a policy',
      [dev(), association('dev', role('dev'), 'create', 'AmazonEKSAdminViewPolicy')],
      'AmazonEKSAdminViewPolicy',
    ],
  ])('%s', async (_name, changes, text) => {
    const { fits, codes, texts } = await judge(changes, { acceptUnverified: true });
    expect([fits, codes]).toEqual([false, ['TAE516']]);
    expect(texts.join()).toContain(text);
  });

  test('of a row that stands twice the last one counts', async () => {
    const twice = [row('dev', 'admins'), row('dev', 'developers')];
    expect(await judge([dev()], {}, twice)).toMatchObject({ fits: true });
    expect(await judge([dev()], {}, twice.toReversed())).toMatchObject({ codes: ['TAE516'] });
  });

  test('an association that is imported with its entry counts, and what was in force before is a warning', async () => {
    const imported = { importing: { id: 'x' } };
    const live = [entry('dev', role('dev'), 'no-op', imported, { kubernetes_groups: ['developers'] })];
    expect(await judge(live)).toMatchObject({ fits: true, codes: [] });
    const less = [entry('dev', role('dev'), 'no-op', imported)];
    expect(await judge(less)).toMatchObject({ fits: true, codes: ['TAE521'] });
    const more = [...live, association('dev', role('dev'), 'create')];
    expect(await judge(more)).toMatchObject({ fits: false, codes: ['TAE516'] });
  });
});

function unknown(attribute: string): object {
  return { unknown: { [attribute]: true } };
}

/** A live entry as the AWS CLI prints it, with its policies for the whole cluster. */
const liveOf = (name: string, groups: readonly string[], policies: readonly string[] = []): string =>
  [
    {
      accessEntry: {
        clusterName: 'demo',
        principalArn: role(name),
        type: 'STANDARD',
        username: name,
        kubernetesGroups: groups,
      },
    },
    {
      clusterName: 'demo',
      principalArn: role(name),
      associatedAccessPolicies: policies.map(policy => ({
        policyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
        accessScope: { type: 'cluster', namespaces: [] },
      })),
    },
  ]
    .map(document => JSON.stringify(document))
    .join('\n');

const alone = (name: string) => [association(name, role(name), 'create')];

describe('an association whose entry is not in the plan', () => {
  test('gives its policy to the live entry', async () => {
    const existing = [liveOf('dev', ['developers']), liveOf('late', [])].join('\n');
    const { fits, codes, texts } = await judge(alone('dev'), { existing });
    expect([fits, codes]).toEqual([false, ['TAE516']]);
    expect(texts.join()).toContain('cluster-admin');
    expect(await judge(alone('late'), { existing })).toMatchObject({ fits: false, codes: ['TAE517'] });
    expect(await judge(alone('ops'), { existing: liveOf('ops', []) })).toMatchObject({ fits: true, codes: [] });
  });

  test('proves nothing where the entry is nowhere to be seen', async () => {
    expect(await judge(alone('dev'))).toMatchObject({ fits: false, codes: ['TAE510'] });
    expect(await judge(alone('dev'), { existing: liveOf('late', []) })).toMatchObject({ codes: ['TAE510'] });
  });
});

describe('an entry that is live and not in the state', () => {
  test('is compared with its row, as a warning', async () => {
    const existing = [liveOf('dev', ['viewers']), liveOf('view', ['viewers'])].join('\n');
    const { fits, codes, texts } = await judge([...ops], { existing });
    expect([fits, codes]).toEqual([true, ['TAE521']]);
    expect(texts.join()).toContain(role('dev'));
  });

  test('brings its policies along when it is imported', async () => {
    const imported = [
      entry('dev', role('dev'), 'no-op', { importing: { id: 'x' } }, { kubernetes_groups: ['developers'] }),
    ];
    const existing = liveOf('dev', ['developers'], ['AmazonEKSClusterAdminPolicy']);
    const { fits, codes, texts } = await judge(imported, { existing });
    expect([fits, codes]).toEqual([true, ['TAE521']]);
    expect(texts.join()).toContain('cluster-admin');
    // The same policy of somebody else goes.
    const deleted = association('other', role('other'), 'delete');
    expect((await judge([...imported, deleted], { existing })).codes).toContain('TAE521');
  });
});

const withGroups = (groups: readonly string[]) => ({
  cluster_name: 'demo',
  principal_arn: role('dev'),
  type: 'STANDARD',
  kubernetes_groups: groups,
  user_name: 'dev',
});

test('an entry whose policy the plan takes away is without it at once, in the state or live alone', async () => {
  const gone = association('ops', role('ops'), 'delete');
  const live = { existing: liveOf('ops', [], ['AmazonEKSClusterAdminPolicy']) };
  for (const found of [await judge([entry('ops', role('ops')), gone]), await judge([gone], live)]) {
    expect(found.codes.filter(code => code !== 'TAE508')).toEqual(['TAE516']);
    expect(found.texts.join()).toContain('it lacks cluster-admin');
  }
  // One of somebody else takes nothing from it.
  const kept = association('dev', role('dev'), 'delete');
  expect((await judge([...ops, kept])).codes).not.toContain('TAE516');
});

test('an entry whose rights the plan changes grants them at once', async () => {
  const changed = resource(
    'module.eks.aws_eks_access_entry.this["dev"]',
    'update',
    withGroups(['developers']),
    withGroups(['admins']),
  );
  const { codes } = await judge([changed]);
  expect(codes).toContain('TAE516');
  expect(codes).not.toContain('TAE521');
});

test('a policy of another partition is not the one that is meant', async () => {
  const chinese = association('ops', role('ops'), 'create');
  const { after } = chinese.change;
  const policy = 'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
  const changes = [
    entry('ops', role('ops'), 'create'),
    { ...chinese, change: { ...chinese.change, after: { ...(after as object), policy_arn: policy } } },
  ];
  const { fits, texts } = await judge(changes);
  expect([fits, texts.join()]).toEqual([false, expect.stringContaining('cluster-admin')]);
});

describe('rows that the plan does not tell', () => {
  test('of a ConfigMap that is known after the apply', async () => {
    const hidden = plans.awsAuth([], 'no-op', { unknown: { data: true } });
    const changes = [cluster('API_AND_CONFIG_MAP'), hidden, ...breakGlass, ...ops];
    const { diagnostics } = await verifyPlan(planOf(changes), { phase: 'add-access-entries' });
    expect(diagnostics.map(({ code }) => code)).toEqual(['TAE510']);
  });

  test('of two ConfigMaps that do not agree', async () => {
    const other = resource(
      'kubernetes_config_map_v1_data.other',
      'no-op',
      ...both(plans.dataOf([row('dev', 'admins'), row('ops', 'system:masters')])),
    );
    expect(await judge([...ops, other])).toMatchObject({ fits: true, codes: [] });
    const { fits, codes, texts } = await judge([dev(), other]);
    expect([fits, codes]).toEqual([false, ['TAE510']]);
    expect(texts.join()).toContain('kubernetes_config_map_v1_data.other');
    // Neither of them says so.
    expect(await judge([dev({ kubernetes_groups: ['x'] }), other])).toMatchObject({ fits: false, codes: ['TAE516'] });
  });

  test('of a list that cannot be read', async () => {
    const broken = plans.awsAuth([], 'no-op');
    const values = { metadata: [{ name: 'aws-auth', namespace: 'kube-system' }], data: { mapRoles: 'a: [' } };
    const changes = [
      cluster('API_AND_CONFIG_MAP'),
      { ...broken, change: { ...broken.change, before: values, after: values } },
      ...breakGlass,
      ...ops,
    ];
    const { diagnostics } = await verifyPlan(planOf(changes), { phase: 'add-access-entries' });
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(/^TAE517 .*mapRoles .*cannot be read/),
    ]);
  });
});

test('whom mapAccounts lets in is said to have no row', async () => {
  const accounts = resource(plans.awsAuthAddress, 'no-op', ...both(plans.dataOf([], ['111122223333'])));
  const changes = [cluster('API_AND_CONFIG_MAP'), accounts, ...breakGlass, dev()];
  const { diagnostics } = await verifyPlan(planOf(changes), { phase: 'add-access-entries' });
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    expect.stringMatching(/^TAE516 .*mapAccounts/),
  ]);
  expect(diagnostics.map(({ message }) => message).join()).not.toContain('its row');
});

describe('what makes no difference', () => {
  test('a group of an administrator who stays one', async () => {
    const grouped = [
      entry('ops', role('ops'), 'create', {}, { kubernetes_groups: ['auditors'] }),
      association('ops', role('ops'), 'create'),
    ];
    expect(await judge(grouped)).toMatchObject({ fits: true, codes: [] });
  });

  test('of an administrator: other policies beside, and the username that no binding needs', async () => {
    const named = [
      entry('ops', role('ops'), 'create', unknown('user_name')),
      association('ops', role('ops'), 'create'),
    ];
    expect(await judge(named)).toMatchObject({ fits: true, codes: [] });
  });

  test('the path of a role, and the case of its row', async () => {
    const pathed = entry(
      'dev',
      'arn:aws:iam::111122223333:role/team/dev',
      'create',
      {},
      { kubernetes_groups: ['developers'] },
    );
    expect(await judge([pathed], {}, [{ ...row('DEV', 'developers'), username: 'dev' }])).toMatchObject({ codes: [] });
  });

  test('the name and the groups of a node, which its type stands for', async () => {
    const node = entry('node', role('node'), 'create', unknown('user_name'), {
      type: 'EC2_LINUX',
      kubernetes_groups: null,
    });
    expect(await judge([node], {}, [nodeRow('node')])).toMatchObject({ fits: true, codes: [] });
    const windows = entry('node', role('node'), 'create', unknown('user_name'), {
      type: 'EC2_WINDOWS',
      kubernetes_groups: null,
    });
    expect(await judge([windows], {}, [nodeRow('node')])).toMatchObject({ codes: ['TAE516'] });
  });

  test('is not known of nodes whose type no page describes', async () => {
    const typed = entry('node', role('node'), 'create', unknown('user_name'), {
      type: 'HYPERPOD_LINUX',
      kubernetes_groups: null,
    });
    expect(await judge([typed], {}, [nodeRow('node')])).toMatchObject({ fits: false, codes: ['TAE510'] });
    const accepted = await judge([typed], { acceptUnverified: true }, [nodeRow('node')]);
    expect(accepted).toMatchObject({ fits: true, codes: ['TAE511'] });
  });

  test('the name of nodes of type EC2, which is their instance id', async () => {
    const byId = { ...nodeRow('node'), username: 'system:node:{{SessionName}}' };
    const node = entry('node', role('node'), 'create', unknown('user_name'), { type: 'EC2', kubernetes_groups: null });
    const auto = association('node', role('node'), 'create', 'AmazonEKSAutoNodePolicy');
    for (const changes of [[node], [node, auto]]) {
      expect(await judge(changes, {}, [byId])).toMatchObject({ fits: true, codes: [] });
      expect(await judge(changes, {}, [nodeRow('node')])).toMatchObject({ fits: false, codes: ['TAE516'] });
    }
  });
});

const editIn = (...namespaces: string[]) =>
  ({ policy: 'AmazonEKSEditPolicy', scope: { type: 'namespace', namespaces } }) as const;

const inBoth = (...namespaces: string[]) => [
  dev({ kubernetes_groups: null }),
  association('dev', role('dev'), 'create', 'AmazonEKSEditPolicy', { type: 'namespace', namespaces }),
];

describe('what a person has decided in the config', () => {
  const reason = 'agreed with the team';
  const cases: readonly (readonly [string, Config, Changes])[] = [
    [
      'a username that is left out',
      { accept: [{ principal: role('dev'), code: 'TAE319', reason }] },
      [dev({}, unknown('user_name'))],
    ],
    [
      'policies in place of system:masters',
      { principals: { [role('ops')]: { policies: ['AmazonEKSAdminPolicy'] } } },
      [entry('ops', role('ops'), 'create'), association('ops', role('ops'), 'create', 'AmazonEKSAdminPolicy')],
    ],
    [
      'policies for a namespace',
      {
        principals: {
          [role('ops')]: { policies: ['AmazonEKSAdminPolicy'], scope: { type: 'namespace', namespaces: ['b', 'a'] } },
        },
      },
      [
        entry('ops', role('ops'), 'create'),
        association('ops', role('ops'), 'create', 'AmazonEKSAdminPolicy', {
          type: 'namespace',
          namespaces: ['a', 'b'],
        }),
      ],
    ],
    ['another group', { groups: { developers: { group: 'devs' } } }, [dev({ kubernetes_groups: ['devs'] })]],
    ['a group that is left out', { groups: { developers: { drop: true } } }, [dev({ kubernetes_groups: null })]],
    [
      'a policy in place of a group',
      { groups: { developers: { policy: 'AmazonEKSEditPolicy' } } },
      [dev({ kubernetes_groups: null }), association('dev', role('dev'), 'create', 'AmazonEKSEditPolicy')],
    ],
  ];
  test.each(cases)('%s', async (_name, config, changes) => {
    expect(await judge(changes)).toMatchObject({ fits: false, codes: ['TAE516'] });
    expect(await judge(changes, { config })).toMatchObject({ fits: true, codes: [] });
  });

  test('what it puts in the place of something is there', async () => {
    const lacking: readonly (readonly [Config, Changes])[] = [
      [
        { principals: { [role('ops')]: { policies: ['AmazonEKSAdminPolicy'] } } },
        [entry('ops', role('ops'), 'create')],
      ],
      [{ groups: { developers: { group: 'devs' } } }, [dev({ kubernetes_groups: null })]],
      [{ groups: { developers: { policy: 'AmazonEKSEditPolicy' } } }, [dev({ kubernetes_groups: null })]],
    ];
    for (const [config, changes] of lacking) {
      expect(await judge(changes, { config })).toMatchObject({ fits: false, codes: ['TAE516'] });
    }
    // What was to be replaced may also have stayed.
    expect(await judge([dev()], { config: { groups: { developers: { group: 'devs' } } } })).toMatchObject({
      codes: [],
    });
    expect(
      await judge(ops, { config: { principals: { [role('ops')]: { policies: ['AmazonEKSAdminPolicy'] } } } }),
    ).toMatchObject({ codes: [] });
  });

  test('of two groups that become one policy, the namespaces of both', async () => {
    const config: Config = { groups: { developers: editIn('a'), testers: editIn('b') } };
    const table = [row('dev', 'developers', 'testers')];
    expect(await judge(inBoth('a', 'b'), { config }, table)).toMatchObject({ fits: true, codes: [] });
    expect(await judge(inBoth('b'), { config }, table)).toMatchObject({ fits: false, codes: ['TAE516'] });
    expect(await judge(inBoth('a', 'b', 'c'), { config }, table)).toMatchObject({ fits: false, codes: ['TAE516'] });
  });

  test('nothing beyond what it says', async () => {
    const config: Config = {
      principals: { [role('ops')]: { policies: ['AmazonEKSAdminPolicy'] } },
      groups: { developers: { policy: 'AmazonEKSEditPolicy', scope: { type: 'namespace', namespaces: ['a'] } } },
    };
    const wide = [dev({ kubernetes_groups: null }), association('dev', role('dev'), 'create', 'AmazonEKSEditPolicy')];
    expect(await judge(wide, { config })).toMatchObject({ codes: ['TAE516'] });
    const moved = [dev(), association('dev', role('dev'), 'create', 'AmazonEKSAdminPolicy')];
    expect(await judge(moved, { config })).toMatchObject({ codes: ['TAE516'] });
  });
});

const session = (issuer: string) =>
  resource('module.eks.data.aws_iam_session_context.current[0]', 'no-op', ...both({ issuer_arn: issuer }), {
    mode: 'data',
  });

describe('an entry without a row', () => {
  const late = [entry('late', role('late'), 'create'), association('late', role('late'), 'create')];

  test('gives somebody access that nobody had', async () => {
    const { fits, codes, texts } = await judge(late);
    expect([fits, codes]).toEqual([false, ['TAE517']]);
    expect(texts.join()).toContain(role('late'));
  });

  test('is the accepted row of a role that nobody matches', async () => {
    const dead = [{ ...row('late', 'system:masters'), rolearn: 'arn:aws:iam::111122223333:role/team/late' }];
    expect(await judge(late, {}, dead)).toMatchObject({ codes: ['TAE517'] });
    const config: Config = {
      accept: [{ principal: 'arn:aws:iam::111122223333:role/team/late', code: 'TAE308', reason: 'meant so' }],
    };
    expect(await judge(late, { config }, dead)).toMatchObject({ fits: true, codes: [] });
  });

  test('gets no more than the accepted row says, and by no other acceptance', async () => {
    const principal = 'arn:aws:iam::111122223333:role/team/late';
    const accepted = (code: 'TAE308' | 'TAE319'): Config => ({ accept: [{ principal, code, reason: 'meant so' }] });
    const dead = [{ ...row('late', 'developers'), rolearn: principal }];
    expect(await judge(late, { config: accepted('TAE308') }, dead)).toMatchObject({ fits: false, codes: ['TAE517'] });
    const asWritten = [entry('late', principal, 'create', {}, { kubernetes_groups: ['developers'] })];
    expect(await judge(asWritten, { config: accepted('TAE308') }, dead)).toMatchObject({ fits: true, codes: [] });
    expect(await judge(asWritten, { config: accepted('TAE319') }, dead)).toMatchObject({ codes: ['TAE517'] });
    expect(await judge(asWritten, { config: accepted('TAE308') }, [])).toMatchObject({ codes: ['TAE517'] });
    const config: Config = { principals: { [role('late')]: { key: 'late' } } };
    expect(await judge(late, { config })).toMatchObject({ fits: false, codes: ['TAE517'] });
  });

  test('is one that the module makes for whoever runs Terraform', async () => {
    const creator = [
      entry('cluster_creator', role('runner'), 'create', unknown('user_name')),
      association('cluster_creator', role('runner'), 'create'),
    ];
    expect(await judge([...creator, session(role('runner'))])).toMatchObject({ fits: true, codes: [] });
    // The key alone is what anybody can write.
    expect(await judge(creator)).toMatchObject({ fits: false, codes: ['TAE517'] });
    expect(await judge([...creator, session(role('other'))])).toMatchObject({ fits: false, codes: ['TAE517'] });
  });

  test('is one of nodes, which has what EKS takes for nodes', async () => {
    const node = (values: object) =>
      entry('node', role('node'), 'create', unknown('user_name'), { kubernetes_groups: null, ...values });
    for (const type of ['EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'HYBRID_LINUX', 'HYPERPOD_LINUX', 'EC2']) {
      expect(await judge([node({ type })])).toMatchObject({ fits: true, codes: [] });
    }
    const auto = association('node', role('node'), 'create', 'AmazonEKSAutoNodePolicy');
    expect(await judge([node({ type: 'EC2' }), auto])).toMatchObject({ fits: true, codes: [] });
    const more = [
      [node({ type: 'EC2' }), association('node', role('node'), 'create')],
      [node({ type: 'EC2_LINUX', kubernetes_groups: ['system:masters'] })],
      [node({ type: 'EC2LINUX' })],
    ];
    for (const changes of more) expect((await judge(changes)).codes).toContain('TAE517');
    expect((await judge([node({ type: 'EC2_LINUX' }), auto])).codes).toContain('TAE518');
  });

  test('was there before', async () => {
    expect(await judge([entry('late', role('late'), 'no-op')])).toMatchObject({ fits: true, codes: [] });
  });

  test('is not known as such where the rows are in another root module', async () => {
    const plan = planOf([cluster('API_AND_CONFIG_MAP'), ...breakGlass, ...late]);
    const { diagnostics } = await verifyPlan(plan, { phase: 'add-access-entries', acceptUnverified: true });
    expect(diagnostics.map(({ code }) => code)).toEqual(['TAE511']);
  });
});

test('a value that is sensitive is not printed', async () => {
  const secret = plans.awsAuth([row('dev', 'hidden-group')], 'no-op', { sensitive: { data: true } });
  const changes = [cluster('API_AND_CONFIG_MAP'), secret, ...breakGlass, dev()];
  const { diagnostics } = await verifyPlan(planOf(changes), { phase: 'add-access-entries' });
  expect(diagnostics.map(({ code }) => code)).toEqual(['TAE516']);
  expect(JSON.stringify(diagnostics)).not.toContain('hidden');
});

/** A resource of the call module.b, whose cluster is b. */
const inB = (change: ReturnType<typeof resource>) => {
  const address = change.address.replace('module.eks', 'module.b').replace('module.aws_auth', 'module.b');
  const { before, after } = change.change;
  const named = change.type.startsWith('aws_') ? { before: ofB(before), after: ofB(after) } : {};
  return { ...change, address, module_address: 'module.b', change: { ...change.change, ...named } };
};
const ofB = (side: unknown) => (side === null ? null : { ...(side as object), cluster_name: 'b', name: 'b' });
const inEks = (change: ReturnType<typeof resource>) => ({
  ...change,
  address: change.address.replace('module.aws_auth', 'module.eks'),
  module_address: 'module.eks',
});

test('of two clusters each has its rows', async () => {
  const first = [cluster('API_AND_CONFIG_MAP'), inEks(awsAuth([row('dev', 'developers')])), ...breakGlass];
  const second = [cluster('API_AND_CONFIG_MAP'), awsAuth([row('dev', 'admins')]), ...breakGlass].map(inB);
  const plan = (groups: readonly string[]) =>
    planOf([...first, ...second, dev(), inB(dev({ kubernetes_groups: groups }))]);
  const codes = async (groups: readonly string[]) =>
    (await verifyPlan(plan(groups), { phase: 'add-access-entries' })).diagnostics.map(({ code }) => code);
  expect(await codes(['admins'])).toEqual([]);
  expect(await codes(['developers'])).toEqual(['TAE516']);
});

const named = (principal: string): Partial<PlanOptions> => ({
  config: { accept: [{ principal, code: 'TAE319', reason: 'agreed' }] },
});

describe('a principal that the config names as the source does', () => {
  const values = both({ arn: role('dev'), name: 'dev' });
  const left = dev({}, unknown('user_name'));

  test.each([
    ['aws_iam_role.deploy.arn', resource('aws_iam_role.deploy', 'no-op', ...values)],
    ['aws_iam_role.deploy["a"].arn', resource('aws_iam_role.deploy["a"]', 'no-op', ...values)],
    ['data.aws_iam_role.deploy.arn', resource('data.aws_iam_role.deploy', 'no-op', ...values, { mode: 'data' })],
  ])('by %s', async (principal, change) => {
    expect(await judge([change, left])).toMatchObject({ codes: ['TAE516'] });
    expect(await judge([change, left], named(principal))).toMatchObject({ fits: true, codes: [] });
    expect(await judge([left], named(principal))).toMatchObject({ codes: ['TAE516'] });
  });

  test('by a variable', async () => {
    const all = [cluster('API_AND_CONFIG_MAP'), awsAuth(rows), ...breakGlass, left];
    const plan = (variables: object) => planOf(all, { variables });
    const codes = async (variables: object) =>
      (await verifyPlan(plan(variables), { phase: 'add-access-entries', ...named('var.role') })).diagnostics
        .map(({ code }) => code)
        .filter(code => code !== 'TAE514');
    expect(await codes({ role: { value: role('dev') } })).toEqual([]);
    expect(await codes({ role: { value: role('ops') } })).toEqual(['TAE516']);
    expect(await codes({})).toEqual(['TAE516']);
  });

  // The output of a module is not in a plan by its name.
  test('by an expression beside which the config has the ARN', async () => {
    const output = 'module.deploy.iam_role_arn';
    const stated = (arn: string): Partial<PlanOptions> => ({
      config: { ...named(output).config, principals: { [output]: { arn } } },
    });
    expect(await judge([left], named(output))).toMatchObject({ codes: ['TAE516'] });
    expect(await judge([left], stated(role('dev')))).toMatchObject({ fits: true, codes: [] });
    expect(await judge([left], stated(role('other')))).toMatchObject({ codes: ['TAE516'] });
  });

  test('with the account left open, where one principal of the plan fits', async () => {
    const open = named('"arn:aws:iam::${local.account}:role/dev"');
    expect(await judge([left], open)).toMatchObject({ fits: true, codes: [] });
    const other = entry('dev2', 'arn:aws:iam::999922223333:role/dev', 'no-op');
    expect(await judge([left, other], open)).toMatchObject({ codes: ['TAE516'] });
    expect(await judge([left], named('"arn:aws:iam::${local.account}:role/de"'))).toMatchObject({ codes: ['TAE516'] });
  });
});

function both(values: Record<string, unknown>): [Record<string, unknown>, Record<string, unknown>] {
  return [values, values];
}

describe('what EKS does not take', () => {
  const devWith = (values: object, principal = role('dev')) => [
    entry('dev', principal, 'create', {}, { kubernetes_groups: ['developers'], ...values }),
  ];
  const nodeFor = (principal: string) =>
    devWith({ type: 'EC2_LINUX', user_name: null, kubernetes_groups: [] }, principal);
  const devRow = (username: string, ...groups: readonly string[]) => [{ ...row('dev', ...groups), username }];
  const opsWith = (values: object) => {
    const made = association('ops', role('ops'), 'create');
    return [
      entry('ops', role('ops'), 'create'),
      { ...made, change: { ...made.change, after: { ...(made.change['after'] as object), ...values } } },
    ];
  };

  // EKS user guide, creating-access-entries and set-custom-username; API reference, AccessScope.
  test.each<readonly [string, Changes, Parameters<typeof judge>[2]]>([
    ['a reserved username', devWith({ user_name: 'system:dev' }), devRow('system:dev', 'developers')],
    ['a session without a colon', devWith({ user_name: '{{SessionName}}' }), devRow('{{SessionName}}', 'developers')],
    ['a reserved group', devWith({ kubernetes_groups: ['eks:dev'] }), devRow('dev', 'eks:dev')],
    ['a node with groups', devWith({ type: 'EC2_LINUX', user_name: null }), [nodeRow('dev')]],
    ['a node with a username', devWith({ type: 'EC2_LINUX', kubernetes_groups: [] }), [nodeRow('dev')]],
    ['a node that is a user', nodeFor('arn:aws:iam::111122223333:user/dev'), [nodeRow('dev')]],
    ['a node that is the root of its account', nodeFor('arn:aws:iam::111122223333:root'), [nodeRow('dev')]],
    [
      'a role of Identity Center without its path',
      devWith({}, role('AWSReservedSSO_Dev_0123456789abcdef')),
      [{ ...row('AWSReservedSSO_Dev_0123456789abcdef', 'developers'), username: 'dev' }],
    ],
    ['a policy for the role with another path than its entry', opsWith({ principal_arn: role('team/ops') }), rows],
    ['a policy of IAM', opsWith({ policy_arn: 'arn:aws:iam::aws:policy/AmazonEKSClusterAdminPolicy' }), rows],
    ['a scope of both', opsWith({ access_scope: [{ type: 'cluster', namespaces: ['a'] }] }), rows],
    [
      'one policy twice',
      [
        ...ops,
        association('ops', role('ops'), 'create', 'AmazonEKSClusterAdminPolicy', {
          type: 'namespace',
          namespaces: ['a'],
        }),
      ],
      rows,
    ],
  ])('%s', async (_name, changes, table) => {
    const { fits, codes } = await judge(changes, {}, table);
    expect(fits).toBe(false);
    expect(codes).toContain('TAE518');
  });

  test('what EKS takes and overwrites is not called refused', async () => {
    const twice = association('twice', role('ops'), 'create', 'AmazonEKSClusterAdminPolicy', {
      type: 'namespace',
      namespaces: ['a'],
    });
    const { texts } = await judge([...ops, twice], {}, rows);
    expect(texts.filter(text => text.includes('written last'))).toEqual([expect.not.stringContaining('does not take')]);
  });

  test('a role without the path that it has in the plan', async () => {
    const whole = 'arn:aws:iam::111122223333:role/team/dev';
    const made = resource('aws_iam_role.dev', 'no-op', ...both({ arn: whole, name: 'dev', path: '/team/' }));
    expect(await judge([dev(), made])).toMatchObject({ fits: false, codes: ['TAE518'] });
    expect(await judge([...devWith({}, whole), made])).toMatchObject({ fits: true, codes: [] });
  });

  test('an entry that EKS makes itself, for a node group of the plan', async () => {
    const group = resource(
      'module.eks.module.eks_managed_node_group["a"].aws_eks_node_group.this[0]',
      'no-op',
      ...both({ node_role_arn: role('node') }),
    );
    const node = entry('node', role('node'), 'create', unknown('user_name'), {
      type: 'EC2_LINUX',
      kubernetes_groups: null,
    });
    expect(await judge([node, group], {}, [nodeRow('node')])).toMatchObject({ fits: false, codes: ['TAE505'] });
    // The snapshot shows that EKS has made none.
    const live = await judge([node, group], { existing: liveOf('view', ['viewers']) }, [nodeRow('node')]);
    expect(live).toMatchObject({ fits: true, codes: [] });
  });
});

describe('what the plan does not tell', () => {
  const admin = association('dev', role('dev'), 'create');
  const without = (values: object, unknownOf: object) => ({
    ...admin,
    change: { ...admin.change, after: { ...(admin.change['after'] as object), ...values }, after_unknown: unknownOf },
  });

  test('for whom a policy is', async () => {
    const changes = [without({ principal_arn: null }, { principal_arn: true })];
    expect(await judge(changes)).toMatchObject({ fits: false, codes: ['TAE510'] });
  });

  test('one of several groups', async () => {
    const some = dev({ kubernetes_groups: ['developers', null] }, { unknown: { kubernetes_groups: [false, true] } });
    expect(await judge([some])).toMatchObject({ fits: false, codes: ['TAE510'] });
  });

  test('of which cluster an entry is', async () => {
    const other = entry(
      'dev',
      role('dev'),
      'create',
      {},
      { cluster_name: 'elsewhere', kubernetes_groups: ['developers'] },
    );
    expect(await judge([other])).toMatchObject({ fits: false, codes: ['TAE510'] });
  });

  test('what an entry of another provider grants', async () => {
    const foreign = resource('awscc_eks_access_entry.x', 'create', null, { principal_arn: role('late') });
    expect(await judge([foreign])).toMatchObject({ fits: false, codes: ['TAE510'] });
  });
});

test('a group that stayed is not replaced as well', async () => {
  const config: Config = { groups: { developers: { policy: 'AmazonEKSEditPolicy' } } };
  const more = [dev(), association('dev', role('dev'), 'create', 'AmazonEKSEditPolicy')];
  expect(await judge(more, { config })).toMatchObject({ fits: false, codes: ['TAE516'] });
});

const only = async (...changes: Changes) => {
  const all = [cluster('API_AND_CONFIG_MAP'), awsAuth(rows), ...changes, ...ops, dev()];
  const { diagnostics } = await verifyPlan(planOf(all), { phase: 'add-access-entries' });
  return diagnostics.map(({ code }) => code).filter(code => code === 'TAE510');
};

describe('an administrator who stays', () => {
  const root = 'arn:aws:iam::111122223333:root';
  const role9 = resource('aws_iam_role.glass', 'delete', { arn: role('break-glass') }, null);

  test('is one that can sign in', async () => {
    expect(await only(...breakGlass)).toEqual([]);
    expect(await only(entry('root', root), association('root', root))).toEqual(['TAE510']);
    const node = entry('break_glass', role('break-glass'), 'no-op', {}, { type: 'EC2' });
    expect(await only(node, association('break_glass', role('break-glass')))).toEqual(['TAE510']);
    expect(await only(...breakGlass, role9)).toEqual(['TAE510']);
  });
});
