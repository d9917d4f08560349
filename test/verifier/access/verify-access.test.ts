import { describe, expect, test } from '@jest/globals';
import type { Config } from '../../../lib/config/config.ts';
import { verifyAccess } from '../../../lib/verifier/access/verify-access.ts';
import { bindings, bindingsBy, configMap, role, rolesMap, snapshot, user } from './support/inputs.ts';

type Found = { readonly keeps: boolean; readonly verdicts: Record<string, string>; readonly codes: readonly string[] };

const found = async (awsAuth: string, existing: string, rbac?: string): Promise<Found> => {
  const result = await verifyAccess(awsAuth, existing, rbac === undefined ? {} : { rbac });
  return {
    keeps: result.keepsAccess,
    verdicts: Object.fromEntries(
      result.principals.map(({ principal, verdict }) => [principal.split('/').at(-1) ?? '', verdict]),
    ),
    codes: result.diagnostics.map(({ code }) => code),
  };
};

const ann = (group: string): string => snapshot({ arn: user('ann'), username: 'ann', groups: [group] });

const ops = { arn: role('ops'), username: 'ops', groups: ['system:masters'] };
const dev = { arn: role('dev'), username: 'dev', groups: ['developers'] };
const opsEntry = { arn: role('ops'), username: 'ops', policies: ['ClusterAdmin'] };
const devEntry = { arn: role('dev'), username: 'dev', groups: ['developers'] };

describe('who keeps what they have', () => {
  test.each([
    ['system:masters is the admin policy for the whole cluster', [ops], [opsEntry]],
    ['a group stays a group', [dev], [devEntry]],
    ['the path is in the entry alone', [dev], [{ ...devEntry, arn: role('team/a/dev') }]],
    ['the case of a role does not matter', [{ ...dev, arn: role('DEV') }], [devEntry]],
    ['system:authenticated is for everybody', [{ ...dev, groups: ['developers', 'system:authenticated'] }], [devEntry]],
    ['an administrator needs no reserved group', [{ ...ops, groups: ['system:masters', 'system:nodes'] }], [opsEntry]],
    [
      'a username without one in the entry is the session',
      [{ ...dev, username: 'arn:aws:sts::111122223333:assumed-role/dev/{{SessionName}}' }],
      [{ ...devEntry, username: undefined }],
    ],
    [
      '{{AccountID}} is filled in',
      [{ ...dev, username: '{{AccountID}}-dev' }],
      [{ ...devEntry, username: '111122223333-dev' }],
    ],
    ['a node is a node', [node('system:node:{{EC2PrivateDNSName}}')], [{ arn: role('node'), type: 'EC2_LINUX' }]],
    [
      'a Windows node',
      [node('system:node:{{EC2PrivateDNSName}}', 'eks:kube-proxy-windows')],
      [{ arn: role('node'), type: 'EC2_WINDOWS' }],
    ],
    [
      'a Fargate profile',
      [node('system:node:{{SessionName}}', 'system:node-proxier')],
      [{ arn: role('node'), type: 'FARGATE_LINUX' }],
    ],
    [
      'a node of Auto Mode',
      [node('system:node:{{SessionName}}')],
      [{ arn: role('node'), type: 'EC2', policies: ['AutoNode'] }],
    ],
    [
      'a node that is named by its instance id',
      [node('system:node:{{SessionName}}')],
      [{ arn: role('node'), type: 'EC2' }],
    ],
    ['the last row of a role counts', [{ ...dev, groups: ['old'] }, dev], [devEntry]],
  ] as const)('%s', async (_name, rows, entries) => {
    const { keeps, verdicts, codes } = await found(rolesMap(...rows), snapshot(...entries));
    expect([keeps, Object.values(verdicts), codes]).toEqual([true, ['keeps'], []]);
  });
});

function node(username: string, ...more: readonly string[]): { arn: string; username: string; groups: string[] } {
  return { arn: role('node'), username, groups: ['system:bootstrappers', 'system:nodes', ...more] };
}

