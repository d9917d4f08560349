import { describe, expect, test } from '@jest/globals';
import type { PhaseId } from '../../../lib/diagnostics/index.ts';
import { verifyPlan, type PlanOptions } from '../../../lib/verifier/plan/verify-plan.ts';
import { dataOf, nodeRow, planOf, resource, role, row, type Resource, type Row } from './support/plan-json.ts';

// Both clusters of one root module are migrated. Each has a list of entries of its own, and one snapshot has them all.

const names = ['blue', 'green'] as const;
type Name = (typeof names)[number];

const clusterAdmin = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

const values = (name: Name, mode: string) => ({ name, access_config: [{ authentication_mode: mode }] });
const cluster = (name: Name, before: string, after = before): Resource =>
  resource(
    `module.${name}.aws_eks_cluster.this[0]`,
    before === after ? 'no-op' : 'update',
    values(name, before),
    values(name, after),
  );

const made = (address: string, actions: string, value: Record<string, unknown>): Resource =>
  resource(address, actions, actions === 'create' ? null : value, actions === 'delete' ? null : value);

const entry = (name: Name, key: string, groups: readonly string[], actions: string): Resource =>
  made(`module.${name}.aws_eks_access_entry.this["${key}"]`, actions, {
    cluster_name: name,
    principal_arn: role(key),
    type: 'STANDARD',
    kubernetes_groups: groups,
    user_name: key,
  });
const admin = (name: Name, key: string, actions: string): Resource =>
  made(`module.${name}.aws_eks_access_policy_association.this["${key}_cluster_admin"]`, actions, {
    cluster_name: name,
    principal_arn: role(key),
    policy_arn: clusterAdmin,
    access_scope: [{ type: 'cluster', namespaces: [] }],
  });

// Who is in both has another group in each.
const rows: Readonly<Record<Name, readonly Row[]>> = {
  blue: [row('ops', 'system:masters'), row('both', 'blue-group'), nodeRow('node')],
  green: [row('ops', 'system:masters'), row('both', 'green-group')],
};
const entries = (name: Name, actions: string): Resource[] => [
  entry(name, 'ops', [], actions),
  admin(name, 'ops', actions),
  entry(name, 'both', [`${name}-group`], actions),
];
const awsAuth = (name: Name, actions: string): Resource =>
  made(`module.auth_${name}.kubernetes_config_map_v1_data.aws_auth[0]`, actions, dataOf(rows[name]));

const nodeGroup = made('module.blue.module.eks_managed_node_group["a"].aws_eks_node_group.this[0]', 'no-op', {
  node_role_arn: role('node'),
});

const phases: Readonly<Partial<Record<PhaseId, (name: Name) => Resource[]>>> = {
  'enable-api': name => [cluster(name, 'CONFIG_MAP', 'API_AND_CONFIG_MAP'), awsAuth(name, 'no-op')],
  'add-access-entries': name => [
    cluster(name, 'API_AND_CONFIG_MAP'),
    awsAuth(name, 'no-op'),
    ...entries(name, 'create'),
  ],
  'remove-aws-auth': name => [cluster(name, 'API_AND_CONFIG_MAP'), awsAuth(name, 'delete'), ...entries(name, 'no-op')],
  'api-only': name => [cluster(name, 'API_AND_CONFIG_MAP', 'API'), ...entries(name, 'no-op')],
  'clean-up': name => [cluster(name, 'API'), ...entries(name, 'no-op')],
};
const of = (phase: PhaseId, name: Name): Resource[] => phases[phase]?.(name) ?? [];
const both = (phase: PhaseId): Resource[] => [...of(phase, 'blue'), ...of(phase, 'green'), nodeGroup];

const configuration = {
  provider_config: Object.fromEntries(
    names.map(name => [
      `kubernetes.${name}`,
      { name: 'kubernetes', alias: name, expressions: { host: { references: [`module.${name}.cluster_endpoint`] } } },
    ]),
  ),
  root_module: {
    module_calls: Object.fromEntries(
      names.map(name => [
        `auth_${name}`,
        {
          module: {
            resources: [
              { address: 'kubernetes_config_map_v1_data.aws_auth', provider_config_key: `kubernetes.${name}` },
            ],
          },
        },
      ]),
    ),
  },
};

