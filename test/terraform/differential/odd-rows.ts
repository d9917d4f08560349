import fc from 'fast-check';
import type { Row } from './rows.ts';

/**
 * A row as HCL of its fields. `more` are those that aws-auth does not know, and a row without a principal grants nothing: both are
 * refused where they are written out, since a person can take them out, and ignored where they come at plan time.
 */
export type OddRow = {
  readonly list: Row['list'];
  readonly fields: readonly string[];
  readonly more: readonly string[];
  readonly hasPrincipal: boolean;
};

const iam = (name: string): string => `"arn:aws:iam::111122223333:${name}"`;

/** Mostly what an entry can stand for: else nearly every list has something to refuse. */
const mostly = <T>(usual: readonly T[], odd: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 14, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });

const principal = mostly(
  [
    ...['admins', 'Admins', 'viewers', 'deploy', 'AWSReservedSSO_Ops_0123456789abcdef'].map(name =>
      iam(`role/${name}`),
    ),
    iam('user/alice'),
    iam('user/people/bob'),
  ],
  [
    iam('role/teams/dev'),
    iam('role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS'),
    iam('root'),
    iam('role/A*'),
    iam('role/AWSReservedSSO_Ops'),
    iam('user/al ice'),
    iam('user/people/'),
    '"arn:aws:sts::111122223333:assumed-role/a/b"',
    '"alice@111122223333"',
  ],
);

const texts = (...words: readonly string[]): string[] => words.map(word => JSON.stringify(word));

const username = mostly(
  [undefined, ...texts('', 'ops', 'admin', 'sso:{{SessionName}}', 'sso:{{SessionNameRaw}}')],
  [...texts('{{SessionName}}', '{{AccountID}}:a', 'system:admin', 'system:node:x', 'eks:x'), '5', 'true'],
);

const group = mostly(texts('system:masters', 'viewers', 'team:a', 'system:authenticated', ''), [
  ...texts('eks:x', 'a-{{SessionName}}', 'system:nodes', 'System:Masters'),
  '1',
  'true',
  'null',
]);

const groups = fc.oneof(
  { weight: 6, arbitrary: fc.uniqueArray(group, { maxLength: 3 }).map(list => `[${list.join(', ')}]`) },
  { weight: 1, arbitrary: fc.constantFrom(undefined, 'null', '"viewers"', '{ a = "viewers" }') },
);

const oddRow: fc.Arbitrary<OddRow> = fc
  .record({
    list: fc.constantFrom<Row['list']>('roles', 'roles', 'users'),
    principal: fc.oneof(
      { weight: 20, arbitrary: principal },
      { weight: 1, arbitrary: fc.constantFrom(undefined, 'null', '""') },
    ),
    username,
    groups,
    more: fc.constantFrom<string[]>([], [], [], ['description = "x"']),
  })
  .map(({ list, principal: arn, username: name, groups: bound, more }) => {
    const fields = [
      ...(arn === undefined ? [] : [`${list === 'roles' ? 'rolearn' : 'userarn'} = ${arn}`]),
      ...(name === undefined ? [] : [`username = ${name}`]),
      ...(bound === undefined ? [] : [`groups = ${bound}`]),
    ];
    return { list, fields, more, hasPrincipal: ![undefined, 'null', '""'].includes(arn) };
  });

export const oddRowLists: fc.Arbitrary<OddRow[]> = fc.array(oddRow, { minLength: 1, maxLength: 4 });

/** A list as it is at plan time. */
export const renderOddList = (rows: readonly OddRow[], list: Row['list']): string =>
  render(rows, list, ({ fields, more }) => object([...fields, ...more]));

/** The same list as a person would write it out. */
export const renderCleanList = (rows: readonly OddRow[], list: Row['list']): string =>
  render(
    rows.filter(({ hasPrincipal }) => hasPrincipal),
    list,
    ({ fields }) => object(fields),
  );

const object = (fields: readonly string[]): string => `{ ${fields.join(', ')} }`;

const render = (rows: readonly OddRow[], list: Row['list'], print: (row: OddRow) => string): string =>
  `[${rows
    .filter(row => row.list === list)
    .map(print)
    .join(', ')}]`;
