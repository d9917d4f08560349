import { expect, test } from '@jest/globals';
import type { Entry, World } from '../oracle/world.ts';
import { caseNamed, type Case } from './cases.ts';
import { gainedOnTheWay, rightsIn, unequal } from './laws.ts';
import { role } from './principals.ts';
import { byHandProblems, reportProblems, worldProblems } from './world-rules.ts';

/** One cluster: its entries, and its aws-auth as rows of roles. */
const world = (rows: readonly object[], entries: Record<string, Entry> = {}, mode = 'API_AND_CONFIG_MAP'): World => ({
  principals: ['a', 'b', 'c'].map(role),
  clusters: { shop: { mode, entries } },
  configMaps: { 'kube-system/aws-auth': { data: { mapRoles: JSON.stringify(rows) } } },
});
const row = (name: string, groups: readonly string[] = [name], username = name): object => ({
  rolearn: role(name),
  username,
  groups,
});
const entry = (username: string, groups: readonly string[] = [username], policy?: string): Entry => ({
  username,
  groups,
  policies:
    policy === undefined ? [] : [{ arn: `arn:aws:eks::aws:cluster-access-policy/${policy}`, scopeType: 'cluster' }],
});
const admin = 'AmazonEKSClusterAdminPolicy';

const base: Case = { name: 'none', input: new Map(), phases: [], rows: [], config: {}, snapshot: [] };
const phases = ['enable-api', 'add-access-entries'] as const;
const blocked: Case = { ...base, phases: phases.map(phase => ({ phase, files: new Map() })) };

const kinds = (one: Case, before: World, after: World): string[] =>
  unequal(one, rightsIn(before), rightsIn(after)).map(({ principal, change }) => `${change} ${principal}`);

const rows = [row('a'), row('b', ['b'], '{{SessionName}}')];

test('an accepted principal may have another username, and neither more nor less else', () => {
  const one: Case = { ...base, config: { accept: [{ principal: role('b'), code: 'TAE316' }] } };
  const byDefault = `arn:aws:sts::111122223333:assumed-role/b/{{SessionName}}`;
  const to = (...given: Parameters<typeof entry>): World => world(rows, { [role('b')]: entry(...given) });
  expect(kinds(one, world(rows), to(byDefault, ['b']))).toEqual([]);
  expect(kinds(one, world(rows), to(byDefault, ['b'], admin))).toEqual([`gained ${role('b')}`]);
  expect(kinds(one, world(rows), to(byDefault, ['b', 'c']))).toEqual([`gained ${role('b')}`]);
  expect(kinds(one, world(rows), to(byDefault, []))).toEqual([`lost ${role('b')}`]);
  const other: Case = { ...base, config: { accept: [{ principal: role('b'), code: 'TAE333' }] } };
  expect(kinds(other, world(rows), to(byDefault, ['b']))).toEqual([`changed ${role('b')}`]);
});

test('a dropped principal may lose all, and gain nothing', () => {
  const one: Case = { ...base, config: { drop: [{ principal: role('a') }] } };
  expect(kinds(one, world(rows), world(rows.slice(1)))).toEqual([]);
  expect(kinds(one, world(rows), world(rows, { [role('a')]: entry('a', ['a'], admin) }))).toEqual([
    `gained ${role('a')}`,
  ]);
});

test('what the report says of a username does not count', () => {
  const one: Case = { ...base, rows: [{ principal: role('a'), disposition: 'converted', codes: ['TAE402'] }] };
  expect(kinds(one, world(rows), world(rows, { [role('a')]: entry('other', ['a']) }))).toEqual([
    `changed ${role('a')}`,
  ]);
});

