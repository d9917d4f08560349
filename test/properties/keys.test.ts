import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { convert } from '../../lib/convert.ts';
import { moduleSpec, runs } from '../support/arbitrary-module.ts';
import { row } from '../support/arbitrary-rows.ts';
import { runtime } from '../support/fixture.ts';
import { renderModule, type ModuleSpec } from '../support/render-module.ts';

/** Rows of different principals, and the same rows in another order. */
const shuffled = fc
  .uniqueArray(row, { minLength: 2, maxLength: 10, selector: ({ arn }) => arn.toLowerCase() })
  .chain(rows => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })));

test('keys are identifiers, unique, and the same in any order of the rows', async () => {
  await fc.assert(
    fc.asyncProperty(moduleSpec(1), shuffled, async (spec, [rows, others]) => {
      const keys = await keysOf({ ...spec, rows });
      const values = [...keys.values()];
      expect(values.filter(key => !/^[a-z][a-z0-9_]*$/.test(key) || key === 'cluster_creator')).toEqual([]);
      expect(new Set(values).size).toBe(values.length);
      expect(sorted(await keysOf({ ...spec, rows: others }))).toEqual(sorted(keys));
    }),
    runs(60),
  );
}, 120_000);

const keysOf = async (spec: ModuleSpec): Promise<ReadonlyMap<string, string>> => {
  const files = new Map([['main.tf', renderModule(spec)]]);
  const { rows } = await convert(files, { runtime: await runtime() });
  return new Map(rows.flatMap(({ principal, key }) => (key === undefined ? [] : [[principal, key]])));
};

const sorted = (keys: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
  [...keys].toSorted(([a], [b]) => (a < b ? -1 : 1));