describe('who loses access', () => {
  test.each([
    ['without an entry', [dev], [opsEntry], 'loses access, the username dev, the group developers'],
    [
      'an administrator whose policy is for a namespace',
      [ops],
      [{ ...opsEntry, policies: ['ClusterAdmin:team'] }],
      'loses cluster-admin',
    ],
    ['an administrator without a policy', [ops], [{ ...opsEntry, policies: [] }], 'loses cluster-admin'],
    [
      'a type that takes no policy, with one beside it',
      [ops],
      [{ arn: role('ops'), type: 'EC2_LINUX', policies: ['ClusterAdmin'] }],
      'loses the username ops, cluster-admin',
    ],
    ['a group', [dev], [{ ...devEntry, groups: [] }], 'loses the group developers'],
    [
      'a username, which a binding may be for',
      [dev],
      [{ ...devEntry, username: 'developer' }],
      'loses the username dev',
    ],
    [
      'a Windows node with an entry for Linux',
      [node('system:node:{{EC2PrivateDNSName}}', 'eks:kube-proxy-windows')],
      [{ arn: role('node'), type: 'EC2_LINUX' }],
      'loses the group eks:kube-proxy-windows',
    ],
    [
      'a Fargate profile with an entry for EC2',
      [node('system:node:{{SessionName}}')],
      [{ arn: role('node'), type: 'EC2_LINUX' }],
      'loses the username system:node:{{SessionName}}',
    ],
    [
      'a node that is named by its DNS name, with an entry for instance ids',
      [node('system:node:{{EC2PrivateDNSName}}')],
      [{ arn: role('node'), type: 'EC2', policies: ['AutoNode'] }],
      'loses the username system:node:{{EC2PrivateDNSName}}',
    ],
    [
      'a node with an entry of an administrator',
      [node('system:node:{{EC2PrivateDNSName}}')],
      [{ arn: role('node'), policies: ['ClusterAdmin'] }],
      'loses the username system:node:{{EC2PrivateDNSName}}, the group system:nodes',
    ],
    [
      'a node with an entry for HyperPod',
      [node('system:node:{{EC2PrivateDNSName}}')],
      [{ arn: role('node'), type: 'HYPERPOD_LINUX' }],
      'it is not documented that one of type HYPERPOD_LINUX grants it',
    ],
    [
      'a group that each session fills in, and no entry does',
      [{ ...dev, groups: ['of:{{SessionName}}'] }],
      [{ ...devEntry, groups: ['of:{{SessionName}}'] }],
      'loses the group of:{{SessionName}}: its entry counts in place of aws-auth',
    ],
    [
      'the spelling of the row in force',
      [{ ...dev, arn: role('Dev') }, dev],
      [opsEntry],
      `${role('dev')} loses access`,
    ],
    [
      'the name of another account',
      [{ ...dev, arn: 'arn:aws:iam::444455556666:role/dev' }],
      [devEntry],
      'arn:aws:iam::444455556666:role/dev loses access',
    ],
    [
      'a user whose path the entry lacks',
      [{ ...dev, arn: user('x/ann') }],
      [{ ...devEntry, arn: user('ann') }],
      `${user('x/ann')} loses access`,
    ],
  ] as const)('%s', async (_name, rows, entries, message) => {
    const { keepsAccess, diagnostics } = await verifyAccess(rolesMap(...rows), snapshot(...entries));
    const said = diagnostics.filter(({ code }) => code === 'TAE601').map(one => one.message);
    expect([keepsAccess, said]).toEqual([false, [expect.stringContaining(message)]]);
  });

  test.each([
    ['people', {}],
    ['nodes of another kind', { type: 'FARGATE_LINUX' }],
  ] as const)('an entry of %s for nodes is to be made again: its type stays', async (_name, entry) => {
    const rows = rolesMap(node('system:node:{{EC2PrivateDNSName}}'));
    const { diagnostics } = await verifyAccess(rows, snapshot({ arn: role('node'), ...entry }));
    expect(diagnostics.find(({ code }) => code === 'TAE601')?.hint).toContain('type of its nodes');
  });

  test('what two groups become is said once', async () => {
    const rows = rolesMap({ ...dev, groups: ['a', 'b'] });
    const entries = snapshot({ ...devEntry, groups: [] });
    const config = { groups: { a: { group: 'c' }, b: { group: 'c' } } };
    const { diagnostics } = await verifyAccess(rows, entries, { config });
    expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('loses the group c:')]);
  });

  test('an administrator whose policies the snapshot does not have', async () => {
    const { keeps, codes } = await found(rolesMap(ops), snapshot({ ...opsEntry, policies: null }));
    expect([keeps, codes]).toEqual([false, ['TAE608']]);
  });

  test('everybody of an account', async () => {
    const { keepsAccess, diagnostics } = await verifyAccess(
      configMap({ mapAccounts: '- 012345678901' }),
      snapshot(opsEntry),
    );
    expect(keepsAccess).toBe(false);
    expect(diagnostics.map(({ code, message }) => [code, message])).toContainEqual([
      'TAE604',
      expect.stringContaining('account 012345678901'),
    ]);
  });

  test('nobody is of an account whose id has not 12 digits', async () => {
    const { keepsAccess, diagnostics } = await verifyAccess(configMap({ mapAccounts: '- 12345' }), snapshot(opsEntry));
    expect(keepsAccess).toBe(true);
    expect(diagnostics.map(({ code, message }) => [code, message])).toContainEqual([
      'TAE606',
      expect.stringContaining('12345'),
    ]);
  });

  test('the roles list counts before the users list, for users, too', async () => {
    const data = {
      mapUsers: JSON.stringify([{ userarn: user('ann'), username: 'ann', groups: ['a'] }]),
      mapRoles: JSON.stringify([{ rolearn: user('ann'), username: 'ann', groups: ['b'] }]),
    };
    expect((await found(configMap(data), ann('b'))).verdicts).toEqual({ ann: 'keeps' });
    expect((await found(configMap(data), ann('a'))).verdicts).toEqual({ ann: 'changes' });
  });

  test('users that differ by case are a matter of chance, so the entry needs what all of them grant', async () => {
    const rows = [
      { userarn: user('Ann'), username: 'ann', groups: ['a'] },
      { userarn: user('ann'), username: 'ann', groups: ['b'] },
    ];
    const text = configMap({ mapUsers: JSON.stringify(rows) });
    expect(await found(text, snapshot({ arn: user('ann'), username: 'ann', groups: ['a', 'b'] }))).toMatchObject({
      keeps: true,
      codes: ['TAE607'],
    });
    expect(await found(text, snapshot({ arn: user('ann'), username: 'ann', groups: ['b'] }))).toMatchObject({
      keeps: false,
      codes: ['TAE601', 'TAE607'],
    });
  });

  test.each([
    ['a pattern for roles, of which the authenticator has none', role('dev-*')],
    ['an account of thirteen digits', 'arn:aws:iam::1111222233334:role/dev'],
    ['an account of eleven digits', 'arn:aws:iam::11112222333:role/dev'],
    ['no account', 'arn:aws:iam:::user/dev'],
  ])('%s is nobody’s access', async (_name, arn) => {
    expect(await found(rolesMap({ ...dev, arn }), snapshot(opsEntry))).toEqual({
      keeps: true,
      verdicts: { ops: 'gains' },
      codes: ['TAE603', 'TAE606'],
    });
  });
});

