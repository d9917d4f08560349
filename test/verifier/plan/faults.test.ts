import { describe, expect, test } from '@jest/globals';
import { phaseIds, type PhaseId } from '../../../lib/diagnostics/index.ts';
import { verifyPlan, type PlanOptions } from '../../../lib/verifier/plan/verify-plan.ts';
import * as plans from './support/plan-json.ts';

const { awsAuth, cluster, entry, phasePlans, planOf, resource, role, row } = plans;
type Changes = Parameters<typeof planOf>[0];

const verdict = (phase: PhaseId, changes: Changes, options: Partial<PlanOptions> = {}) =>
  verifyPlan(planOf(changes), { phase, ...options });
const codesOf = async (...args: Parameters<typeof verdict>): Promise<string[]> =>
  (await verdict(...args)).diagnostics.map(({ code }) => code);

const of = (phase: PhaseId): Changes => phasePlans[phase] ?? [];
/** The plan of a phase with the resources of the same addresses replaced. */
const withChanges = (phase: PhaseId, ...changes: Changes): Changes => [
  ...of(phase).filter(({ address }) => !changes.some(change => change.address === address)),
  ...changes,
];

const clusterValues = { name: 'demo', access_config: [{ authentication_mode: 'API_AND_CONFIG_MAP' }] };
const clusterAddress = 'module.eks.aws_eks_cluster.this[0]';
const replaced = resource('module.eks.aws_eks_access_entry.this["dev"]', 'delete/create', ...both(role('dev')));
function both(principal: string): [Record<string, unknown>, Record<string, unknown>] {
  const values = { cluster_name: 'demo', principal_arn: principal, type: 'STANDARD' };
  return [values, { ...values, type: 'EC2_LINUX' }];
}
const roleValues = { arn: role('dev'), name: 'dev' };

const unchanged = (values: Record<string, unknown>): [Record<string, unknown>, Record<string, unknown>] => [
  values,
  values,
];

const liveNodes = (...names: string[]): string =>
  names
    .map(name => JSON.stringify({ accessEntry: { clusterName: 'demo', principalArn: role(name), type: 'EC2_LINUX' } }))
    .join('\n');

const liveAdmin = (scope: string): string =>
  [
    { accessEntry: { clusterName: 'demo', principalArn: role('creator'), type: 'STANDARD' } },
    {
      clusterName: 'demo',
      principalArn: role('creator'),
      associatedAccessPolicies: [
        {
          policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
          accessScope: { type: scope, namespaces: [] },
        },
      ],
    },
  ]
    .map(document => JSON.stringify(document))
    .join('\n');

const scoped = (type: string): Changes => [
  entry('break_glass', role('break-glass')),
  resource(
    'aws_eks_access_policy_association.x',
    'no-op',
    ...unchanged({
      cluster_name: 'demo',
      principal_arn: role('break-glass'),
      policy_arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
      access_scope: [{ type, namespaces: ['a'] }],
    }),
  ),
];

