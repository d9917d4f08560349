import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../lib/diagnostics/index.ts';
import { readSnapshot } from '../../lib/parser/entries/read-snapshot.ts';

// The lines are those of `terraform query -json`. Source of their form: hashicorp/terraform, internal/command/query_test.go and
// internal/command/views/json/query.go; of what is in an object: the arguments of the two resources of the AWS provider.
const dev = 'arn:aws:iam::012345678901:role/team/dev';
const node = 'arn:aws:iam::012345678901:role/node';
const viewPolicy = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';

type Line = Readonly<Record<string, unknown>>;

const line = (type: string, body: object): Line => ({
  '@level': 'info',
  '@message': `${type}: ...`,
  '@module': 'terraform.ui',
  '@timestamp': '2026-11-01T09:00:00.000000Z',
  type,
  [type]: body,
});

const version: Line = { ...line('version', {}), version: undefined, terraform: '1.15.5', ui: '1.2' };

const entryObject = (principal_arn: string, more: object = {}): object => ({
  access_entry_arn: 'arn:aws:eks:eu-central-1:012345678901:access-entry/demo/role/012345678901/x/1',
  cluster_name: 'demo',
  created_at: '2025-01-01T00:00:00Z',
  id: `demo:${principal_arn}`,
  kubernetes_groups: [],
  principal_arn,
  region: 'eu-central-1',
  tags: null,
  tags_all: {},
  type: 'STANDARD',
  user_name: 'x',
  ...more,
});

const found = (address: string, resource_type: string, resource_object: object | undefined): Line =>
  line('list_resource_found', {
    address,
    display_name: 'x',
    identity: { cluster_name: 'demo' },
    identity_version: 0,
    resource_type,
    resource_object,
  });

const list = (address: string, type: string, config: object, objects: readonly (object | undefined)[]): Line[] => [
  line('list_start', { address, resource_type: type, input_config: config }),
  ...objects.map(object => found(address, type, object)),
  line('list_complete', { address, resource_type: type, total: objects.length }),
];

const entries = (objects: readonly (object | undefined)[], config: object = {}): Line[] =>
  list(
    'list.aws_eks_access_entry.all',
    'aws_eks_access_entry',
    { associated_policy_arn: null, cluster_name: 'demo', region: null, ...config },
    objects,
  );

const associations = (principal_arn: string, policies: readonly object[]): Line[] =>
  list(
    `list.aws_eks_access_policy_association.all["${principal_arn}"]`,
    'aws_eks_access_policy_association',
    { cluster_name: 'demo', principal_arn, region: null },
    policies.map(policy => ({ cluster_name: 'demo', principal_arn, ...policy })),
  );

const view = { policy_arn: viewPolicy, access_scope: [{ type: 'namespace', namespaces: ['a', 'b'] }] };

const textOf = (lines: readonly object[]): string => lines.map(each => JSON.stringify(each)).join('\n');

const refused = (lines: readonly object[]): string => {
  try {
    readSnapshot('query.json', textOf(lines));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [{ code, message } = { code: '', message: '' }] = error.diagnostics;
    expect(code).toBe('TAE010');
    return message.replace('query.json is no snapshot of access entries: ', '');
  }
  return 'not refused';
};

