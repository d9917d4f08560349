import { afterAll, describe, expect, test } from '@jest/globals';
import { everything, openBench } from './bench.ts';
import { stepsOf } from './by-hand.ts';
import { allCases, type Case } from './cases.ts';
import { chooseRuns, hasEngine } from './choose.ts';
import { constructsOf } from './constructs.ts';
import { knownFailures } from './known-failures.ts';
import { notApplied } from './not-applied.ts';
import { describeAll, phaseLine, say } from './report.ts';
import { runPhases, type PhaseRun } from './run-phases.ts';
import { labelOf, type Engine } from './tools.ts';
import { wrongVerdicts } from './verdicts.ts';

// Not in a hook: concurrent tests do not wait for those.
const bench = await openBench();
afterAll(() => bench.close());

const cases = allCases();
const runs = chooseRuns(cases, bench.engines, everything);

const planned: { one: Case; engine: Engine; run: PhaseRun }[] = [];

describe('every phase of every case', () => {
  test.concurrent.each(runs.map(run => [`${run.one.name} on ${labelOf(run.engine)}`, run] as const))(
    '%s',
    async (_name, { one, engine, cut }) => {
      const observe = (run: PhaseRun): void => {
        say(phaseLine(one.name, engine, run));
        if (run.plan.format_version !== '') planned.push({ one, engine, run });
      };
      const { findings, runs: done, world } = await runPhases(one, { ...bench.on(engine), cut, observe });
      const known = knownFailures[one.name];
      if (!known) {
        expect(describeAll(findings)).toEqual([]);
        expect(done.map(({ phase }) => phase)).toEqual(stepsOf(one).map(({ phase }) => phase));
        const modes = Object.values(world.clusters ?? {}).map(({ mode }) => mode);
        if (done.some(({ phase }) => phase === 'api-only')) expect(modes).toContain('API');
        return;
      }
      say(`${one.name}  known failure: ${known.because}`);
      const isKnown = findings.map(({ text }) => text.includes(known.text));
      expect({ isThere: isKnown.includes(true), others: findings.filter((_, index) => !isKnown[index]) }).toEqual({
        isThere: true,
        others: [],
      });
    },
    600_000,
  );
});

// After the others, which run side by side: what is asked here imports a package late, and jest takes that ill among them.
test('verify-plan takes each plan for its own phase, and for none that ends in another state', async () => {
  expect(await wrongVerdicts(planned)).toEqual([]);
});

test('every construct that a case has is run, or the table says why not', () => {
  const named = Object.keys(notApplied);
  const written = cases.filter(one => one.phases.length > 0 && hasEngine(one, bench.engines));
  expect(named.filter(name => written.every(one => one.name !== name))).toEqual([]);
  const ran = [...new Set(runs.map(({ one }) => one))];
  const constructs = new Set(ran.flatMap(one => [...constructsOf(one)]));
  const missed = written
    .filter(({ name }) => !named.includes(name))
    .flatMap(one => [...constructsOf(one)].filter(construct => !constructs.has(construct)));
  expect(missed).toEqual([]);
  if (everything) expect(ran).toHaveLength(written.length - named.length);
  say(
    `${ran.length} cases run, with all ${constructs.size} constructs of ${written.length - named.length}; ${named.length} cannot, ${cases.length - written.length} have no revision`,
  );
});