/** Failures whatever the phase: code, and what is changed in its plan. */
const faults: readonly (readonly [name: string, code: string, change: (phase: PhaseId) => Changes])[] = [
  ['the cluster is destroyed', 'TAE501', p => withChanges(p, resource(clusterAddress, 'delete', clusterValues, null))],
  [
    'the cluster is replaced',
    'TAE501',
    p => withChanges(p, resource(clusterAddress, 'create/delete', clusterValues, clusterValues)),
  ],
  ['the mode goes back', 'TAE502', p => withChanges(p, cluster('API', 'API_AND_CONFIG_MAP'))],
  ['the mode skips a step', 'TAE502', p => withChanges(p, cluster('CONFIG_MAP', 'API'))],
  [
    'aws-auth goes while somebody has no entry',
    'TAE503',
    // In mode API it has been ignored, whatever its rows.
    p =>
      withChanges(
        p,
        awsAuth([row('ops', 'system:masters'), row('late', 'x')], 'delete'),
        ...(p === 'clean-up' || p === 'upgrade-to-v21' ? [cluster('API_AND_CONFIG_MAP')] : []),
      ),
  ],
  ['an entry is replaced', 'TAE504', p => withChanges(p, replaced)],
  [
    'an entry gets another key',
    'TAE504',
    p => withChanges(p, entry('dev', role('dev'), 'delete'), entry('developers', role('dev'), 'create')),
  ],
  [
    'an old object of an entry is destroyed beside the new one',
    'TAE504',
    p => [...withChanges(p, entry('dev', role('dev'))), entry('dev', role('dev'), 'delete', { deposed: 'a1b2c3d4' })],
  ],
  [
    'an entry is created beside one in the state',
    'TAE505',
    p => [...withChanges(p, entry('dev', role('dev'))), entry('again', role('dev'), 'create')],
  ],
  [
    'two entries are created for one principal',
    'TAE505',
    p => [...of(p), entry('a', role('twice'), 'create'), entry('b', role('twice'), 'create')],
  ],
  [
    'an entry is taken out of the state and created again',
    'TAE505',
    p => [
      ...withChanges(p, entry('dev', role('dev'), 'create')),
      resource('aws_eks_access_entry.old', 'forget', both(role('dev'))[0], null),
    ],
  ],
  [
    'a role is replaced and its entry is not',
    'TAE506',
    p => [
      ...withChanges(p, entry('dev', role('dev'))),
      resource('aws_iam_role.dev', 'delete/create', roleValues, { name: 'dev' }),
    ],
  ],
  [
    'a role is destroyed and made again at another address',
    'TAE506',
    p => [
      ...withChanges(p, entry('dev', role('dev'))),
      resource('aws_iam_role.dev', 'delete', roleValues, null),
      resource('module.iam.aws_iam_role.dev', 'create', null, { name: 'dev' }, { unknown: { arn: true } }),
    ],
  ],
];

describe.each(faults)('%s', (_name, code, change) => {
  test.each(phaseIds)('in phase %s', async phase => {
    const { fits, diagnostics } = await verdict(phase, change(phase), { acceptUnverified: true });
    expect(diagnostics.map(own => own.code)).toContain(code);
    expect(fits).toBe(false);
  });
});

