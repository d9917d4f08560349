import { afterAll, expect, test } from '@jest/globals';
import { openBench } from './bench.ts';
import { allCases } from './cases.ts';
import { notApplied } from './not-applied.ts';
import { hasGuards, withOtherValues } from './other-values.ts';
import { describeAll, phaseLine, say } from './report.ts';
import { runPhases } from './run-phases.ts';
import { supplements } from './supplements.ts';
import { defaultEngines, type Engine } from './tools.ts';

/*
 * A guard in what is written runs with both of its values: phases.engines.ts has the one, and here is the other.
 */

const bench = await openBench();
afterAll(() => bench.close());
const few = defaultEngines(bench.engines);
const cases = allCases().filter(({ name, phases }) => notApplied[name] === undefined && phases.length > 0);

const runs = cases
  .flatMap(one => withOtherValues(one))
  .map((one, index) => ({ one, engine: engineOf(one.name, index) }));

function engineOf(name: string, index: number): Engine {
  return few.find(engine => engine.name === supplements[name]?.engine) ?? few[index % few.length]!;
}

test.concurrent.each(runs.map(run => [`${run.one.name} with ${JSON.stringify(run.one.variables)}`, run] as const))(
  '%s',
  async (_name, { one, engine }) => {
    const observe = (run: Parameters<typeof phaseLine>[2]): void =>
      say(phaseLine(`${one.name} otherwise`, engine, run));
    const { findings } = await runPhases(one, { ...bench.on(engine), observe });
    expect(describeAll(findings)).toEqual([]);
  },
  600_000,
);

/** Cases that cannot have the other values, and why. */
const without: Readonly<Record<string, string>> = {
  'inline/flags-as-expressions': 'its cold start makes the ConfigMap, and in its world the nodes have made it',
};

test('each case with a guard on a variable has other values', () => {
  const missing = cases.filter(one => hasGuards(one) && withOtherValues(one).length === 0 && !without[one.name]);
  expect(missing.map(({ name }) => name)).toEqual([]);
});