describe('terraform query -json', () => {
  test('has the live entries and their policies', () => {
    const lines = [
      version,
      ...entries([
        entryObject(dev, { kubernetes_groups: ['devs'], user_name: 'dev' }),
        entryObject(node, { type: 'EC2_LINUX', kubernetes_groups: ['system:nodes'] }),
      ]),
      ...associations(dev, [view]),
      ...associations(node, []),
    ];
    expect(readSnapshot('query.json', textOf(lines))).toEqual({
      file: 'query.json',
      entries: [
        {
          clusterName: 'demo',
          principalArn: dev,
          type: 'STANDARD',
          username: 'dev',
          groups: ['devs'],
          policies: [{ policyArn: viewPolicy, scope: 'namespace', namespaces: ['a', 'b'] }],
        },
        {
          clusterName: 'demo',
          principalArn: node,
          type: 'EC2_LINUX',
          username: 'x',
          groups: ['system:nodes'],
          policies: [],
        },
      ],
    });
  });

  test('lines of several lists may be mixed', () => {
    const [start, first, end] = associations(dev, [view]) as [Line, Line, Line];
    const [otherStart, otherEnd] = associations(node, []) as [Line, Line];
    const lines = [...entries([entryObject(dev), entryObject(node)]), start, otherStart, first, otherEnd, end];
    const policies = readSnapshot('query.json', textOf(lines)).entries.map(entry => entry.policies?.length);
    expect(policies).toEqual([1, 0]);
  });

  test('without its associations, what policies an entry has is not known', () => {
    const [entry] = readSnapshot('query.json', textOf(entries([entryObject(dev)]))).entries;
    expect(entry && 'policies' in entry).toBe(false);
  });

  test('the outputs of two clusters stand one after the other, at the same addresses', () => {
    const other = textOf([version, ...entries([entryObject(dev)])]).replaceAll('"demo"', '"other"');
    const text = `${textOf([version, ...entries([entryObject(dev)])])}\n${other}`;
    expect(readSnapshot('query.json', text).entries.map(({ clusterName }) => clusterName)).toEqual(['demo', 'other']);
  });

  test('a state beside it says what Terraform has', () => {
    const state = { format_version: '1.0', terraform_version: '1.15.5', values: { root_module: { resources: [] } } };
    const {
      entries: live,
      managed,
      stateOnly,
    } = readSnapshot('query.json', textOf([...entries([entryObject(dev)]), state]));
    expect([live.length, managed, stateOnly]).toEqual([1, [], undefined]);
  });
});

describe('what proves nothing is refused', () => {
  test('names without the objects', () => {
    expect(refused(entries([undefined]))).toContain('set include_resource = true');
  });

  test('a list that is cut off', () => {
    const lines = entries([entryObject(dev), entryObject(node)]);
    expect(refused(lines.slice(0, -1))).toContain('the query is cut off: list.aws_eks_access_entry.all');
    expect(refused(lines.toSpliced(2, 1))).toContain('the query is cut off');
  });

  test('a list that ends at the limit of a list block', () => {
    const objects = Array.from({ length: 100 }, (_none, index) => entryObject(`${dev}${index}`));
    expect(refused(entries(objects))).toContain('set its limit to more');
    expect(refused(entries(objects.slice(1)))).toBe('not refused');
  });

  test('the entries of one policy alone', () => {
    expect(refused(entries([entryObject(dev)], { associated_policy_arn: viewPolicy }))).toContain(
      'leave associated_policy_arn out',
    );
  });

  test('a query that failed', () => {
    const lines = [
      ...entries([entryObject(dev)]),
      {
        ...line('diagnostic', { severity: 'error', summary: 'AccessDeniedException', detail: '' }),
        '@level': 'error',
      },
    ];
    expect(refused(lines)).toContain('the query failed: AccessDeniedException');
  });

  test('a query of other resources', () => {
    expect(refused([version, ...associations(dev, [view])])).toContain('the query lists no aws_eks_access_entry');
    expect(refused([version])).toContain('the query lists no aws_eks_access_entry');
  });

  test('associations without their entry', () => {
    expect(refused([...entries([entryObject(node)]), ...associations(dev, [view])])).toContain('and not its entry');
  });

  test('two clusters of one name, in two regions', () => {
    const other = { access_entry_arn: 'arn:aws:eks:us-east-1:012345678901:access-entry/demo/role/012345678901/x/1' };
    expect(refused(entries([entryObject(dev), entryObject(node, other)]))).toContain(
      'two clusters named demo, one in eu-central-1 in the account 012345678901 and one in us-east-1',
    );
  });

  test('a later list of the same cluster with other entries', () => {
    const both = [...entries([entryObject(dev), entryObject(node)]), version, ...entries([entryObject(node)])];
    expect(refused(both)).toContain('it lists the entries of demo twice, and not the same ones');
    expect(refused([...entries([entryObject(node)]), version, ...entries([entryObject(node)])])).toBe('not refused');
  });
});