describe('aws-auth goes', () => {
  test('a principal is found by its name, whatever its path and the case of its row', async () => {
    const pathed = entry('ops', 'arn:aws:iam::111122223333:role/team/a/ops', 'no-op');
    const rows = [{ ...row('OPS', 'system:masters') }, row('dev', 'developers')];
    expect(await codesOf('remove-aws-auth', withChanges('remove-aws-auth', pathed, awsAuth(rows, 'delete')))).toEqual(
      [],
    );
  });

  test('a row whose role has a path grants nothing, and is not missed', async () => {
    const dead = [row('team/ops', 'system:masters'), row('dev', 'developers')];
    expect(await codesOf('remove-aws-auth', withChanges('remove-aws-auth', awsAuth(dead, 'delete')))).toEqual([]);
  });

  // Source: kubernetes-sigs/aws-iam-authenticator, pkg/arn/arn.go (Canonicalize): nobody calls by such an ARN.
  test('a row that matches nobody has nothing to keep', async () => {
    const session = { ...row('x'), rolearn: 'arn:aws:sts::111122223333:assumed-role/x/me' };
    const group = { ...row('x'), rolearn: 'arn:aws:iam::111122223333:group/x' };
    const dead = [row('dev', 'developers'), session, group, { ...row('x'), rolearn: 'x' }];
    expect(await codesOf('remove-aws-auth', withChanges('remove-aws-auth', awsAuth(dead, 'delete')))).toEqual([]);
    const added = withChanges('add-access-entries', awsAuth([...plans.rowsBefore, ...dead]));
    expect(await codesOf('add-access-entries', added)).toEqual([]);
  });

  test('an entry that goes in the same plan does not count', async () => {
    const changes = withChanges('remove-aws-auth', entry('dev', role('dev'), 'delete'));
    expect(await codesOf('remove-aws-auth', changes)).toEqual(expect.arrayContaining(['TAE503', 'TAE508']));
  });

  test('the entry of a node group is made by EKS: warned about, or proven by the snapshot, or missing there', async () => {
    expect(await codesOf('remove-aws-auth', of('remove-aws-auth'))).toEqual(['TAE512']);
    expect(await codesOf('remove-aws-auth', of('remove-aws-auth'), { existing: liveNodes('node') })).toEqual([]);
    expect(await codesOf('remove-aws-auth', of('remove-aws-auth'), { existing: liveNodes('other') })).toEqual([
      'TAE503',
    ]);
  });

  // The type of an entry says whom it lets in. Source: EKS user guide, creating-access-entries.
  const session = { ...plans.nodeRow('node'), username: 'system:node:{{SessionName}}' };
  const fargate = { ...session, groups: [...session.groups, 'system:node-proxier'] };
  const windows = { ...plans.nodeRow('node'), groups: [...session.groups, 'eks:kube-proxy-windows'] };
  test.each([
    ['EC2 nodes', plans.nodeRow('node'), 'EC2_LINUX', []],
    ['EC2 nodes', plans.nodeRow('node'), 'EC2_WINDOWS', []],
    ['Windows nodes', windows, 'EC2_WINDOWS', []],
    ['hybrid nodes', session, 'HYBRID_LINUX', []],
    ['nodes called by their instance', session, 'EC2', []],
    ['Fargate', fargate, 'FARGATE_LINUX', []],
    ['EC2 nodes', plans.nodeRow('node'), 'STANDARD', ['TAE503']],
    ['EC2 nodes', plans.nodeRow('node'), 'HYBRID_LINUX', ['TAE503']],
    ['Windows nodes', windows, 'EC2_LINUX', ['TAE503']],
    ['hybrid nodes', session, 'EC2_LINUX', ['TAE503']],
    ['Fargate', fargate, 'HYBRID_LINUX', ['TAE503']],
    ['a person', row('node', 'developers'), 'STANDARD', []],
    ['a person', row('node', 'developers'), 'EC2_LINUX', ['TAE503']],
    ['EC2 nodes', plans.nodeRow('node'), 'HYPERPOD_LINUX', ['TAE510']],
  ])('the row of %s goes beside a live entry of another kind or of its own: %#', async (_who, gone, type, codes) => {
    const accessEntry = { clusterName: 'demo', principalArn: role('node'), type };
    const existing = JSON.stringify({ accessEntry });
    const changes = withChanges('remove-aws-auth', awsAuth([gone], 'delete'));
    expect(await codesOf('remove-aws-auth', changes, { existing })).toEqual(codes);
  });

  test('the entry of another kind may be that of the plan, and is named with what it lacks', async () => {
    const changes = withChanges(
      'remove-aws-auth',
      awsAuth([plans.nodeRow('dev')], 'delete'),
      entry('dev', role('dev'), 'no-op', {}, { kubernetes_groups: ['developers'] }),
    );
    const { diagnostics } = await verdict('remove-aws-auth', changes);
    const [found] = diagnostics.filter(({ code }) => code === 'TAE503');
    expect(found?.message).toContain(
      'its entry (module.eks.aws_eks_access_entry.this["dev"]), of type STANDARD, lacks the username system:node:{{EC2PrivateDNSName}}',
    );
  });

  test('a node row that no node group of the plan explains loses access', async () => {
    const rows = [plans.nodeRow('karpenter')];
    expect(await codesOf('remove-aws-auth', withChanges('remove-aws-auth', awsAuth(rows, 'delete')))).toEqual([
      'TAE503',
    ]);
  });

  test('accounts lose access, whoever is in them', async () => {
    const gone = resource(plans.awsAuthAddress, 'delete', plans.dataOf([], ['012345678901']), null);
    const { diagnostics } = await verdict('remove-aws-auth', withChanges('remove-aws-auth', gone));
    expect(diagnostics.map(({ code }) => code)).toEqual(['TAE513']);
    expect(diagnostics[0]?.message).toContain('012345678901');
  });

  test('nobody loses access by an account whose id has not 12 digits', async () => {
    const gone = resource(plans.awsAuthAddress, 'delete', plans.dataOf([], ['12345']), null);
    expect(await codesOf('remove-aws-auth', withChanges('remove-aws-auth', gone))).toEqual([]);
  });

  test('mode API ignores the rows that stay', async () => {
    const changes = [...of('api-only'), awsAuth([row('late', 'x')])];
    expect(await codesOf('api-only', changes)).toEqual(['TAE503', 'TAE509']);
  });

  test('rows that the plan does not have are not taken for none', async () => {
    const manifest = resource(
      'kubectl_manifest.aws_auth',
      'delete',
      { name: 'aws-auth', namespace: 'kube-system', kind: 'ConfigMap' },
      null,
    );
    const changes = withChanges('remove-aws-auth', awsAuth([], 'delete'), manifest);
    expect(await codesOf('remove-aws-auth', changes)).toEqual(['TAE510']);
    expect(await codesOf('remove-aws-auth', changes, { acceptUnverified: true })).toEqual(['TAE511']);
  });
});