const documents = (
  clusterName: Name,
  key: string,
  { type = 'STANDARD', groups = [] as string[], isAdmin = false } = {},
) =>
  [
    {
      accessEntry: { clusterName, principalArn: role(key), type, username: key, kubernetesGroups: groups },
    },
    {
      clusterName,
      principalArn: role(key),
      associatedAccessPolicies: isAdmin
        ? [{ policyArn: clusterAdmin, accessScope: { type: 'cluster', namespaces: [] } }]
        : [],
    },
  ]
    .map(document => JSON.stringify(document))
    .join('\n');

/** What is live beside the entries of the plan. */
const creator = (name: Name): string => documents(name, 'creator', { isAdmin: true });
const node = documents('blue', 'node', { type: 'EC2_LINUX' });
const joined = [creator('blue'), node, creator('green')].join('\n');

const judge = async (phase: PhaseId, changes: readonly Resource[], more: Partial<PlanOptions> = {}) => {
  const { diagnostics } = await verifyPlan(planOf(changes, { configuration }), { phase, ...more });
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code} ${message}`);
};

describe('with a snapshot of both', () => {
  test.each(Object.keys(phases) as PhaseId[])('the plan of %s fits', async phase => {
    expect(await judge(phase, both(phase), { existing: joined })).toEqual([]);
  });

  test.each(names)('no rows go while an entry of %s is missing', async name => {
    const [gone] = entries(name, 'no-op').slice(-1);
    const changes = both('remove-aws-auth').filter(({ address }) => address !== gone?.address);
    expect(await judge('remove-aws-auth', changes, { existing: joined })).toEqual([
      expect.stringMatching(`TAE503 .*role/both.*auth_${name}`),
    ]);
  });

  test('the entry of a node role in the other cluster is none', async () => {
    const elsewhere = documents('green', 'node', { type: 'EC2_LINUX' });
    const existing = [creator('blue'), elsewhere, creator('green')].join('\n');
    expect(await judge('remove-aws-auth', both('remove-aws-auth'), { existing })).toEqual([
      expect.stringMatching(/TAE503 .*role\/node/),
    ]);
  });

  test('an entry that is live in the other cluster is no obstacle, and one in this cluster is', async () => {
    const phase = 'add-access-entries';
    const ofGreen = documents('green', 'both', { groups: ['green-group'] });
    const changes = both(phase).filter(({ address }) => address !== 'module.green.aws_eks_access_entry.this["both"]');
    expect(await judge(phase, changes, { existing: `${joined}\n${ofGreen}` })).toEqual([]);
    expect(await judge(phase, both(phase), { existing: `${joined}\n${ofGreen}` })).toEqual([
      expect.stringMatching(/TAE505 .*module\.green/),
    ]);
  });
});

describe('with a snapshot of one', () => {
  test('the other has no administrator who stays', async () => {
    const problems = await judge('add-access-entries', both('add-access-entries'), {
      existing: `${creator('blue')}\n${node}`,
    });
    expect(problems).toEqual([
      expect.stringMatching(/TAE510 .*has no entry of green/),
      expect.stringMatching(/TAE510 .* an entry for green before this apply/),
    ]);
  });

  test('the node role of the other has no entry', async () => {
    expect(await judge('remove-aws-auth', both('remove-aws-auth'), { existing: creator('green') })).toEqual([
      expect.stringMatching(/TAE503 .*role\/node/),
    ]);
  });

  test('the other becomes API only when it has an entry', async () => {
    const changes = [...of('api-only', 'blue'), cluster('green', 'API_AND_CONFIG_MAP', 'API')];
    expect(await judge('api-only', changes, { existing: creator('blue') })).toEqual([
      expect.stringMatching(/TAE510 .*no access entry of green/),
    ]);
    expect(await judge('api-only', changes, { existing: joined })).toEqual([]);
  });
});

describe('which ConfigMap is that of which cluster', () => {
  const phase = 'add-access-entries';
  /** Entries of each as the rows of the other say, so that each fits the row of one of them. */
  const swapped = both(phase).map(change =>
    change.address.endsWith('access_entry.this["both"]')
      ? entry(
          change.address.includes('blue') ? 'blue' : 'green',
          'both',
          [change.address.includes('blue') ? 'green-group' : 'blue-group'],
          'create',
        )
      : change,
  );
  const untold = { root_module: configuration.root_module };
  const codes = async (changes: readonly Resource[], given: object, more: Partial<PlanOptions> = {}) => {
    const { diagnostics } = await verifyPlan(planOf(changes, { configuration: given }), {
      phase,
      existing: joined,
      ...more,
    });
    return diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  };

  test('counts, and not whether an entry fits a row of any', async () => {
    expect(await codes(swapped, configuration)).toEqual(['TAE516', 'TAE516']);
    // What changes in the other cluster is judged, too.
    expect(await codes(swapped, configuration, { clusterName: 'blue' })).toEqual(['TAE516', 'TAE516']);
  });

  test('is not known where the configuration does not tell', async () => {
    expect(await codes(swapped, untold)).toEqual(['TAE510', 'TAE510']);
    expect(await codes(both(phase), untold)).toEqual(['TAE510', 'TAE510']);
    expect(await codes(swapped, untold, { clusterName: 'blue' })).toEqual(['TAE510', 'TAE510']);
  });

  test('is not known where one of two has none', async () => {
    const one = both(phase).filter(({ address }) => !address.startsWith('module.auth_green'));
    expect(await codes(one, configuration)).toEqual(['TAE510']);
    expect(await codes(one, untold)).toEqual(['TAE510', 'TAE510']);
  });

  test('is what the config says', async () => {
    const config = { pair: { 'module.auth_blue': 'module.blue', 'module.auth_green': 'module.green' } };
    expect(await codes(both(phase), untold, { config })).toEqual([]);
    expect(await codes(swapped, untold, { config })).toEqual(['TAE516', 'TAE516']);
  });
});

test('a snapshot that lacks one of two clusters proves nothing of it', async () => {
  const phase = 'add-access-entries';
  const breakGlass = [entry('green', 'glass', [], 'no-op'), admin('green', 'glass', 'no-op')];
  const existing = `${creator('blue')}\n${node}`;
  expect(await judge(phase, [...both(phase), ...breakGlass], { existing })).toEqual([
    expect.stringMatching(/TAE510 .*green/),
  ]);
  expect(await judge(phase, [...both(phase), ...breakGlass], { existing: joined })).toEqual([]);
});

const renamed = (changes: readonly Resource[]): Resource[] =>
  JSON.parse(
    JSON.stringify(changes).replaceAll(/"(cluster_name|name)":"(?:blue|green)"/g, '"$1":"prod"'),
  ) as Resource[];

describe('two clusters of one name, in two regions', () => {
  const glass = names.flatMap(name => [entry(name, 'glass', [], 'no-op'), admin(name, 'glass', 'no-op')]);
  const phase = 'add-access-entries';

  test('each have the entries of their module', async () => {
    expect(await judge(phase, renamed([...both(phase), ...glass]))).toEqual([]);
    const swapped = renamed([...both(phase), ...glass]).map(change =>
      change.address === 'module.blue.aws_eks_access_entry.this["both"]'
        ? {
            ...change,
            change: {
              ...change.change,
              after: { ...(change.change['after'] as object), kubernetes_groups: ['green-group'] },
            },
          }
        : change,
    );
    expect(await judge(phase, swapped)).toEqual([expect.stringMatching(/TAE516 .*module\.blue/)]);
  });

  test('are not told apart by a snapshot', async () => {
    const existing = documents('blue', 'both', { groups: ['x'] }).replaceAll('blue', 'prod');
    expect(await judge(phase, renamed([...both(phase), ...glass]), { existing })).toEqual(
      names.map(name => expect.stringMatching(`TAE510 .*prod.*module.${name}`) as unknown),
    );
  });
});

test('a row without an entry is said with its cluster', async () => {
  const changes = both('add-access-entries').filter(
    ({ address }) => !address.startsWith('module.green.aws_eks_access'),
  );
  const glass = [entry('green', 'glass', [], 'no-op'), admin('green', 'glass', 'no-op')];
  const plan = planOf([...changes, ...glass], { configuration });
  const { diagnostics } = await verifyPlan(plan, { phase: 'add-access-entries', existing: joined });
  const said = diagnostics.filter(({ code }) => code === 'TAE514').map(({ message }) => message);
  expect(said).toEqual([
    expect.stringMatching(/role\/ops.*auth_green/),
    expect.stringMatching(/role\/both.*auth_green/),
  ]);
});

test('one of two is migrated by its name', async () => {
  const untouched = [cluster('green', 'API_AND_CONFIG_MAP'), awsAuth('green', 'no-op')];
  for (const phase of ['add-access-entries', 'api-only'] as const) {
    const changes = [...of(phase, 'blue'), nodeGroup, ...(phase === 'api-only' ? untouched.slice(0, 1) : untouched)];
    expect(await judge(phase, changes, { existing: joined, clusterName: 'blue' })).toEqual([]);
    expect(await judge(phase, changes, { existing: `${creator('blue')}\n${node}`, clusterName: 'blue' })).toEqual([]);
  }
});
