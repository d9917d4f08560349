import fc from 'fast-check';

/** A row of either list; what it leaves out is absent in the source as well. */
export type Row = { list: 'roles' | 'users'; arn: string; username: string; groups: string[] };

const iam = (name: string): string => `arn:aws:iam::111122223333:${name}`;

/** Few principals, so that they meet again in another case or list. */
const arn = fc.constantFrom(
  ...['admins', 'Admins', 'viewers', 'deploy', 'AWSReservedSSO_Ops_0123456789abcdef'].map(name => iam(`role/${name}`)),
  iam('user/alice'),
  iam('user/people/bob'),
);

const person = fc.record({
  username: fc.constantFrom('ops', 'admin', 'sso:{{SessionName}}', '{{SessionName}}', 'system:admin', 'sts:x'),
  groups: fc.uniqueArray(fc.constantFrom('system:masters', 'viewers', 'team:a', 'system:authenticated', 'eks:x'), {
    maxLength: 3,
  }),
});

const base = ['system:bootstrappers', 'system:nodes'];
const node = fc.constantFrom(
  { username: 'system:node:{{EC2PrivateDNSName}}', groups: base },
  { username: 'system:node:{{EC2PrivateDNSName}}', groups: [...base, 'eks:kube-proxy-windows'] },
  { username: 'system:node:{{SessionName}}', groups: [...base, 'system:node-proxier'] },
  { username: 'system:node:{{SessionName}}', groups: base },
);

const row: fc.Arbitrary<Row> = fc
  .tuple(
    fc.constantFrom<Row['list']>('roles', 'roles', 'users'),
    arn,
    fc.oneof({ weight: 5, arbitrary: person }, { weight: 1, arbitrary: node }),
  )
  .map(([list, principal, { username, groups }]) => ({ list, arn: principal, username, groups: [...groups] }));

export const rowLists: fc.Arbitrary<Row[]> = fc.array(row, { minLength: 1, maxLength: 5 });

const quote = (text: string): string => JSON.stringify(text);

const render = ({ list, arn: principal, username, groups }: Row): string =>
  `{ ${list === 'roles' ? 'rolearn' : 'userarn'} = ${quote(principal)}, username = ${quote(username)}, groups = [${groups.map(quote).join(', ')}] }`;

export const renderList = (rows: readonly Row[], list: Row['list']): string =>
  `[${rows
    .filter(one => one.list === list)
    .map(render)
    .join(', ')}]`;