describe('phase 2 has an administrator outside of it', () => {
  const without = of('add-access-entries').filter(({ address }) => !address.includes('break_glass'));
  test.each([
    ['nobody', without, {}, ['TAE510']],
    ['nobody, accepted', without, { acceptUnverified: true }, ['TAE511']],
    ['one in the state', [...without, ...scoped('cluster')], {}, []],
    ['one in the state, for a namespace', [...without, ...scoped('namespace')], {}, ['TAE510']],
    ['one in the snapshot', without, { existing: liveAdmin('cluster') }, []],
    ['one in the snapshot, for a namespace', without, { existing: liveAdmin('namespace') }, ['TAE510']],
  ] as const)('%s', async (_name, changes, options, codes) => {
    expect(await codesOf('add-access-entries', changes, options)).toEqual(codes);
  });

  test('an entry in the snapshot is not created a second time', async () => {
    const creator = [entry('creator', role('creator'), 'create'), awsAuth([...plans.rowsBefore, row('creator')])];
    expect(
      await codesOf('add-access-entries', withChanges('add-access-entries', ...creator), {
        existing: liveAdmin('cluster'),
      }),
    ).toEqual(['TAE505']);
  });
});

test('of a killed apply the entries that are live are imported, and their associations may come anew', async () => {
  const phase = 'add-access-entries';
  const existing = liveNodes('dev');
  const again = await verdict(phase, of(phase), { existing });
  expect(again.diagnostics.map(({ code, hint }) => [code, hint?.includes('import-blocks')])).toEqual([
    ['TAE505', true],
  ]);
  const importing = { id: `demo:${role('dev')}` };
  const imported = entry('dev', role('dev'), 'no-op', { importing }, { kubernetes_groups: ['developers'] });
  expect(await codesOf(phase, withChanges(phase, imported), { existing })).toEqual([]);
});

test('what is looked up by the cluster is listed, and --strict says why it changes', async () => {
  const phase = 'api-only';
  const late: Changes = [
    resource(
      'module.eks.aws_eks_addon.this["vpc-cni"]',
      'update',
      { addon_version: 'v1' },
      {},
      { unknown: { addon_version: true } },
    ),
    resource(
      'module.eks.aws_iam_openid_connect_provider.oidc_provider[0]',
      'update',
      { thumbprint_list: ['a'] },
      {},
      { unknown: { thumbprint_list: true } },
    ),
  ];
  const listed = await verdict(phase, [...of(phase), ...late]);
  expect([listed.fits, listed.diagnostics.length]).toEqual([true, 0]);
  expect(listed.changes.filter(({ verdict: said }) => said === 'other')).toHaveLength(2);
  const strict = await verdict(phase, [...of(phase), ...late], { strict: true });
  expect(strict.diagnostics.map(({ code }) => code)).toEqual(['TAE508', 'TAE508']);
  expect(strict.diagnostics.map(({ message }) => message)).toEqual([
    expect.stringContaining('without addon_version in the source'),
    expect.stringContaining('its thumbprint is read'),
  ]);
});