const beforeOf = async (userarn: string, username: string, ...groups: string[]) => {
  const mapUsers = JSON.stringify([{ userarn, username, groups }]);
  const { principals, diagnostics } = await verifyAccess(configMap({ mapUsers }), snapshot(opsEntry));
  const before = principals.find(({ principal }) => principal === userarn)?.before;
  return [before && [before.username, ...before.groups], diagnostics.map(({ code }) => code)];
};

test('an administrator among nodes whose entry is of a node loses, and gains no group of the row', async () => {
  const rows = rolesMap(node('system:node:{{EC2PrivateDNSName}}', 'system:masters'));
  const { codes, verdicts } = await found(rows, snapshot({ arn: role('node'), type: 'EC2_LINUX' }));
  expect([codes, verdicts]).toEqual([['TAE601'], { node: 'loses' }]);
});

// system:masters may do everything, so that no policy adds to it: kubernetes documentation, RBAC, user-facing roles (cluster-admin).
test.each([['View'], ['Admin:team'], ['ClusterAdmin:team']])(
  'an administrator whose entry has but %s loses, and gains nothing by that',
  async policy => {
    const { keeps, codes, verdicts } = await found(rolesMap(ops), snapshot({ ...opsEntry, policies: [policy] }));
    expect([keeps, codes, verdicts]).toEqual([false, ['TAE601'], { ops: 'loses' }]);
  },
);

