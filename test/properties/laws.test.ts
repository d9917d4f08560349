import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { convertModule } from '../../lib/convert.ts';
import { moduleSpec, runs } from '../support/arbitrary-module.ts';
import { runtime } from '../support/fixture.ts';
import { brokenLaws, thirdOpinions } from '../support/laws.ts';
import { expressions, renderModule } from '../support/render-module.ts';

/** Some principals known at plan time only, one of them in a cycle with the cluster. */
const withExpressions = fc
  .tuple(moduleSpec(8), fc.array(fc.constantFrom(undefined, undefined, ...expressions), { minLength: 8, maxLength: 8 }))
  .map(([spec, sources]) => ({
    ...spec,
    rows: spec.rows.map((row, index) => ({ ...row, ...withSource(sources[index]) })),
  }));

const withSource = (source: string | undefined): { source?: string } => (source === undefined ? {} : { source });

test('the laws hold for any rows in any layout', async () => {
  const options = fc.record(
    { ssoRegion: fc.constant('eu-west-1'), clusterCreatorAdmin: fc.boolean() },
    { requiredKeys: ['clusterCreatorAdmin'] },
  );
  await fc.assert(
    fc.asyncProperty(withExpressions, options, async (spec, given) => {
      const files = new Map([['main.tf', renderModule(spec)]]);
      const result = await convertModule(files, { ...given, runtime: await runtime() });
      expect(result.rows).toHaveLength(spec.rows.length);
      if (spec.mode === 'absent') expect(result.revisions.length).toBeGreaterThan(0);
      expect(await brokenLaws(files, given, result)).toEqual([]);
      expect(thirdOpinions(result)).toEqual([]);
    }),
    runs(60),
  );
}, 120_000);