test('a row without an entry after phase 2 is warned about', async () => {
  const rows = [...plans.rowsBefore, row('late', 'x')];
  const { fits, diagnostics } = await verdict('add-access-entries', withChanges('add-access-entries', awsAuth(rows)));
  expect([fits, diagnostics.map(({ code, severity }) => [code, severity])]).toEqual([true, [['TAE514', 'warning']]]);
  // An entry that is live only is in neither.
  expect(diagnostics[0]?.message).toContain('the plan and its state have no entry for it');
  expect(diagnostics[0]?.hint).toContain('--existing');
});

test('of two clusters the rows need an entry in each, unless they are beside one', async () => {
  const second = {
    ...cluster('API_AND_CONFIG_MAP'),
    address: 'module.b.aws_eks_cluster.this[0]',
    module_address: 'module.b',
  };
  const other = {
    ...second,
    change: { ...second.change, before: { ...clusterValues, name: 'b' }, after: { ...clusterValues, name: 'b' } },
  };
  const gone = awsAuth([row('dev', 'developers')], 'delete');
  expect(await codesOf('remove-aws-auth', [...withChanges('remove-aws-auth', gone), other])).toEqual(['TAE510']);
  const inline = {
    ...gone,
    address: 'module.eks.kubernetes_config_map_v1_data.aws_auth[0]',
    module_address: 'module.eks',
  };
  const rest = of('remove-aws-auth').filter(({ address }) => address !== gone.address);
  expect(await codesOf('remove-aws-auth', [...rest, inline, other])).toEqual([]);
});

/** The codes that fail the plan. */
const judge = async (phase: PhaseId, changes: Changes, more: Partial<PlanOptions>): Promise<readonly string[]> => {
  const { diagnostics } = await verifyPlan(planOf(changes), { phase, ...more });
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
};

describe('of two clusters of which one is migrated', () => {
  const other = {
    ...cluster('API_AND_CONFIG_MAP'),
    address: 'module.b.aws_eks_cluster.this[0]',
    module_address: 'module.b',
    change: {
      actions: ['no-op'],
      before: { ...clusterValues, name: 'b' },
      after: { ...clusterValues, name: 'b' },
    },
  };
  test('the mode of the other one does not count, once the one is named', async () => {
    const changes = [...of('api-only'), other];
    expect(await judge('api-only', changes, {})).toEqual(['TAE509']);
    expect(await judge('api-only', changes, { clusterName: 'demo' })).toEqual([]);
    expect(await judge('api-only', changes, { clusterName: 'b' })).toContain('TAE509');
  });

  test('a name that none has is refused, since nothing would be judged', async () => {
    expect(await judge('api-only', [...of('api-only'), other], { clusterName: 'eks' })).toEqual(['TAE125']);
  });

  test('what would be done to the other one fails the plan, named or not', async () => {
    const destroyed = { ...other, change: { actions: ['delete'], before: other.change.before, after: null } };
    expect(await judge('api-only', [...of('api-only'), destroyed], { clusterName: 'demo' })).toContain('TAE501');
  });

  test('the entries of the other one prove nothing about a row', async () => {
    const principal = role('dev');
    const live = JSON.stringify({ accessEntry: { clusterName: 'b', principalArn: principal, type: 'STANDARD' } });
    const gone = awsAuth([row('dev', 'developers')], 'delete');
    const without = withChanges('remove-aws-auth', gone).filter(
      ({ change }) => (change['after'] as { principal_arn?: string } | null)?.principal_arn !== principal,
    );
    const changes = [...without, other];
    expect(await judge('remove-aws-auth', changes, { existing: live, clusterName: 'demo' })).toContain('TAE503');
  });
});

const configuration = (host: object, more: readonly object[] = []): object => ({
  provider_config: { 'kubernetes.x': { name: 'kubernetes', alias: 'x', expressions: { host } } },
  root_module: {
    resources: more,
    module_calls: {
      aws_auth: {
        module: {
          resources: [{ address: 'kubernetes_config_map_v1_data.aws_auth', provider_config_key: 'kubernetes.x' }],
        },
      },
    },
  },
});

