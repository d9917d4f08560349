/** Builds plans as `terraform show -json` prints them, cut down to what is read. */
export type Resource = {
  readonly address: string;
  readonly type: string;
  readonly [field: string]: unknown;
  readonly change: Readonly<Record<string, unknown>>;
};

type Values = Readonly<Record<string, unknown>>;
type More = Partial<Record<'previous_address' | 'deposed' | 'module_address' | 'mode', string>> & {
  readonly unknown?: unknown;
  readonly sensitive?: unknown;
  readonly importing?: unknown;
};

export const resource = (
  address: string,
  actions: string,
  before: Values | null,
  after: Values | null,
  more: More = {},
): Resource => {
  const { unknown = {}, sensitive = {}, importing, ...fields } = more;
  const [, module, type = '', name = ''] = /^((?:module\.[^.]+\.)*)(?:data\.)?(\w+)\.(\w+)/.exec(address) ?? [];
  return {
    address,
    ...(module === undefined || module === '' ? {} : { module_address: module.slice(0, -1) }),
    mode: 'managed',
    type,
    name,
    change: {
      actions: actions.split('/'),
      before,
      after,
      after_unknown: unknown,
      before_sensitive: sensitive,
      after_sensitive: sensitive,
      ...(importing === undefined ? {} : { importing }),
    },
    ...fields,
  };
};

/** `create`, `delete` and `no-op` of a resource with these values. */
const simple = (address: string, actions: string, values: Values, more?: More): Resource =>
  resource(address, actions, actions === 'create' ? null : values, actions === 'delete' ? null : values, more);

const clusterValues = (mode: string): Values => ({
  name: 'demo',
  version: '1.33',
  access_config: [{ authentication_mode: mode }],
});

export const cluster = (before: string, after = before, more: Values = {}): Resource => {
  const actions = before === after && Object.keys(more).length === 0 ? 'no-op' : 'update';
  const now = { ...clusterValues(after), ...more };
  return resource('module.eks.aws_eks_cluster.this[0]', actions, clusterValues(before), now);
};

export const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;

/** `values` in place of those of a person without groups. */
export const entry = (key: string, principal: string, actions = 'no-op', more?: More, values: Values = {}): Resource =>
  simple(
    `module.eks.aws_eks_access_entry.this["${key}"]`,
    actions,
    {
      cluster_name: 'demo',
      principal_arn: principal,
      type: 'STANDARD',
      kubernetes_groups: [],
      user_name: key,
      ...values,
    },
    more,
  );

export const association = (
  key: string,
  principal: string,
  actions = 'no-op',
  policy = 'AmazonEKSClusterAdminPolicy',
  scope: Values = { type: 'cluster', namespaces: [] },
): Resource =>
  simple(`module.eks.aws_eks_access_policy_association.this["${key}_${policy}"]`, actions, {
    cluster_name: 'demo',
    principal_arn: principal,
    policy_arn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
    access_scope: [scope],
  });

export type Row = { readonly rolearn: string; readonly username: string; readonly groups: readonly string[] };
export const row = (name: string, ...groups: readonly string[]): Row => ({
  rolearn: role(name),
  username: name,
  groups,
});
export const nodeRow = (name: string): Row => ({
  rolearn: role(name),
  username: 'system:node:{{EC2PrivateDNSName}}',
  groups: ['system:bootstrappers', 'system:nodes'],
});

export const dataOf = (rows: readonly Row[], accounts: readonly string[] = []): Values => ({
  metadata: [{ name: 'aws-auth', namespace: 'kube-system' }],
  data: {
    mapRoles: JSON.stringify(rows),
    ...(accounts.length === 0 ? {} : { mapAccounts: JSON.stringify(accounts) }),
  },
});

export const awsAuthAddress = 'module.aws_auth.kubernetes_config_map_v1_data.aws_auth[0]';
export const awsAuth = (rows: readonly Row[], actions = 'no-op', more?: More): Resource =>
  simple(awsAuthAddress, actions, dataOf(rows), more);

const nodeGroup = (name: string): Resource =>
  simple('module.eks.module.eks_managed_node_group["a"].aws_eks_node_group.this[0]', 'no-op', {
    node_role_arn: role(name),
  });

type Json = Readonly<Record<string, unknown>>;

/** A plan with the state and the planned values that go with its changes; `more` overrides. */
export const planOf = (changes: readonly Resource[], more: Json = {}): string => {
  const state = (side: 'before' | 'after'): Json => {
    const resources = changes
      .filter(({ change }) => change[side] !== null)
      .map(({ address, previous_address: previous, mode, type, change }) => ({
        address: side === 'before' ? (previous ?? address) : address,
        mode,
        type,
        values: change[side],
      }));
    return { root_module: { child_modules: [{ address: 'module.any', resources }] } };
  };
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: state('after'),
    resource_changes: changes,
    prior_state: { format_version: '1.0', values: state('before') },
    configuration: { root_module: {} },
    complete: true,
    errored: false,
    ...more,
  });
};

const breakGlass = [entry('break_glass', role('break-glass')), association('break_glass', role('break-glass'))];
/** The rows of aws-auth until phase 3. */
export const rowsBefore = [row('ops', 'system:masters'), row('dev', 'developers'), nodeRow('node')];
const entries = (actions: string): Resource[] => [
  entry('ops', role('ops'), actions),
  association('ops', role('ops'), actions),
  entry('dev', role('dev'), actions, {}, { kubernetes_groups: ['developers'] }),
];

/** What each phase plans for one module: a managed node group, an administrator and a group. */
export const phasePlans: Readonly<Record<string, readonly Resource[]>> = {
  'split-aws-auth': [
    cluster('CONFIG_MAP'),
    awsAuth(rowsBefore, 'no-op', { previous_address: 'module.eks.kubernetes_config_map_v1_data.aws_auth[0]' }),
    nodeGroup('node'),
  ],
  'enable-api': [cluster('CONFIG_MAP', 'API_AND_CONFIG_MAP'), awsAuth(rowsBefore), nodeGroup('node')],
  'add-access-entries': [
    cluster('API_AND_CONFIG_MAP'),
    awsAuth(rowsBefore),
    ...breakGlass,
    ...entries('create'),
    nodeGroup('node'),
  ],
  'remove-aws-auth': [
    cluster('API_AND_CONFIG_MAP'),
    awsAuth(rowsBefore, 'delete'),
    ...breakGlass,
    ...entries('no-op'),
    nodeGroup('node'),
  ],
  'api-only': [cluster('API_AND_CONFIG_MAP', 'API'), ...breakGlass, ...entries('no-op'), nodeGroup('node')],
  'clean-up': [cluster('API'), ...breakGlass, ...entries('no-op'), nodeGroup('node')],
  'per-environment': [cluster('CONFIG_MAP'), awsAuth(rowsBefore), nodeGroup('node')],
  'upgrade-to-v21': [cluster('API', 'API', { tags: {} }), ...breakGlass, ...entries('no-op'), nodeGroup('node')],
};
