import fc from 'fast-check';
import type { Data } from './authenticator.ts';
import { accountIn, principals, spellings } from './principals.ts';

/** ConfigMaps as people write them, and with what YAML and JSON do to odd ones. */

const plain = /^[\w:/.@-]+$/;

/** A text in one of the ways of YAML. */
const written = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    JSON.stringify(text),
    `'${text.replaceAll("'", "''")}'`,
    `!!str ${JSON.stringify(text)}`,
    `>-\n    ${text}`,
    `|-\n    ${text}`,
    `|\n    ${text}`,
    `"${text.slice(0, 5)}\\x${text.charCodeAt(5).toString(16).padStart(2, '0')}${text.slice(6)}"`,
    ...(plain.test(text) ? Array<string>(8).fill(text) : []),
  );

/** In place of a text, or of anything. */
const odd = fc.constantFrom(
  '~',
  'null',
  '',
  'yes',
  'No',
  'y',
  '012345678901',
  '111122223333',
  '0o17',
  '0b11',
  '0x1F',
  '1_000',
  '1e3',
  '-.inf',
  '.nan',
  '1.',
  '+1',
  '1:30',
  '2001-01-01',
  '2001-01-01T00:00:00Z',
  '!!str 5',
  '!!int "5"',
  '!own text',
  '[a]',
  '{a: b}',
  '[]',
  '{}',
  '""',
  '{{SessionName}}',
  '*anchored',
  '&late late',
  '%x',
  '@x',
  '`x`',
  'a: b',
  '- a',
  'a #b',
  '"\\u00e9\\U0001F600"',
  '"a\n\n    b"',
  'x\n    y',
  '=',
  '<<',
);

const rarely = <T>(one: fc.Arbitrary<T>, other: fc.Arbitrary<T>, weight = 14): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: one }, { weight: 1, arbitrary: other });

const usernames = fc.constantFrom(
  'ops',
  'dev:{{SessionName}}',
  'raw:{{SessionNameRaw}}',
  '{{SessionName}}',
  'system:node:{{EC2PrivateDNSName}}',
  'system:node:{{SessionName}}',
  '{{AccountID}}:{{AccessKeyID}}',
  '{{ SessionName }}',
  '{{sessionname}}',
  '{{Session{{AccountID}}Name}}',
  'a b',
  '',
);

const groups = fc.constantFrom(
  'system:masters',
  'system:nodes',
  'system:bootstrappers',
  'eks:kube-proxy-windows',
  'a',
  'b',
  'a{{AccountID}}',
  '{{SessionName}}',
  '{{SessionNameRaw}}',
  '{{EC2PrivateDNSName}}',
  '',
);

const arns = rarely(
  fc.constantFrom(...principals).chain(arn => fc.constantFrom(...spellings(arn))),
  fc.constantFrom('ops', 'arn:aws:iam::111122223333', 'arn:aws:iam::*:role/ops', ''),
  20,
);

const spelt = (name: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 30, arbitrary: fc.constant(name) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(name.toUpperCase(), `x${name}`, `"${name}"`, `? ${name}\n  `, `!!str ${name}`),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(name.replace('s', '\u017f'), `${name} `, `${name[0]?.toUpperCase()}${name.slice(1)}`),
    },
  );