describe('what is a warning', () => {
  test('a name that is empty, which no binding can have', async () => {
    const text = configMap({
      mapRoles: `- {rolearn: ${role('dev')}, username: 012345678901, groups: [yes, developers]}`,
    });
    const { keepsAccess, diagnostics } = await verifyAccess(text, snapshot(devEntry));
    expect([keepsAccess, diagnostics.map(({ code }) => code)]).toEqual([true, ['TAE602', 'TAE606', 'TAE606']]);
    expect(diagnostics[0]?.message).toContain('the username "" (no binding can name it)');
  });

  test('an administrator who loses a group or gets another username', async () => {
    const rows = rolesMap({ ...ops, groups: ['system:masters', 'x'] });
    const { keeps, codes, verdicts } = await found(rows, snapshot({ ...opsEntry, username: 'other' }));
    expect([keeps, codes, verdicts]).toEqual([true, ['TAE602'], { ops: 'changes' }]);
  });

  test('who has more by the entry', async () => {
    const more = snapshot({ ...devEntry, policies: ['View:team'] }, { arn: role('new'), policies: ['ClusterAdmin'] });
    const { keepsAccess, diagnostics } = await verifyAccess(rolesMap(dev), more);
    expect([keepsAccess, diagnostics.map(({ code }) => code)]).toEqual([true, ['TAE603', 'TAE603']]);
    expect(diagnostics[0]?.message).toContain('AmazonEKSViewPolicy in team');
    expect(diagnostics[1]?.message).toContain('with cluster-admin, and no row');
  });

  test('a row that grants nothing, whose entry does', async () => {
    const { keeps, codes, verdicts } = await found(
      rolesMap({ ...dev, arn: role('team/dev') }),
      snapshot({ ...devEntry, arn: role('team/dev') }),
    );
    expect([keeps, codes, verdicts]).toEqual([true, ['TAE603', 'TAE606'], { dev: 'gains' }]);
  });

  const [root, federated] = ['arn:aws:iam::111122223333:root', 'arn:aws:sts::111122223333:federated-user/ann'];

  test.each([user('ann'), root])('%s has no session, so what asks for one is empty', async principal => {
    expect(await beforeOf(principal, 'a:{{SessionName}}', '{{SessionNameRaw}}', '{{AccountID}}')).toEqual([
      ['a:', '', '111122223333'],
      ['TAE601', 'TAE603'],
    ]);
  });

  test.each([user('ann'), root, federated])(
    '%s is no instance, so what asks for its name lets nobody in',
    async arn => {
      expect(await beforeOf(arn, 'ann', 'a', '{{EC2PrivateDNSName}}')).toEqual([null, ['TAE603', 'TAE606']]);
      expect(await beforeOf(arn, 'system:node:{{EC2PrivateDNSName}}')).toEqual([null, ['TAE603', 'TAE606']]);
    },
  );

  test('a caller of a partition that the authenticator does not know has nothing', async () => {
    const moon = 'arn:aws-moon:iam::111122223333:role/dev';
    const text = configMap({ mapUsers: JSON.stringify([{ userarn: moon, username: 'dev' }]) });
    const { principals } = await verifyAccess(text, snapshot({ ...devEntry, arn: moon }));
    expect(principals.map(({ before }) => before)).toEqual([null]);
  });

  test('the root of an account has no access by an entry', async () => {
    expect(await found(rolesMap(dev), snapshot(devEntry, { arn: root, policies: ['ClusterAdmin'] }))).toMatchObject({
      codes: [],
    });
  });
});

// EKS takes arn:<partition>:eks::aws:cluster-access-policy/<name> alone. Source: docs.aws.amazon.com/eks/latest/userguide/access-policies.html
test.each([
  'arn:aws:iam::111122223333:policy/AmazonEKSClusterAdminPolicy',
  'arn:aws:iam::aws:policy/AmazonEKSClusterAdminPolicy',
  'arn:aws:eks::123456789012:cluster-access-policy/AmazonEKSClusterAdminPolicy',
  'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
  'AmazonEKSClusterAdminPolicy',
])('%s proves no access', async policyArn => {
  const entries = snapshot(opsEntry).replace(
    'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
    policyArn,
  );
  expect(await found(rolesMap(ops), entries)).toMatchObject({ keeps: false, verdicts: { ops: 'loses' } });
});

