import { describe, expect, test } from '@jest/globals';
import { convertModule } from '../../lib/convert.ts';
import { withoutEntriesModule } from './entries-module.ts';
import { fixturesOf, runtime, summaryOf } from './fixture.ts';
import { brokenLaws, thirdOpinions } from './laws.ts';

/** Themes of whole modules as people write them. */
const judged = new Set(['reference', 'rows']);

/** A test for every fixture of the themes: report and revisions compared exactly, then the laws. */
export const runThemes = (...themes: readonly string[]): void => {
  for (const theme of themes) {
    describe(theme, () => {
      for (const { name, files, options, expected } of fixturesOf(theme)) {
        test(name, async () => {
          const result = await convertModule(files, { ...options, runtime: await runtime() });
          const revisions = result.revisions.map(({ phase, files: own }) => [
            phase,
            Object.fromEntries(withoutEntriesModule(own)),
          ]);
          expect(summaryOf(result)).toEqual(expected.report);
          expect(Object.fromEntries(revisions)).toEqual(expected.revisions);
          expect(await brokenLaws(files, options, result)).toEqual([]);
          if (judged.has(theme)) expect(thirdOpinions(result)).toEqual([]);
        });
      }
    });
  }
};
