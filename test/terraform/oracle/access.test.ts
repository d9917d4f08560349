import { expect, test } from '@jest/globals';
import { access, type Access } from './access.ts';
import type { Cluster, Entry, Policy, World } from './world.ts';

const account = '111122223333';
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const user = (name: string) => `arn:aws:iam::${account}:user/${name}`;
const clusterAdmin = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

type Parts = { principals?: string[]; data?: Record<string, string>; cluster?: Cluster; options?: World['options'] };

function of(principal: string, { principals = [principal], data = {}, cluster = {}, options = {} }: Parts): Access {
  const world: World = {
    account,
    principals,
    options,
    clusters: { main: { mode: 'API_AND_CONFIG_MAP', ...cluster } },
    configMaps: { 'kube-system/aws-auth': { data } },
  };
  return access(world, 'main').get(principal)!;
}

const row = (list: 'rolearn' | 'userarn', arn: string, username: string, groups: string[] = []) =>
  `- ${list}: ${arn}\n  username: "${username}"\n  groups: ${JSON.stringify(groups)}\n`;
const entry = (parts: Partial<Entry>): Entry => ({
  type: 'STANDARD',
  username: '',
  groups: [],
  policies: [],
  ...parts,
});

test('a role comes in by its row', () => {
  const data = { mapRoles: row('rolearn', role('ops'), 'ops:{{SessionName}}', ['viewers']) };
  expect(of(role('ops'), { data })).toEqual({
    via: 'configmap',
    username: 'ops:{{SessionName}}',
    groups: ['viewers'],
    policies: [],
    isClusterAdmin: false,
  });
});

const inGroup = (group: string) => of(role('ops'), { data: { mapRoles: row('rolearn', role('ops'), 'x', [group]) } });

test('system:masters is the admin, a look-alike is not', () => {
  expect(inGroup('system:masters').isClusterAdmin).toBe(true);
  expect(inGroup('System:masters').isClusterAdmin).toBe(false);
});

test('a row without a path matches the role behind a session, whatever its path', () => {
  const sso = role('aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef');
  const data = { mapRoles: row('rolearn', role('AWSReservedSSO_Admin_0123456789abcdef'), 'sso') };
  expect(of(sso, { data }).via).toBe('configmap');
  expect(of(sso.replace(account, '444455556666'), { data }).via).toBe('none');
});

test('a role row with a path matches nobody', () => {
  const data = { mapRoles: row('rolearn', role('team/ops'), 'ops') };
  expect(of(role('team/ops'), { data }).via).toBe('none');
  expect(of(role('ops'), { data }).via).toBe('none');
});

test('a user keeps its path', () => {
  const data = { mapUsers: row('userarn', user('team/ann'), 'ann') };
  expect(of(user('team/ann'), { data }).via).toBe('configmap');
  expect(of(user('ann'), { data }).via).toBe('none');
});

test('case does not count when a caller is matched', () => {
  expect(of(role('Ops'), { data: { mapRoles: row('rolearn', role('oPS'), 'x') } }).via).toBe('configmap');
  expect(of(user('Ann'), { data: { mapUsers: row('userarn', user('aNN'), 'x') } }).via).toBe('configmap');
});

test('the last row of a role wins and groups are not merged', () => {
  const data = { mapRoles: row('rolearn', role('ops'), 'a', ['one']) + row('rolearn', role('OPS'), 'b', ['two']) };
  expect(of(role('ops'), { data })).toMatchObject({ username: 'b', groups: ['two'] });
});

test('users that differ only in case are a draw', () => {
  const data = { mapUsers: row('userarn', user('ann'), 'a', ['one']) + row('userarn', user('Ann'), 'b', ['two']) };
  expect(of(user('ann'), { data }).alternatives).toEqual([
    { username: 'a', groups: ['one'] },
    { username: 'b', groups: ['two'] },
  ]);
});

test('the list of roles beats the list of users, and either takes both kinds', () => {
  const data = {
    mapRoles: row('rolearn', user('ann'), 'from roles'),
    mapUsers: row('userarn', user('ann'), 'from users'),
  };
  expect(of(user('ann'), { data }).username).toBe('from roles');
  expect(of(role('ops'), { data: { mapUsers: row('userarn', role('ops'), 'from users') } }).username).toBe(
    'from users',
  );
});

test('a row without username lets in a caller without a name', () => {
  expect(of(role('ops'), { data: { mapRoles: `- rolearn: ${role('ops')}` } })).toMatchObject({
    via: 'configmap',
    username: '',
  });
});

test('an account lets in its principals by their ARN, without groups', () => {
  const data = { mapAccounts: `- "${account}"`, mapRoles: row('rolearn', role('ops'), 'ops') };
  expect(of(role('team/dev'), { data })).toMatchObject({ via: 'account', username: role('dev'), groups: [] });
  expect(of(role('ops'), { data }).via).toBe('configmap');
  expect(of('arn:aws:iam::444455556666:role/dev', { data }).via).toBe('none');
});

