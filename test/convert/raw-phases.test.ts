import { describe, expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { fixturesOf, runtime } from '../support/fixture.ts';

/** What a resource still says, or no longer, tells which phase a module is in: `convert --write` goes on from there. */
describe('each revision is found in the phase it ends', () => {
  test.each(fixturesOf('raw').map(fixture => [fixture.name, fixture] as const))('%s', async (_, { files, options }) => {
    const given = { ...options, runtime: await runtime() };
    const { revisions } = await convert(files, given);
    for (const [index, revision] of revisions.entries()) {
      const again = await convert(new Map([...files, ...revision.files]), given);
      expect(again.sourcePhase).toBe(revision.phase);
      expect(again.revisions.map(({ phase }) => phase)).toEqual(revisions.slice(index + 1).map(({ phase }) => phase));
      expect(new Map([...revision.files, ...(again.revisions.at(-1)?.files ?? [])])).toEqual(revisions.at(-1)?.files);
    }
  });
});