describe('a list that is not in force is never passed over', () => {
  test.each([
    ['a quote without its end', { mapRoles: `- rolearn: "${role('dev')}` }],
    ['another case', { maproles: `- rolearn: ${role('dev')}` }],
    ['a mapping', { mapRoles: `rolearn: ${role('dev')}` }],
    ['an unquoted template', { mapRoles: `- rolearn: ${role('dev')}\n  username: {{SessionName}}` }],
  ])('%s', async (_name, data) => {
    const { keeps, codes, verdicts } = await found(configMap(data), snapshot(devEntry));
    expect([keeps, codes, verdicts]).toEqual([false, ['TAE605', 'TAE603'], { dev: 'gains' }]);
  });
});

describe('with the bindings', () => {
  const nobody = bindings();
  const forDev = bindings({ kind: 'Group', name: 'developers' }, { kind: 'User', name: 'team:ann' });

  test.each([
    ['a group that is bound', [dev], [{ ...devEntry, groups: [] }], forDev, false],
    ['a group that is not', [dev], [{ ...devEntry, groups: [] }], nobody, true],
    [
      'a username that is bound, by a template',
      [{ ...dev, username: 'team:{{SessionName}}' }],
      [devEntry],
      forDev,
      false,
    ],
    ['a username that is not', [{ ...dev, username: 'other:{{SessionName}}' }], [devEntry], forDev, true],
    ['no entry, with something bound', [dev], [opsEntry], forDev, false],
    ['no entry, with nothing bound', [dev], [opsEntry], nobody, true],
    ['no entry of an administrator', [ops], [devEntry], nobody, false],
    [
      'no entry of a node, which needs no binding',
      [node('system:node:{{EC2PrivateDNSName}}')],
      [opsEntry],
      nobody,
      false,
    ],
    [
      'no entry, with something for all who sign in',
      [dev],
      [opsEntry],
      bindings({ kind: 'Group', name: 'system:authenticated' }),
      false,
    ],
    [
      'no entry, with what every cluster has for all who sign in',
      [dev],
      [opsEntry],
      bindingsBy('system:basic-user', { kind: 'Group', name: 'system:authenticated' }),
      true,
    ],
    [
      'a username of a service account that is bound',
      [{ ...dev, username: 'system:serviceaccount:team:ci' }],
      [devEntry],
      bindings({ kind: 'ServiceAccount', name: 'ci', namespace: 'team' }),
      false,
    ],
    [
      'a username of a service account of another namespace',
      [{ ...dev, username: 'system:serviceaccount:team:ci' }],
      [devEntry],
      bindings({ kind: 'ServiceAccount', name: 'ci', namespace: 'other' }),
      true,
    ],
    [
      'a service account of that name is another thing',
      [dev],
      [{ ...devEntry, groups: [] }],
      bindings({ kind: 'ServiceAccount', name: 'developers' }),
      true,
    ],
  ] as const)('%s', async (_name, rows, entries, rbac, keeps) => {
    const result = await found(rolesMap(...rows), snapshot(...entries), rbac);
    expect(result.keeps).toBe(keeps);
    expect(result.codes).toContain(keeps ? 'TAE602' : 'TAE601');
  });

  test('each name of aws-auth is listed with what is bound to it', async () => {
    const { subjects } = await verifyAccess(rolesMap(dev), snapshot(devEntry), { rbac: forDev });
    expect(subjects).toEqual([
      { kind: 'Group', name: 'developers', boundBy: ['ClusterRoleBinding view'] },
      { kind: 'User', name: 'dev', boundBy: [] },
    ]);
    expect((await verifyAccess(rolesMap(dev), snapshot(devEntry))).subjects).toBeUndefined();
  });
});

test('3,000 rows and entries are compared in a moment', async () => {
  const count = 3000;
  const rows = Array.from({ length: count }, (_, at) => ({ arn: role(`r${at}`), username: `u${at}`, groups: ['a'] }));
  const text = snapshot(...rows.map(({ arn, username }) => ({ arn, username, groups: ['a'] })));
  expect(await found(rolesMap(...rows), text)).toMatchObject({ keeps: true, codes: [] });
});

const decided = async (config: Config, existing: string) => {
  const { keepsAccess, diagnostics, principals } = await verifyAccess(rolesMap(ops, dev), existing, { config });
  return [keepsAccess, diagnostics.length, ...principals.map(({ verdict }) => verdict)];
};