test('what the options change is what the supplement has written out', () => {
  const one = caseNamed('principals/policies-and-scope');
  const before = world([row('auditors', ['system:masters', 'auditors'], 'auditor')]);
  const to = (policy: string): World => world([], { [role('auditors')]: entry('auditor', ['auditors'], policy) });
  expect(kinds(one, before, to('AmazonEKSAdminViewPolicy'))).toEqual([]);
  expect(worldProblems(one, 'add-access-entries', before, to('AmazonEKSAdminViewPolicy'))).toEqual([]);
  // An administrator as before, and not what is asked for.
  expect(worldProblems(one, 'add-access-entries', before, to(admin))).toEqual([expect.stringContaining('must become')]);
});

test('after the entries are added, who has a row has an entry, or the report says why not', () => {
  const before = world(rows);
  const after = world(rows, { [role('a')]: entry('a') });
  expect(worldProblems(blocked, 'add-access-entries', before, after)).toEqual([expect.stringContaining(role('b'))]);
  const said = { ...blocked, rows: [{ principal: role('b'), disposition: 'blocked' }] };
  expect(worldProblems(said, 'add-access-entries', before, after)).toEqual([]);
  const dropped: Case = { ...said, config: { drop: [{ principal: role('a') }] } };
  expect(worldProblems(dropped, 'add-access-entries', before, after)).toEqual([expect.stringContaining(role('a'))]);
});

test('each phase leaves its mode in every cluster, and no rows after aws-auth is removed', () => {
  const two: World = { ...world([]), clusters: { blue: { mode: 'API' }, green: { mode: 'API_AND_CONFIG_MAP' } } };
  expect(worldProblems(base, 'api-only', two, two)).toEqual([expect.stringContaining('green')]);
  const old = world([], {}, 'CONFIG_MAP');
  expect(worldProblems(base, 'enable-api', old, old)).toHaveLength(1);
  expect(worldProblems(base, 'remove-aws-auth', world(rows), world(rows))).toHaveLength(2);
});

test('the report has every row of the live aws-auth, an expression for one each', () => {
  const one: Case = { ...blocked, phases: [{ phase: 'enable-api', files: new Map([['main.tf', '']]) }] };
  expect(reportProblems(one, world(rows))).toEqual([expect.stringContaining(`${role('a')} or ${role('b')}`)]);
  const some = { ...one, rows: [{ principal: 'aws_iam_role.b.arn', disposition: 'blocked' }] };
  expect(reportProblems(some, world(rows))).toHaveLength(1);
  expect(
    reportProblems({ ...some, rows: [...some.rows, { principal: role('A'), disposition: 'converted' }] }, world(rows)),
  ).toEqual([]);
});

test('a migration that is blocked is ended by hand, and only who is said to be blocked may have waited', () => {
  const end = world(rows, { [role('a')]: entry('a') });
  expect(byHandProblems(blocked, end)).toEqual([expect.stringContaining(role('b'))]);
  const said = { ...blocked, rows: [{ principal: role('b'), disposition: 'blocked' }] };
  expect(byHandProblems(said, end)).toEqual([]);
});

test('who comes in by an account waits for the row of the account', () => {
  const end: World = {
    principals: [role('a')],
    clusters: { shop: { mode: 'API_AND_CONFIG_MAP', entries: {} } },
    configMaps: { 'kube-system/aws-auth': { data: { mapAccounts: '["111122223333"]' } } },
  };
  expect(byHandProblems(blocked, end)).toEqual([expect.stringContaining(role('a'))]);
  expect(byHandProblems({ ...blocked, rows: [{ principal: '111122223333', disposition: 'blocked' }] }, end)).toEqual(
    [],
  );
});

test('on the way nobody has what they have neither before nor in the end', () => {
  const before = rightsIn(world([row('a', ['system:masters'])]));
  const end = rightsIn(world([], { [role('a')]: entry('a', [], admin) }));
  const cut = (...given: Parameters<typeof entry>) => rightsIn(world([], { [role('a')]: entry(...given) }));
  expect(gainedOnTheWay(before, cut('a', []), end)).toEqual([]);
  expect(gainedOnTheWay(before, cut('a', ['x']), end)).toHaveLength(1);
});
