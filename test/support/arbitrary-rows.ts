import fc from 'fast-check';

/** A row as a person may have written it. */
export type RowSpec = {
  readonly list: 'roles' | 'users';
  readonly arn: string;
  /** HCL in place of the ARN. */
  readonly source?: string;
  readonly username?: string;
  /** A string stands for the mistake of writing one. */
  readonly groups: readonly string[] | string;
  readonly extraKey: boolean;
  readonly above: readonly string[];
  readonly beside?: string;
  readonly style: 'aligned' | 'one-line' | 'quoted' | 'colon' | 'ragged';
};

const account = '111122223333';
const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`;

/** Few principals, so that they meet again in another case or list. */
const arn = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom('admins', 'Admins', 'viewers', 'deploy-prod', 'deploy_prod', '2fa').map(role),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('AWSReservedSSO_Admin_8f3b1c2d4e5f6a7b', 'AWSReservedSSO_Dev_0123456789abcdef')
      .map(role),
  },
  { weight: 2, arbitrary: fc.constantFrom('cluster_creator', 'a', 'b', 'ops+on.call@x=,y').map(role) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('user/alice', 'user/Alice', 'user/teams/bob')
      .map(name => `arn:aws:iam::${account}:${name}`),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('aws-cn', 'aws-us-gov')
      .map(partition => `arn:${partition}:iam::${account}:role/${partition}-admins`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      role('teams/etl'),
      role('admins').replace('1111', '4444'),
      role('AWSServiceRoleForBatch'),
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(`arn:aws:iam::${account}:root`, 'admins', `arn:aws:iam::1234:role/x`) },
  { weight: 1, arbitrary: fc.constant(`arn:aws:sts::${account}:assumed-role/admins/alice`) },
);

const group = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('system:masters', 'viewers', 'deployers', 'team:a', 'system') },
  { weight: 1, arbitrary: fc.constantFrom('system:authenticated', 'system:monitoring', 'eks:tools', 'System:Masters') },
  { weight: 1, arbitrary: fc.constantFrom('team-{{SessionName}}', 'grüppe "x"', 'a\\b', '${x}', '%{y}') },
);

const nodeGroups = fc.constantFrom(
  ['system:bootstrappers', 'system:nodes'],
  ['system:nodes', 'system:bootstrappers', 'eks:kube-proxy-windows'],
  ['system:bootstrappers', 'system:nodes', 'system:node-proxier'],
  ['system:bootstrappers', 'system:nodes', 'viewers'],
);

const username = fc.constantFrom(
  'admins',
  'ops',
  'ops',
  'cluster_creator',
  'sso:{{SessionName}}',
  '{{SessionName}}',
  'system:admin',
  'sts:x',
  'raw:{{SessionNameRaw}}',
  'u:{{AccountID}}',
  'ünï "quoted"',
  '${literal}',
  'ops@example.com',
);

const comment = fc.constantFrom('# the owner', '// on call: Zoë', '# {curly} [brackets] "quotes"', '/* block */', '#');

const style = fc.constantFrom<RowSpec['style']>('aligned', 'one-line', 'quoted', 'colon', 'ragged');

const common = {
  list: fc.constantFrom<RowSpec['list']>('roles', 'roles', 'users'),
  arn,
  extraKey: fc.integer({ min: 0, max: 19 }).map(n => n === 0),
  above: fc.array(comment, { maxLength: 2 }),
  style,
};

const withBeside = <T extends object>(record: fc.Arbitrary<T>): fc.Arbitrary<T & { beside?: string }> =>
  fc
    .tuple(record, fc.option(fc.constantFrom('# beside', '// beside too'), { nil: undefined }))
    .map(([row, beside]) => ({
      ...row,
      ...(beside === undefined ? {} : { beside }),
    }));

const person: fc.Arbitrary<RowSpec> = withBeside(
  fc.record(
    {
      ...common,
      username,
      groups: fc.oneof({ weight: 15, arbitrary: fc.array(group, { maxLength: 3 }) }, { weight: 1, arbitrary: group }),
    },
    { requiredKeys: ['list', 'arn', 'groups', 'extraKey', 'above', 'style'] },
  ),
);

const node: fc.Arbitrary<RowSpec> = withBeside(
  fc.record({
    ...common,
    username: fc.constantFrom('system:node:{{EC2PrivateDNSName}}', 'system:node:{{SessionName}}', 'someone'),
    groups: nodeGroups,
  }),
);

export const row: fc.Arbitrary<RowSpec> = fc.oneof({ weight: 6, arbitrary: person }, { weight: 1, arbitrary: node });

export const rows = (maxLength: number): fc.Arbitrary<readonly RowSpec[]> => fc.array(row, { minLength: 1, maxLength });