const both = {
  data: { mapRoles: row('rolearn', role('ops'), 'ops', ['system:masters']) },
  entries: { [role('ops')]: entry({ groups: ['viewers'] }) },
};

test.each([
  ['CONFIG_MAP', 'configmap', ['system:masters']],
  ['API_AND_CONFIG_MAP', 'entry', ['viewers']],
  ['API', 'entry', ['viewers']],
])('in mode %s the answer comes by %s', (mode, via, groups) => {
  expect(of(role('ops'), { data: both.data, cluster: { mode, entries: both.entries } })).toMatchObject({ via, groups });
});

test('an entry without any right hides the row', () => {
  const found = of(role('ops'), { data: both.data, cluster: { entries: { [role('ops')]: entry({}) } } });
  expect(found).toMatchObject({ via: 'entry', groups: [], isClusterAdmin: false });
});

test('mode API has no ConfigMap and no accounts', () => {
  const data = { ...both.data, mapAccounts: `- "${account}"` };
  expect(of(role('ops'), { data, cluster: { mode: 'API' } }).via).toBe('none');
});

test('an entry needs the path of the role', () => {
  const cluster = { mode: 'API', entries: { [role('ops')]: entry({}) } };
  expect(of(role('team/ops'), { cluster }).via).toBe('none');
});

const withPolicy = (policy: Policy) =>
  of(role('ops'), { cluster: { entries: { [role('ops')]: entry({ policies: [policy] }) } } });

test('a policy counts where it is associated', () => {
  const policy = { arn: clusterAdmin, scopeType: 'cluster', namespaces: [] };
  const scoped = { ...policy, scopeType: 'namespace', namespaces: ['b', 'a'] };
  expect(withPolicy(policy).isClusterAdmin).toBe(true);
  expect(withPolicy(scoped)).toMatchObject({
    isClusterAdmin: false,
    policies: [{ name: 'AmazonEKSClusterAdminPolicy', scope: 'namespace', namespaces: ['a', 'b'] }],
  });
});

test('the name an entry gets when none is given', () => {
  const entries = { [role('team/ops')]: entry({}), [user('team/ann')]: entry({}) };
  expect(of(role('team/ops'), { cluster: { entries } }).username).toBe(
    `arn:aws:sts::${account}:assumed-role/ops/{{SessionName}}`,
  );
  expect(of(user('team/ann'), { cluster: { entries } }).username).toBe(user('team/ann'));
});

test('an entry for the account itself has no effect', () => {
  const root = `arn:aws:iam::${account}:root`;
  expect(of(root, { cluster: { entries: { [root]: entry({ groups: ['viewers'] }) } } }).via).toBe('none');
});

test.each([
  ['EC2_LINUX', 'system:node:{{EC2PrivateDNSName}}', ['system:bootstrappers', 'system:nodes']],
  [
    'EC2_WINDOWS',
    'system:node:{{EC2PrivateDNSName}}',
    ['eks:kube-proxy-windows', 'system:bootstrappers', 'system:nodes'],
  ],
  ['FARGATE_LINUX', 'system:node:{{SessionName}}', ['system:bootstrappers', 'system:nodes', 'system:node-proxier']],
  ['HYBRID_LINUX', 'system:node:{{SessionName}}', ['system:bootstrappers', 'system:nodes']],
])('a node of type %s', (type, username, groups) => {
  const entries = { [role('node')]: entry({ type }) };
  expect(of(role('node'), { cluster: { entries } })).toMatchObject({ via: 'entry', username, groups });
});

test('the creator is a hidden admin in CONFIG_MAP and nobody special later', () => {
  const cluster = { mode: 'CONFIG_MAP', creator: role('ci') };
  expect(of(role('ci'), { cluster })).toMatchObject({ via: 'creator', isClusterAdmin: true });
  expect(of(role('ci'), { cluster: { ...cluster, mode: 'API' } }).via).toBe('none');
  expect(of(role('ci'), { cluster: { ...cluster, bootstrap: false } }).via).toBe('none');
  expect(of(role('ci'), { cluster, options: { creatorEntry: false } }).via).toBe('none');
});

test('principals come from the world, the entries and the rows', () => {
  const world: World = {
    principals: [role('team/known')],
    clusters: { main: { mode: 'API_AND_CONFIG_MAP', entries: { [role('by-entry')]: entry({}) } } },
    configMaps: {
      'kube-system/aws-auth': {
        data: { mapRoles: row('rolearn', role('KNOWN'), 'a') + row('rolearn', role('unknown'), 'b') },
      },
    },
  };
  expect([...access(world, 'main').keys()]).toEqual([role('by-entry'), role('team/known'), role('unknown')]);
});

test('a cluster that is not there is a mistake', () => {
  expect(() => access({}, 'main')).toThrow('no cluster main');
});