describe('of two clusters the provider block tells whose rows a ConfigMap has', () => {
  const second = resource('module.b.aws_eks_cluster.this[0]', 'no-op', ...unchanged({ ...clusterValues, name: 'b' }));
  const gone = awsAuth([row('dev', 'developers')], 'delete');
  const data = {
    address: 'data.aws_eks_cluster.x',
    expressions: { name: { references: ['module.eks.cluster_name'] } },
  };
  const named = { address: 'data.aws_eks_cluster.x', expressions: { name: { constant_value: 'demo' } } };
  const ofData = { references: ['data.aws_eks_cluster.x.endpoint', 'data.aws_eks_cluster.x'] };

  // The entry of dev is of the cluster of module.eks. Where it is not told whose rows go, the plan does not show that dev keeps access.
  test.each([
    [
      'an output of the call that has the entry',
      configuration({ references: ['module.eks.cluster_endpoint', 'module.eks'] }),
      [],
    ],
    ['a data source of its name', configuration(ofData, [data]), []],
    ['a data source of a literal name', configuration(ofData, [named]), []],
    [
      'an output of the other call',
      configuration({ references: ['module.b.cluster_endpoint', 'module.b'] }),
      ['TAE503'],
    ],
    ['a local', configuration({ references: ['local.host'] }), ['TAE510']],
    [
      'outputs of both',
      configuration({ references: ['module.eks.cluster_endpoint', 'module.b.cluster_endpoint'] }),
      ['TAE510'],
    ],
    [
      'a data source of a name that is elsewhere',
      configuration(ofData, [{ ...named, expressions: { name: { constant_value: 'c' } } }]),
      ['TAE510'],
    ],
    ['nothing', {}, ['TAE510']],
  ])('%s', async (_what, config, codes) => {
    const plan = planOf([...withChanges('remove-aws-auth', gone), second], { configuration: config });
    const { diagnostics } = await verifyPlan(plan, { phase: 'remove-aws-auth' });
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(codes);
  });
});

describe('who has nothing to lose', () => {
  const gone = awsAuth([row('dev', 'developers'), row('left', 'viewers')], 'delete');
  const drop = { drop: [{ principal: role('left'), reason: 'the role is gone' }] };

  test('is who the config drops, and nobody else', async () => {
    const changes = withChanges('remove-aws-auth', gone);
    expect(await codesOf('remove-aws-auth', changes)).toEqual(['TAE503']);
    expect(await codesOf('remove-aws-auth', changes, { config: drop })).toEqual([]);
    const other = { drop: [{ principal: role('someone'), reason: 'x' }] };
    expect(await codesOf('remove-aws-auth', changes, { config: other })).toEqual(['TAE503']);
  });

  test('is everybody in a mode that ignores aws-auth', async () => {
    const inApi = withChanges('remove-aws-auth', gone, cluster('API'));
    expect(await codesOf('remove-aws-auth', inApi)).toEqual([]);
    // The mode that the apply brings has not been in force before it.
    const becoming = withChanges('api-only', gone, cluster('API_AND_CONFIG_MAP', 'API'));
    expect(await codesOf('api-only', becoming)).toContain('TAE503');
  });
});

describe('what is known after the apply only is never taken for fine', () => {
  const unknown = { unknown: { principal_arn: true } };
  const values = { cluster_name: 'demo', type: 'STANDARD' };
  test.each([
    [
      'a principal',
      'add-access-entries',
      resource('aws_eks_access_entry.x', 'create', null, values, unknown),
      ['TAE510'],
    ],
    [
      'the mode',
      'enable-api',
      resource(clusterAddress, 'update', clusterValues, { name: 'demo' }, { unknown: { access_config: true } }),
      ['TAE510', 'TAE508'],
    ],
    [
      'the rows of aws-auth',
      'split-aws-auth',
      resource(
        plans.awsAuthAddress,
        'update',
        plans.dataOf([row('dev', 'x')]),
        { metadata: [{ name: 'aws-auth', namespace: 'kube-system' }] },
        { unknown: { data: true } },
      ),
      ['TAE510', 'TAE508'],
    ],
  ] as const)('%s', async (_name, phase, change, codes) => {
    expect(await codesOf(phase, withChanges(phase, change))).toEqual(codes);
  });
});

