import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../lib/diagnostics/index.ts';
import { readSnapshot } from '../../lib/parser/entries/read-snapshot.ts';
import { partOf } from '../../lib/parser/entries/snapshot.ts';

const file = 'entries.json';
const dev = 'arn:aws:iam::012345678901:role/team/dev';
const node = 'arn:aws:iam::012345678901:role/node';
const viewPolicy = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';

const entry = (principalArn: string, more: object = {}): object => ({
  accessEntry: {
    clusterName: 'demo',
    principalArn,
    kubernetesGroups: [],
    accessEntryArn: 'arn:aws:eks:eu-central-1:012345678901:access-entry/demo/role/012345678901/x/1',
    createdAt: '2025-01-01T00:00:00+00:00',
    modifiedAt: 1735689600.123,
    tags: {},
    username: 'x',
    type: 'STANDARD',
    ...more,
  },
});

const policies = (principalArn: string, associatedAccessPolicies: object[], more: object = {}): object => ({
  associatedAccessPolicies,
  clusterName: 'demo',
  principalArn,
  ...more,
});

const view = {
  policyArn: viewPolicy,
  accessScope: { type: 'namespace', namespaces: ['a', 'b'] },
  associatedAt: '2025-01-01T00:00:00+00:00',
};

const read = (...documents: object[]) => readSnapshot(file, documents.map(each => JSON.stringify(each)).join('\n'));

