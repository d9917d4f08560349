import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parsePrincipalArn } from '../../lib/eks/index.ts';
import { identityIndex, sameIdentity, type Identity } from '../../lib/parser/index.ts';

const ssoRole = fc.constantFrom('AWSReservedSSO_Admin_0a1b2c3d4e5f6071', 'awsreservedsso_Admin_0a1b2c3d4e5f6071');
const name = fc.oneof(ssoRole, fc.constantFrom('admin', 'Admin', 'deploy'));

const arn: fc.Arbitrary<Identity> = fc
  .tuple(
    fc.constantFrom('111122223333', '444455556666'),
    fc.constantFrom('role', 'user'),
    fc.constantFrom('', 'a/'),
    name,
  )
  .map(([account, kind, path, last]) => parsePrincipalArn(`arn:aws:iam::${account}:${kind}/${path}${last}`))
  .filter(parsed => parsed !== undefined)
  .map(parsed => ({ kind: 'arn', arn: parsed }));

const source: fc.Arbitrary<Identity> = fc
  .tuple(fc.constantFrom('var.a', 'var.b'), fc.option(ssoRole, { nil: undefined }))
  .map(([text, role]) => ({ kind: 'source', text, ...(role === undefined ? {} : { ssoRole: role }) }));

const identity = fc.oneof(
  arn,
  source,
  ssoRole.map((role): Identity => ({ kind: 'sso-role', name: role })),
);

describe('entries looked up by who they are for', () => {
  test('are those that a comparison of each with each finds, in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.option(identity, { nil: undefined })), fc.array(identity), (of, asked) => {
        const items = of.map((one, place) => ({ one, place }));
        const compared = items.filter(({ one }) => one && asked.some(other => sameIdentity(other, one)));
        expect(identityIndex(items, ({ one }) => one)(asked)).toEqual(compared);
      }),
    );
  });

  test('a role of Identity Center in two accounts is two roles, and one name looked up is each', () => {
    const role = 'AWSReservedSSO_Admin_0a1b2c3d4e5f6071';
    const of = (account: string): Identity => {
      const parsed = parsePrincipalArn(`arn:aws:iam::${account}:role/${role}`);
      if (!parsed) throw new Error('no ARN');
      return { kind: 'arn', arn: parsed };
    };
    const find = identityIndex([of('111122223333'), of('444455556666')], one => one);
    expect(find([of('444455556666')])).toEqual([of('444455556666')]);
    expect(find([{ kind: 'sso-role', name: role }])).toHaveLength(2);
  });
});