test('an entry that is replaced since its principal is not known says so, and what settles it', async () => {
  const [before] = both(role('dev'));
  const { principal_arn: _known, ...after } = before;
  const change = resource(replaced.address, 'delete/create', before, after, { unknown: { principal_arn: true } });
  const { diagnostics } = await verdict('clean-up', withChanges('clean-up', change), { acceptUnverified: true });
  const [first, ...others] = diagnostics.map(({ code, message, hint }) => [code, message, hint]);
  expect(first).toEqual([
    'TAE504',
    expect.stringMatching(/since its principal is known after the apply only/),
    expect.stringMatching(/depends_on.*sso_path/),
  ]);
  // Once is enough.
  expect(others.map(([code]) => code)).toEqual(['TAE508']);
});

test('a plan without the cluster does not tell the mode', async () => {
  const changes = of('remove-aws-auth').filter(({ type }) => type !== 'aws_eks_cluster');
  expect(await codesOf('remove-aws-auth', changes)).toEqual(['TAE512', 'TAE510']);
  expect(await codesOf('remove-aws-auth', changes, { acceptUnverified: true })).toEqual(['TAE512', 'TAE511']);
});

test('actions that this tool does not know are not expected', async () => {
  const odd = awsAuth([row('dev', 'developers')], 'abandon');
  expect(await codesOf('remove-aws-auth', withChanges('remove-aws-auth', odd))).toContain('TAE508');
});

test('what is sensitive decides, and is not shown', async () => {
  const secret = 'arn:aws:iam::111122223333:role/secret-sauce';
  const hidden = { sensitive: { principal_arn: true } };
  const changes = [
    ...of('remove-aws-auth').filter(({ address }) => address !== plans.awsAuthAddress),
    awsAuth([row('secret-sauce', 'x')], 'delete', { sensitive: { data: true } }),
    entry('a', secret, 'delete', hidden),
    entry('b', secret, 'create', hidden),
  ];
  const result = await verdict('remove-aws-auth', changes);
  expect(result.diagnostics.map(({ code }) => code)).toContain('TAE504');
  expect(JSON.stringify(result)).not.toContain('secret-sauce');
  const lost = await verdict('remove-aws-auth', changes.slice(0, -2));
  expect(lost.diagnostics.map(({ code }) => code)).toEqual(['TAE503']);
  expect(JSON.stringify(lost)).not.toContain('secret-sauce');
});

test('of thousands of entries the two of one principal are found', async () => {
  const many = Array.from({ length: 8000 }, (_, index) => entry(`e${index}`, role(`r${index}`), 'create'));
  const more = withChanges('add-access-entries', ...many, entry('again', role('R7999'), 'create'));
  const { diagnostics } = await verdict('add-access-entries', more);
  const found = diagnostics.filter(({ code }) => code === 'TAE505');
  expect(found.map(({ message }) => message)).toEqual([expect.stringContaining('["again"]')]);
});

// main.tf of the eks module: its associations depend on all its entries. A resource beside it waits for its own entry alone.
test.each([
  ['module.eks.aws_eks_access_entry.this["again"]', true],
  ['aws_eks_access_entry.again', false],
  ['module.eks.module.self_managed_node_group["a"].aws_eks_access_entry.this[0]', false],
])('what else fails with a second entry at %s', async (address, isModule) => {
  const second = { ...entry('again', role('dev'), 'create'), address };
  const changes = [...withChanges('add-access-entries', entry('dev', role('dev'))), second];
  const { diagnostics } = await verdict('add-access-entries', changes);
  const [found] = diagnostics.filter(({ code }) => code === 'TAE505');
  expect([found?.message.includes('no policy'), found?.hint?.includes('access_entries')]).toEqual([isModule, isModule]);
});
