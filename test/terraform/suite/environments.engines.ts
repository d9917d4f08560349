import { afterAll, describe, expect, test } from '@jest/globals';
import { everything, enginesInTurn, openBench } from './bench.ts';
import { verifyPlan } from '../../../lib/index.ts';
import { allCases, caseNamed, type Case } from './cases.ts';
import { hasEngine } from './choose.ts';
import { inEnvironment, valued, withValues } from './environments.ts';
import { notApplied } from './not-applied.ts';
import { describeAll, phaseLine, say } from './report.ts';
import { runPhases, type PhaseRun } from './run-phases.ts';
import { defaultEngines, labelOf, type Engine } from './tools.ts';
import { wrongVerdicts } from './verdicts.ts';

/*
 * One source that serves several environments: one revision for all, and then each by its own value. The laws are those of the phases.
 */

const bench = await openBench();
afterAll(() => bench.close());

/** The module in its forms, and whatever stands under a condition. */
const chosen: readonly string[] = [
  'rows/twelve-rows-settled', // the submodule, literal rows
  'mode/config-map', // from CONFIG_MAP
  'flags/manage-is-an-expression', // a condition of the author's
  'entries/literal-map', // entries that were there before
  'clusters/emit-resources', // resources beside the module
  'cycles/karpenter-and-trust-policy', // both forms at once
  'lists/wrapper-variables', // a wrapper, rows that only a plan knows
  'lists/concat-of-all-kinds', // both kinds of rows
  'inline/v19-literal', // from version 19
  'inline/roles-that-nodes-are-given', // with pins
];

const engines = enginesInTurn(defaultEngines(bench.engines));
const cases = allCases().filter(
  one =>
    notApplied[one.name] === undefined &&
    one.phases.length > 0 &&
    !one.name.startsWith('examples/') &&
    hasEngine(one, engines),
);
const isChosen = ({ name }: Case): boolean => everything || chosen.includes(name);

/** The codes about the last plan. */
const lastVerdict = async (one: Case, engine: Engine): Promise<readonly string[]> => {
  const { runs: done } = await runPhases(one, bench.on(engine));
  const { fits, diagnostics } = await verifyPlan(JSON.stringify(done.at(-1)?.plan));
  expect(fits).toBe(false);
  return diagnostics.map(({ code }) => code);
};

type Run = { one: Case; engine: Engine };

const runs: Run[] = [];
for (const one of cases.filter(isChosen)) {
  const phased = await inEnvironment(one, 4, true);
  if (phased) runs.push(...engines.map(engine => ({ one: phased, engine })));
}

const planned: { one: Case; engine: Engine; run: PhaseRun }[] = [];

describe('an environment goes up by its value, and the variable goes in the end', () => {
  test.concurrent.each(runs.map(run => [`${run.one.name} on ${labelOf(run.engine)}`, run] as const))(
    '%s',
    async (_name, { one, engine }) => {
      const observe = (run: PhaseRun): void => {
        say(phaseLine(`${one.name} by value`, engine, run));
        if (run.plan.format_version !== '') planned.push({ one, engine, run });
      };
      const { findings, runs: done } = await runPhases(one, { ...bench.on(engine), cut: 'ends', observe });
      expect(describeAll(findings)).toEqual([]);
      expect(done.map(({ phase }) => phase)).toEqual(one.phases.map(({ phase }) => phase));
    },
    600_000,
  );
});

test('verify-plan takes each plan for its own phase, and knows it from the plan', async () => {
  expect(await wrongVerdicts(planned)).toEqual([]);
  const byValue = planned.filter(({ run }) => valued.includes(run.phase));
  for (const { one, run } of byValue) {
    const { phase } = await verifyPlan(JSON.stringify(run.plan));
    expect([one.name, phase]).toEqual([one.name, run.phase]);
  }
  if (planned.length > 0) expect(byValue).not.toEqual([]);
});

describe('three environments of one source, from one commit', () => {
  const name = 'rows/twelve-rows-settled';
  const source = caseNamed(name);
  const converted = source.rows.filter(({ key }) => key !== undefined).map(({ principal }) => principal);
  const rowsIn = (arns: readonly string[]): number => arns.filter(arn => converted.includes(arn)).length;
  const places = engines.flatMap(engine =>
    [1, 2, 4].map(last => [`at ${last} on ${labelOf(engine)}`, engine, last] as const),
  );

  test.concurrent.each(places)(
    '%s nobody loses or gains access, and the clean-up comes when it is at 4',
    async (_name, engine, last) => {
      const here = await inEnvironment(source, last, last === 4);
      const { findings, world } = await runPhases(here!, bench.on(engine));
      expect(describeAll(findings)).toEqual([]);
      const [cluster] = Object.values(world.clusters ?? {});
      expect([cluster?.mode, rowsIn(Object.keys(cluster?.entries ?? {})) > 0]).toEqual([
        last === 4 ? 'API' : 'API_AND_CONFIG_MAP',
        last >= 2,
      ]);
    },
    600_000,
  );

  test('all of them have the same files', async () => {
    const texts = await Promise.all([1, 2, 4].map(async last => (await inEnvironment(source, last))?.phases[0]?.files));
    expect(new Set(texts.map(files => JSON.stringify([...(files ?? [])]))).size).toBe(1);
  });

  // One after the other: what is asked here imports a package late, and jest takes that ill among concurrent tests.
  test.each(engines.map(engine => [labelOf(engine), engine] as const))(
    'verify-plan refuses a number that is skipped, and one that goes back, on %s',
    async (_label, engine) => {
      const skips = await withValues(source, [1, 3]);
      const returns = await withValues(source, [1, 2, 1]);
      expect(await lastVerdict(skips, engine)).toContain('TAE522');
      expect(await lastVerdict(returns, engine)).toContain('TAE520');
    },
    600_000,
  );
});
