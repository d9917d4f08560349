import { env } from 'node:process';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { convert } from '../../lib/convert.ts';
import { phaseNumber } from '../../lib/diagnostics/index.ts';
import { fixturesOf, themes } from '../support/fixture.ts';
import { oddities, withOddities } from '../support/odd-trivia.ts';
import { testGate, testParser } from '../support/runtime.ts';
import { writtenProblems } from '../support/written-problems.ts';

/** More for a search by hand: FUZZ_RUNS=5000. */
const numRuns = Number(env['FUZZ_RUNS'] ?? 40);

const fixtures = themes.flatMap(theme => fixturesOf(theme));

test(
  'comments and line breaks anywhere: no crash, no revision refused, no comment lost, all found that is said to be written',
  async () => {
    const [gate, parser] = [await testGate(), await testParser()];
    const accepts = async (path: string, text: string): Promise<boolean> => (await gate(path, text)) === undefined;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fixtures), oddities, async (fixture, wanted) => {
        const { files, marks } = await withOddities(fixture.files, wanted, accepts);
        const result = await convert(files, { ...fixture.options, runtime: { gate, parser } });
        // Not of the source: that passed the gate, and what the tree parser refuses of it is said of its own place.
        const refused = result.diagnostics.filter(
          ({ code, message }) => code === 'TAE006' && / the phase /.test(message),
        );
        expect(refused.map(({ message }) => message)).toEqual([]);
        for (const { phase, files: written } of result.revisions) {
          if (phaseNumber(phase) > phaseNumber('api-only')) continue;
          const text = [...files.keys()].map(path => written.get(path) ?? files.get(path)).join('\n');
          const noted = result.diagnostics.filter(({ code }) => code === 'TAE219').map(({ message }) => message);
          expect([
            phase,
            marks.filter(mark => !text.includes(mark) && !noted.some(said => said.includes(mark))),
          ]).toEqual([phase, []]);
        }
        expect(await writtenProblems(files, result)).toEqual([]);
      }),
      { numRuns },
    );
  },
  numRuns > 100 ? 24 * 3_600_000 : 120_000,
);