const field = (name: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(spelt(name), rarely(value, odd)).map(([key, text]) => `${key}: ${text}`);

const items = fc.array(rarely(groups.chain(written), odd), { maxLength: 4 });

const groupList = rarely(
  fc
    .tuple(items, fc.boolean())
    .map(([all, flow]) =>
      flow && all.every(item => !item.includes('\n'))
        ? `[${all.join(', ')}]`
        : all.map(item => `\n  - ${item.replaceAll('\n', '\n  ')}`).join(''),
    ),
  odd,
);

/** Beside the fields of a row. */
const otherFields = fc.constantFrom(
  'username: late',
  'USERNAME: upper',
  'Username: ~',
  'groups: [late]',
  'Groups: [upper]',
  'GROUPS: ~',
  'groups:',
  'roleARN: arn:aws:iam::111122223333:role/ops',
  'RoleArn: ~',
  'sso: ~',
  'sso: {accountID: "111122223333", permissionSetName: Admins}',
  'sso: {accountID: "1"}',
  'sso: text',
  'SSO: []',
  'userid: AROA',
  'userid: 5',
  '5: x',
  'yes: x',
  '~: x',
  '[a]: x',
  '1.50: x',
  'note: &anchored x',
  '<<: {username: merged, groups: [merged]}',
  '<<: [{username: first}, {username: second, groups: [second]}]',
  '<<: *base',
  '<<: text',
  '"<<": {username: quoted}',
  '# comment',
  '!!map groups: [tagged]',
  '!!str <<: {username: text}',
  'username: !!float 5',
  'username: !!bool yes',
  'username: !!seq text',
  'username: !!int five',
  'groups: [~, late]',
  'Groups: [upper, more]',
  'GROUPS: [~, 5, upper, [more]]',
  '\tusername: tab',
  'username:\ttab',
);

/** What is refused here. */
const refused = fc.constantFrom('\t', '    \t', '    \t# comment', 'groups:\n  |\n    a', 'username:\n  >-\n   b');

const more = rarely(otherFields, refused, 40);

const row = (arnField: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      field(arnField, arns.chain(written)),
      field('username', usernames.chain(written)),
      field('groups', groupList),
      fc.option(more, { freq: 2 }),
      fc.constantFrom('', '', '', '', '&base ', '!!map '),
    )
    .chain(([arn, username, list, last, before]) =>
      fc
        .shuffledSubarray([arn, username, list, ...(last === null ? [] : [last])], { minLength: 2 })
        .map(fields => `- ${before}${before === '' ? '' : '\n  '}${fields.join('\n  ')}`),
    );

const otherItem = fc.constantFrom(
  '- text',
  '- ~',
  '-',
  '- []',
  '- *base',
  '- 5',
  '- {rolearn: x, userarn: y}',
  '- - a',
);

const ends = fc.constantFrom(
  '\n---\n- [',
  '\n---\n- rolearn: arn:aws:iam::111122223333:role/ops\n  username: second',
  '\n...\nx',
  '\n...\n---\n[]',
  '\n- {{a}}',
  '\nx: y',
  '\n- [',
  '\n# end',
  '\n \t',
  '\n\t- x',
  '\n\u0007',
  '\n- "\\q"',
  '\r\n',
  '\n\u2028- x',
  '\n  - x',
);

const starts = fc.constantFrom(
  '---\n',
  '--- ',
  '%YAML 1.1\n---\n',
  '%YAML 1.2\n---\n',
  '%TAG ! x\n---\n',
  '# top\n',
  '\ufeff',
  '\n\n',
  '!!seq\n',
  '--- # x\n',
  '---\n---\n',
  '  ',
);

const whole = fc.constantFrom(
  '',
  ' ',
  '``',
  '""',
  "''",
  '[]',
  '{}',
  '~',
  'null',
  'text',
  '"[]"',
  '|\n  - x',
  '[',
  '- [',
  '&a [*a]',
  '5',
  '{"a": 1}',
  '# none',
);

const block = (rows: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(rarely(rows, otherItem, 20), { maxLength: 6 }),
      rarely(fc.constant(''), ends, 24),
      rarely(fc.constant(''), starts, 24),
      fc.constantFrom('\n', '\n', '\n', '\r\n'),
    )
    .map(([all, end, start, line]) => start + (all.join('\n') + end).replaceAll('\n', line));

/** Rows as a program prints them. */
const json = (arnField: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(
        fc.record(
          { [arnField]: arns, username: usernames, groups: fc.array(groups, { maxLength: 3 }) },
          { requiredKeys: [arnField] },
        ),
        { maxLength: 4 },
      ),
      fc.boolean(),
    )
    .map(([rows, indented]) => JSON.stringify(rows, null, indented ? 2 : 0));

const list = (arnField: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 20, arbitrary: block(row(arnField)) },
    { weight: 3, arbitrary: json(arnField) },
    { weight: 1, arbitrary: whole },
  );

const accountItems = rarely(
  fc
    .constantFrom(...new Set(principals.map(accountIn)))
    .chain(account => fc.constantFrom(account, `"${account}"`, `'${account}'`, `!!str ${account}`, ` ${account} `)),
  odd,
  6,
);

const accountList = fc.oneof(
  { weight: 8, arbitrary: block(accountItems.map(item => `- ${item}`)) },
  { weight: 1, arbitrary: fc.array(accountItems, { maxLength: 3 }).map(all => `[${all.join(', ')}]`) },
  { weight: 1, arbitrary: whole },
);

/** The rows of users may be of roles, and the other way round. */
export const configMaps: fc.Arbitrary<Data> = fc
  .record(
    {
      mapRoles: list('rolearn'),
      mapUsers: list('userarn'),
      mapAccounts: accountList,
      maproles: list('rolearn'),
    },
    { requiredKeys: [] },
  )
  .map(data => Object.fromEntries(Object.entries(data).filter(([, text]) => text !== undefined)) as Data);
