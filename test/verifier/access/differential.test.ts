import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { verifyAccess } from '../../../lib/verifier/access/verify-access.ts';
import { access } from '../../terraform/oracle/access.ts';
import { compare } from '../../terraform/oracle/compare.ts';
import type { Entry, World } from '../../terraform/oracle/world.ts';

/** The stand-in's model of the authenticator was written without a look at lib: both must say who loses, gains and changes. */
const accounts = ['111122223333', '012345678901'];
const names = ['ops', 'Ops', 'dev', 'node'];
const arns = accounts.flatMap(account => [
  ...names.map(name => `arn:aws:iam::${account}:role/${name}`),
  `arn:aws:iam::${account}:role/team/ops`,
  `arn:aws:iam::${account}:user/ann`,
  `arn:aws:iam::${account}:user/Ann`,
  `arn:aws:iam::${account}:user/x/bob`,
]);
const usernames = [
  'ops',
  'dev:{{SessionName}}',
  'system:node:{{EC2PrivateDNSName}}',
  'system:node:{{SessionName}}',
  '{{AccountID}}',
];
const groups = [
  'system:masters',
  'system:nodes',
  'system:bootstrappers',
  'eks:kube-proxy-windows',
  'system:authenticated',
  'a',
  'b',
  '{{AccountID}}',
];

/** A field as people write it: quoted, plain, or of a type that fits nothing. */
const written = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(JSON.stringify(text), `'${text}'`, ...(/^[\w:/.-]+$/.test(text) ? [text] : []));
const oddities = fc.constantFrom(
  '~',
  'yes',
  '012345678901',
  '1e3',
  '[a]',
  '{a: b}',
  '""',
  '0x1F',
  '2001-01-01',
  '1:30',
  '!!str 5',
);

const spelt = (name: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constant(name) },
    { weight: 1, arbitrary: fc.constantFrom(name.toUpperCase(), `x${name}`) },
  );

const field = (name: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(spelt(name), fc.oneof({ weight: 12, arbitrary: value }, { weight: 1, arbitrary: oddities }))
    .map(([key, text]) => `${key}: ${text}`);

const groupList = fc
  .array(
    fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...groups).chain(written) }, { weight: 1, arbitrary: oddities }),
    { maxLength: 4 },
  )
  .map(items => `[${items.join(', ')}]`);

const row = (arnField: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      field(arnField, fc.constantFrom(...arns).chain(written)),
      field('username', fc.constantFrom(...usernames).chain(written)),
      field('groups', groupList),
      fc.option(fc.constantFrom('username: late', 'groups: [late]', 'sso: ~', 'sso: {accountID: "1"}', '5: x'), {
        freq: 8,
      }),
    )
    .chain(([arn, username, list, more]) =>
      fc.shuffledSubarray([arn, username, list, more ?? 'note: x'], { minLength: 3 }),
    )
    .map(fields => `- ${fields.join('\n  ')}`);

const list = (arnField: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(
        fc.oneof({ weight: 20, arbitrary: row(arnField) }, { weight: 1, arbitrary: fc.constantFrom('- text', '- ~') }),
        { maxLength: 6 },
      ),
      fc.option(fc.constantFrom('\n---\n- [', '\n- {{a}}', '\n- "x', '\n- [', '\n# end'), { freq: 12 }),
    )
    .map(([rows, end]) => rows.join('\n') + (end ?? ''));

const accountList = fc
  .array(fc.constantFrom('"111122223333"', '012345678901', '"x"', '~', '[a]'), { maxLength: 2 })
  .map(items => items.map(item => `- ${item}`).join('\n'));

const data = fc.record(
  { mapRoles: list('rolearn'), mapUsers: list('userarn'), mapAccounts: accountList, maproles: list('rolearn') },
  { requiredKeys: [] },
);