// The table is what a person goes by before aws-auth is emptied.
test('what the config gives up is no finding, and who goes without does not keep it', async () => {
  const drop = [{ principal: role('dev'), reason: 'nobody needs it' }];
  expect(await decided({ drop }, snapshot(opsEntry))).toEqual([true, 0, 'loses', 'keeps']);
  const groups = { developers: { group: 'team' } };
  const team = snapshot(opsEntry, { ...devEntry, groups: ['team'] });
  expect(await decided({ groups }, team)).toEqual([true, 0, 'changes', 'keeps']);
});

// The config names a group as the row writes it, which `convert` goes by.
test.each([
  ['the account', role('dev'), 'acc-{{AccountID}}', 'acc-111122223333'],
  ['the session that a user does not have', user('dev'), 'team-{{SessionName}}', 'team-'],
])('a group with a template for %s becomes the group of the config', async (_, arn, group, filled) => {
  const list = arn === role('dev') ? 'mapRoles' : 'mapUsers';
  const key = list === 'mapRoles' ? 'rolearn' : 'userarn';
  const text = configMap({ [list]: JSON.stringify([{ [key]: arn, username: 'dev', groups: [group] }]) });
  const verify = async (own: string) => {
    const config = { groups: { [group]: { group: 'team' } } };
    const entries = snapshot({ arn, username: 'dev', groups: [own] });
    return (await verifyAccess(text, entries, { config })).diagnostics.map(({ code, message }) => `${code} ${message}`);
  };
  expect(await verify('team')).toEqual([]);
  expect(await verify(filled)).toEqual([]);
  expect(await verify('other')).toEqual([
    `TAE601 ${arn} loses the group team: its entry counts in place of aws-auth, and does not grant it.`,
    `TAE603 The entry of ${arn} grants the group other, which aws-auth does not.`,
  ]);
});

// A template of a row is filled in, and one of an entry may not be.
test('a group of the config is owed where the entry has the template that it stands for', async () => {
  const group = 'of:{{SessionName}}';
  const entries = snapshot({ ...devEntry, groups: [group] });
  const config = { groups: { [group]: { group: 'team' } } };
  const { diagnostics } = await verifyAccess(rolesMap({ ...dev, groups: [group] }), entries, { config });
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toContainEqual(
    `TAE601 ${role('dev')} loses the group team: its entry counts in place of aws-auth, and does not grant it.`,
  );
});

test('what the config says of a group with a template is not said of one that is written out', async () => {
  const text = configMap({
    mapRoles: JSON.stringify([{ rolearn: role('dev'), username: 'dev', groups: ['acc-111122223333'] }]),
    mapUsers: JSON.stringify([{ userarn: user('dev'), username: 'dev', groups: ['team-'] }]),
  });
  const entries = snapshot({ arn: role('dev'), username: 'dev' }, { arn: user('dev'), username: 'dev' });
  const config = { groups: { 'acc-{{AccountID}}': { drop: true }, 'team-{{SessionName}}': { drop: true } } } as const;
  const { diagnostics } = await verifyAccess(text, entries, { config });
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    `TAE601 ${role('dev')} loses the group acc-111122223333: its entry counts in place of aws-auth, and does not grant it.`,
    `TAE601 ${user('dev')} loses the group team-: its entry counts in place of aws-auth, and does not grant it.`,
  ]);
});

const keepsUnder = async (config: Config, entries: string): Promise<boolean> =>
  (await verifyAccess(rolesMap(ops, dev), entries, { config })).keepsAccess;

describe('a principal that the config names as the source does, with its ARN under principals', () => {
  const name = 'module.late.iam_role_arn';
  const named = { principals: { [name]: { arn: role('dev') } } };
  test('goes without what it is dropped for', async () => {
    const drop = [{ principal: name, reason: 'left' }];
    expect(await keepsUnder({ drop }, snapshot(opsEntry))).toBe(false);
    expect(await keepsUnder({ drop, ...named }, snapshot(opsEntry))).toBe(true);
  });

  test('gives up the username that is accepted', async () => {
    const accept = [{ principal: name, code: 'TAE316' as const, reason: 'no binding' }];
    const entries = snapshot(opsEntry, { ...devEntry, username: 'developer' });
    expect(await keepsUnder({ accept }, entries)).toBe(false);
    expect(await keepsUnder({ accept, ...named }, entries)).toBe(true);
  });
});
