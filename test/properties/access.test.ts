import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import { moduleSpec, runs } from '../support/arbitrary-module.ts';
import type { RowSpec } from '../support/arbitrary-rows.ts';
import { groupsOf, rowsInForce } from '../support/authenticator.ts';
import { runtime } from '../support/fixture.ts';
import { readEntries, type WrittenEntry } from '../support/read-entries.ts';
import { renderModule } from '../support/render-module.ts';

const masters = 'system:masters';
const nodeUsernames = ['system:node:{{EC2PrivateDNSName}}', 'system:node:{{SessionName}}'];
const isReserved = (text: string): boolean => /^(system|eks|aws|amazon|iam):/.test(text);

test('nobody loses access and nobody gains any', async () => {
  const plain = moduleSpec(8).map(spec => ({ ...spec, entries: 'literal' as const, manage: 'true' as const }));
  await fc.assert(
    fc.asyncProperty(plain, fc.option(fc.constant('eu-west-1'), { nil: undefined }), async (spec, ssoRegion) => {
      const files = new Map([['main.tf', renderModule(spec)]]);
      const result = await convert(files, { ...(ssoRegion ? { ssoRegion } : {}), runtime: await runtime() });
      const written = result.revisions.find(({ phase }) => phase === 'add-access-entries')?.files.get('main.tf');
      const entries = await readEntries(written ?? files.get('main.tf') ?? '');
      const inForce = rowsInForce(spec.rows);
      const certain = new Set([...inForce.values()].flatMap(({ rows }) => (rows.length === 1 ? rows : [])));
      const converted = new Set<string>();
      for (const row of spec.rows) {
        const reported = reportOf(result, spec.rows, row);
        if (certain.has(row)) expect(reported.disposition).not.toBe('dropped');
        else expect(['dropped', 'blocked']).toContain(reported.disposition);
        if (reported.disposition !== 'converted') continue;
        const entry = entries.get(reported.key ?? '');
        if (!entry) throw new Error(`no entry ${reported.key}`);
        converted.add(reported.key ?? '');
        expect(sameRole(entry.principal_arn, row.arn)).toBe(true);
        if (entry.type === 'STANDARD') expectRights(entry, row);
        else expectNode(entry, row);
      }
      expect([...entries.keys()].filter(key => key !== 'backup' && !converted.has(key))).toEqual([]);
      const principals = [...entries.values()].map(({ principal_arn: arn }) => arn.toLowerCase());
      expect(new Set(principals).size).toBe(principals.length);
    }),
    runs(150),
  );
}, 120_000);

const reportOf = (result: ConvertResult, rows: readonly RowSpec[], row: RowSpec): ConvertResult['rows'][number] => {
  const index = rows.filter(({ list }) => list === row.list).indexOf(row);
  const found = result.rows.find(own => own.list === row.list && own.index === index);
  if (!found) throw new Error('a row is not in the report');
  return found;
};

const expectRights = (entry: WrittenEntry, row: RowSpec): void => {
  const groups = groupsOf(row);
  const admin = groups.includes(masters);
  const policies = Object.values(entry.policy_associations ?? {});
  const partition = row.arn.split(':')[1];
  expect(policies.map(({ policy_arn: arn, access_scope: scope }) => [arn, scope.type])).toEqual(
    admin ? [[`arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`, 'cluster']] : [],
  );
  const dropped = (group: string): boolean =>
    group === masters || group === 'system:authenticated' || (admin && isReserved(group));
  expect(entry.kubernetes_groups).toEqual(groups.filter(group => !dropped(group)));
  expect((entry.kubernetes_groups ?? []).filter(isReserved)).toEqual([]);
  if (entry.user_name === undefined) expect(admin || row.username === undefined).toBe(true);
  else {
    expect(entry.user_name).toBe(row.username);
    expect(isReserved(entry.user_name)).toBe(false);
    expect(/^[^:]*\{\{/.test(entry.user_name)).toBe(false);
  }
};

const expectNode = (entry: WrittenEntry, row: RowSpec): void => {
  expect(Object.keys(entry).toSorted()).toEqual(['principal_arn', 'type']);
  expect(nodeUsernames).toContain(row.username);
  expect(
    groupsOf(row).filter(group => !/^(system|eks):(nodes|bootstrappers|node-proxier|kube-proxy-windows)$/.test(group)),
  ).toEqual([]);
};

/** The same principal, the path of Identity Center aside. */
const sameRole = (written: string, arn: string): boolean => {
  if (written.startsWith('looked-up:')) return arn.endsWith(written.replace('looked-up', ''));
  return written.replace('aws-reserved/sso.amazonaws.com/eu-west-1/', '') === arn;
};