const policies = fc.uniqueArray(
  fc.record({
    arn: fc
      .constantFrom('ClusterAdmin', 'View')
      .map(name => `arn:aws:eks::aws:cluster-access-policy/AmazonEKS${name}Policy`),
    scopeType: fc.constantFrom('cluster', 'namespace'),
    namespaces: fc.constant(['team']),
  }),
  { maxLength: 2, selector: ({ arn, scopeType }) => arn + scopeType },
);
const standard = fc.record({
  type: fc.constant('STANDARD'),
  username: fc.constantFrom('ops', 'dev:{{SessionName}}', ''),
  groups: fc.uniqueArray(fc.constantFrom('a', 'b'), { maxLength: 2 }),
  policies,
});
const node = fc.record({
  type: fc.constantFrom('EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'HYBRID_LINUX'),
  username: fc.constant(''),
  groups: fc.constant(['system:nodes']),
  policies: fc.constant([]),
});
// Names of roles are unique in an account, whatever their case and path.
const holders = arns.filter(arn => !/role\/Ops$|team/.test(arn));
const entries = fc.dictionary(fc.constantFrom(...holders, 'arn:aws:iam::111122223333:root'), fc.oneof(standard, node), {
  maxKeys: 6,
  size: 'max',
});

const snapshotOf = (own: Readonly<Record<string, Entry>>): string =>
  Object.entries({ 'arn:aws:iam::999999999999:role/last': node1, ...own })
    .flatMap(([principalArn, entry]) => [
      { accessEntry: { principalArn, type: entry.type, username: entry.username, kubernetesGroups: entry.groups } },
      {
        principalArn,
        associatedAccessPolicies: (entry.policies ?? []).map(({ arn, scopeType, namespaces }) => ({
          policyArn: arn,
          accessScope: { type: scopeType, namespaces: scopeType === 'cluster' ? [] : namespaces },
        })),
      },
    ])
    .map(document => JSON.stringify(document))
    .join('\n');
// A snapshot has one entry at least.
const node1: Entry = { type: 'EC2_LINUX', username: '', groups: [], policies: [] };

const expected = (
  own: Readonly<Record<string, Entry>>,
  configMap: Readonly<Record<string, string>>,
): Record<string, string> => {
  const world = (mode: string): World => ({
    options: { creatorEntry: false },
    clusters: {
      demo: {
        mode,
        bootstrap: false,
        entries: Object.fromEntries(
          Object.entries(own).map(([arn, entry]) => [
            arn,
            {
              ...entry,
              policies: entry.policies?.map(one => ({
                ...one,
                namespaces: one.scopeType === 'cluster' ? [] : one.namespaces,
              })),
            },
          ]),
        ) as Record<string, Entry>,
      },
    },
    configMaps: { 'kube-system/aws-auth': { data: configMap } },
  });
  const words = { lost: 'loses', gained: 'gains', changed: 'changes' };
  const changes = compare(access(world('CONFIG_MAP'), 'demo'), access(world('API'), 'demo'), {
    everyUsername: true,
  });
  return Object.fromEntries(
    changes
      // The model takes what a dead row has for one more principal: a role with a path, or no ARN at all.
      .filter(({ principal }) => principal.startsWith('arn:') && !principal.includes('role/team/'))
      .map(({ principal, change }) => [principal.toLowerCase(), words[change]]),
  );
};

test('an independent model of the authenticator agrees about everybody', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(data, entries, async (configMap, own) => {
      const text = JSON.stringify({
        kind: 'ConfigMap',
        metadata: { name: 'aws-auth', namespace: 'kube-system' },
        data: configMap,
      });
      const { read, principals } = await verifyAccess(text, snapshotOf(own));
      expect(read).toBe(true);
      const found = principals.filter(
        ({ principal, verdict }) => verdict !== 'keeps' && !principal.includes('999999999999'),
      );
      for (const { verdict } of principals) seen.add(verdict);
      expect(Object.fromEntries(found.map(({ principal, verdict }) => [principal.toLowerCase(), verdict]))).toEqual(
        expected(own, configMap),
      );
    }),
    { numRuns: 300 },
  );
  expect([...seen].toSorted()).toEqual(['changes', 'gains', 'keeps', 'loses']);
});