const refused = (text: string): string => {
  try {
    readSnapshot(file, text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [{ code, message, range } = { code: '', message: '', range: undefined }] = error.diagnostics;
    expect([error.diagnostics.length, code]).toEqual([1, 'TAE010']);
    expect(range?.file).toBe(file);
    return message.replace('entries.json is no snapshot of access entries: ', '');
  }
  return 'not refused';
};

describe('documents of the AWS CLI', () => {
  const expected = {
    file,
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
  };
  const devEntry = entry(dev, { username: 'dev', kubernetesGroups: ['devs'] });
  const nodeEntry = entry(node, { type: 'EC2_LINUX', kubernetesGroups: ['system:nodes'] });

  test('in any order', () => {
    expect(read(devEntry, policies(dev, [view]), nodeEntry, policies(node, []))).toEqual(expected);
    expect(read(policies(node, []), policies(dev, [view]), devEntry, nodeEntry)).toEqual(expected);
  });

  test('pretty printed, on one line each, without anything between, in a list', () => {
    const documents = [devEntry, policies(dev, [view]), nodeEntry, policies(node, [])];
    const texts = documents.map(each => JSON.stringify(each));
    expect(readSnapshot(file, documents.map(each => JSON.stringify(each, null, 4)).join('\n\n'))).toEqual(expected);
    expect(readSnapshot(file, texts.join('\r\n'))).toEqual(expected);
    expect(readSnapshot(file, texts.join(''))).toEqual(expected);
    expect(readSnapshot(file, `[${texts.join()}]\n`)).toEqual(expected);
  });

  test('an entry without its associations has unknown policies', () => {
    const [first, second] = read(devEntry, nodeEntry, policies(node, [])).entries;
    expect(first).not.toHaveProperty('policies');
    expect(second?.policies).toEqual([]);
  });

  test('of two clusters of one name they are refused', () => {
    const arn = 'arn:aws:eks:us-east-1:999999999999:access-entry/demo/role/999999999999/x/1';
    const text = [devEntry, entry(node, { accessEntryArn: arn })].map(each => JSON.stringify(each)).join('\n');
    expect(refused(text)).toContain('it holds entries of two clusters named demo');
  });

  test('the same document twice counts once', () => {
    expect(read(devEntry, devEntry, policies(dev, [view]), policies(dev, [view])).entries).toHaveLength(1);
  });

  test('an entry of a node type has no groups to speak of', () => {
    const { entries } = read(entry(node, { type: 'EC2_LINUX', kubernetesGroups: null, username: null }));
    expect(entries[0]).toEqual({ clusterName: 'demo', principalArn: node, type: 'EC2_LINUX', groups: [] });
  });
});

/** An entry and its policy in the state of a cluster. */
const heldBy = (name: string, namespaces: readonly string[]): object[] => [
  resource('aws_eks_access_entry', { cluster_name: name, principal_arn: dev, type: 'STANDARD' }),
  resource('aws_eks_access_policy_association', {
    cluster_name: name,
    principal_arn: dev,
    policy_arn: viewPolicy,
    access_scope: [{ type: 'namespace', namespaces }],
  }),
];

describe('documents of two clusters', () => {
  const other = { clusterName: 'other' };
  const all = [
    entry(dev, { kubernetesGroups: ['a'] }),
    policies(dev, [view]),
    entry(dev, { kubernetesGroups: ['b'], ...other }),
    policies(dev, [], other),
    entry(node, other),
  ];

  test('one principal may have another entry in each', () => {
    const groups = read(...all).entries.map(({ clusterName, principalArn, groups: held, policies: of }) => [
      clusterName,
      principalArn,
      held,
      of?.length,
    ]);
    expect(groups).toEqual([
      ['demo', dev, ['a'], 1],
      ['other', dev, ['b'], 0],
      ['other', node, [], undefined],
    ]);
  });

  test('and so it may in a state', () => {
    const { entries } = readSnapshot(file, state({ resources: [...heldBy('demo', ['a']), ...heldBy('other', ['b'])] }));
    expect(entries.map(({ clusterName, policies: held }) => [clusterName, held?.map(one => one.namespaces)])).toEqual([
      ['demo', [['a']]],
      ['other', [['b']]],
    ]);
  });

  test('each is asked for by its name', () => {
    const snapshot = read(...all);
    const principals = (name: string | undefined, isOnly: boolean) =>
      partOf(snapshot, name, isOnly)?.entries.map(({ principalArn }) => principalArn);
    expect(principals('demo', true)).toEqual([dev]);
    expect(principals('other', false)).toEqual([dev, node]);
    expect(principals('third', true)).toBeUndefined();
    expect(principals(undefined, true)).toBeUndefined();
  });

  test('those of one are of the only cluster in question, unless the names differ', () => {
    const snapshot = read(entry(dev));
    expect(partOf(snapshot, undefined, true)?.entries).toHaveLength(1);
    expect(partOf(snapshot, undefined, false)).toBeUndefined();
    expect(partOf(snapshot, 'other', true)).toBeUndefined();
  });
});

const resource = (type: string, values: object, mode = 'managed') => ({ address: `${type}.x`, mode, type, values });

const state = (root_module: object): string =>
  JSON.stringify({ format_version: '1.0', terraform_version: '1.11.4', values: { root_module } });

describe('a Terraform state', () => {
  const stateEntry = resource('aws_eks_access_entry', {
    cluster_name: 'demo',
    principal_arn: dev,
    kubernetes_groups: ['devs'],
    type: 'STANDARD',
    user_name: 'dev',
  });
  const association = resource('aws_eks_access_policy_association', {
    cluster_name: 'demo',
    principal_arn: dev,
    policy_arn: viewPolicy,
    access_scope: [{ type: 'namespace', namespaces: ['a', 'b'] }],
  });

  test('has them at any depth', () => {
    const text = state({
      resources: [resource('aws_eks_cluster', { name: 'demo' })],
      child_modules: [
        { address: 'module.eks', resources: [stateEntry], child_modules: [{ resources: [association, association] }] },
      ],
    });
    const policy = { policyArn: viewPolicy, scope: 'namespace', namespaces: ['a', 'b'] };
    expect(readSnapshot(file, text).entries).toEqual([
      {
        clusterName: 'demo',
        principalArn: dev,
        type: 'STANDARD',
        username: 'dev',
        groups: ['devs'],
        policies: [policy, policy],
      },
    ]);
  });

  test('does not know the associations made elsewhere', () => {
    expect(readSnapshot(file, state({ resources: [stateEntry] })).entries[0]).not.toHaveProperty('policies');
  });

  test('beside documents of the AWS CLI says where Terraform has what, and they say what is live', () => {
    const managed = [
      { address: 'aws_eks_access_entry.x', clusterName: 'demo', principalArn: dev },
      {
        address: 'aws_eks_access_policy_association.x',
        clusterName: 'demo',
        principalArn: dev,
        policyArn: viewPolicy,
      },
    ];
    const known = state({ resources: [stateEntry, association] });
    const live = text(entry(node), policies(node, []));
    for (const both of [`${known}\n${live}`, `${live}\n${known}`]) {
      const snapshot = readSnapshot(file, both);
      expect(snapshot.entries.map(({ principalArn }) => principalArn)).toEqual([node]);
      expect(snapshot.managed).toEqual(managed);
      expect(snapshot).not.toHaveProperty('stateOnly');
    }
    expect(readSnapshot(file, known)).toMatchObject({ managed, stateOnly: true });
    for (const empty of [state({ resources: [] }), '{"format_version":"1.0"}'])
      expect(readSnapshot(file, `${live}\n${empty}`).managed).toEqual([]);
    expect(readSnapshot(file, live)).not.toHaveProperty('managed');
  });

  test.each([
    [state({ resources: [] }), 'the state holds no aws_eks_access_entry.'],
    [state({ resources: [{ ...stateEntry, mode: 'data' }] }), 'the state holds no aws_eks_access_entry.'],
    [state({ resources: [{ ...stateEntry, values: {} }] }), 'an aws_eks_access_entry has no principal_arn or no type.'],
    [
      state({ resources: [stateEntry, { ...association, values: { principal_arn: dev } }] }),
      'an aws_eks_access_policy_association has no principal_arn, no policy_arn or no access_scope.',
    ],
    ['{"format_version":"1.0"}', 'the state holds no aws_eks_access_entry.'],
    [
      '{"format_version":"1.0","provider_schemas":{}}',
      'a document is neither an access entry, nor a list of associated policies, nor a Terraform state.',
    ],
    ['{"format_version":"1.2","planned_values":{},"values":{}}', 'it is a plan, and a plan is not what is live.'],
  ])('is refused (%#)', (text, reason) => {
    expect(refused(text)).toBe(reason);
  });
});

const text = (...documents: object[]): string => documents.map(each => JSON.stringify(each)).join('\n');

describe('anything else is refused', () => {
  test.each([
    ['', 'it is empty.'],
    [' \n', 'it is empty.'],
    ['[]', 'it is empty.'],
    [text(entry(dev)).slice(0, -20), '"," or "}" is expected and the text ends.'],
    ['An error occurred (AccessDenied)', 'a word stands without double quotes.'],
    ['accessEntry:\n  type: STANDARD', 'a word stands without double quotes.'],
    ['"x"', 'a document is no object.'],
    ['[[]]', 'a document is no object.'],
    ['null', 'a document is no object.'],
    [text({ accessEntries: [dev] }), 'the output of list-access-entries has neither types nor groups.'],
    [
      text({ accessEntry: { principalArn: dev } }),
      'an access entry has no principalArn, no type, or kubernetesGroups that are no list of strings.',
    ],
    [
      text(entry(dev, { kubernetesGroups: [1] })),
      'an access entry has no principalArn, no type, or kubernetesGroups that are no list of strings.',
    ],
    [
      text(entry(dev), policies(dev, [{ policyArn: viewPolicy }])),
      `an associated policy of ${dev} has no policyArn or no accessScope.`,
    ],
    [
      text(entry(dev), policies(dev, [{ ...view, accessScope: { type: 'pod' } }])),
      `an associated policy of ${dev} has no policyArn or no accessScope.`,
    ],
    [text({ associatedAccessPolicies: [] }), 'a list of associated policies has no principalArn.'],
    [
      text(entry(dev), policies(dev, [view], { NextToken: 'x' })),
      'a list of associated policies is one page of several; leave --max-items and --no-paginate out.',
    ],
    [text(policies(dev, [view])), `it has the associated policies of ${dev} and not its entry.`],
    [
      text(entry(dev), policies(dev, [], { clusterName: 'other' })),
      `it has the associated policies of ${dev} and not its entry.`,
    ],
    [
      text(entry(dev), entry(dev, { clusterName: 'other' }), entry(node, { clusterName: undefined })),
      `it holds entries of demo and other, and does not say of which ${node} is one.`,
    ],
    [
      text(entry(dev), entry(node, { clusterName: 'other' }), entry(node, { clusterName: 'other', username: 'y' })),
      `it says two different things about ${node} in the cluster other.`,
    ],
    [text(entry(dev), entry(dev, { username: 'y' })), `it says two different things about ${dev}.`],
    [text(entry(dev), policies(dev, []), policies(dev, [view])), `it says two different things about ${dev}.`],
  ])('%#', (source, reason) => {
    expect(refused(source)).toBe(reason);
  });
});
