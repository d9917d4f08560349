import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runtime } from '../../support/fixture.ts';
import { seed } from '../../support/seed.ts';
import { openBench } from '../suite/bench.ts';
import { say } from '../suite/report.ts';
import { defaultEngines, labelOf, type Engine } from '../suite/tools.ts';
import { entriesByPrincipal } from './entries-by-principal.ts';
import { evaluate } from './evaluate.ts';
import { planTimeEntries } from './hand-written.ts';
import { renderList, rowLists, type Row } from './rows.ts';
import { staticEntries } from './static-entries.ts';

const bench = await openBench();
afterAll(() => bench.close());
const engines = defaultEngines(bench.engines);

type PlanTime = typeof planTimeEntries;

/** The cases that the static conversion does not block, both ways. */
async function bothWays(engine: Engine, cases: readonly Row[][], planTime: PlanTime): Promise<[unknown, unknown][]> {
  const runs = await Promise.all(cases.map(async rows => ({ rows, text: await staticEntries(rows, await runtime()) })));
  const open = runs.flatMap(({ rows, text }) => (text === undefined ? [] : [{ rows, text }]));
  const planned = open.map((_, index) => planTime(index));
  const locals = open.map(
    ({ rows }, index) =>
      `  roles_${index} = ${renderList(rows, 'roles')}\n  users_${index} = ${renderList(rows, 'users')}${planned[index]!.locals}`,
  );
  const texts = open.flatMap(({ text }, index) => [text, planned[index]!.expression]);
  const values = await evaluate(bench, engine, texts, locals.join('\n'));
  return open.map((_, index) => [entriesByPrincipal(values[2 * index]), entriesByPrincipal(values[2 * index + 1])]);
}

/** Many cases in one plan. */
const batches = fc.array(rowLists, { minLength: 60, maxLength: 60 });

test.each(engines.map(engine => [labelOf(engine), engine] as const))(
  'static and plan-time entries are equal on %s',
  async (name, engine) => {
    say(`differential  ${name}  seed ${seed}`);
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(batches, async cases => {
        const pairs = await bothWays(engine, cases, planTimeEntries);
        compared += pairs.length;
        for (const [written, planned] of pairs) expect(planned).toEqual(written);
      }),
      { seed, numRuns: 4, interruptAfterTimeLimit: 120_000, markInterruptAsFailure: true },
    );
    say(`differential  ${name}  ${compared} cases, equal entries both ways`);
    expect(compared).toBeGreaterThan(60);
  },
  200_000,
);

test.each([
  ['the first row wins', 'reverse(', '('],
  ['case counts', 'lower(row.arn)', 'row.arn'],
  ['Windows nodes are Linux nodes', '"EC2_WINDOWS"', '"EC2_LINUX"'],
])(
  'a plan-time expression in which %s is found out',
  async (_what, from, to) => {
    const wrong: PlanTime = index => {
      const right = planTimeEntries(index);
      const locals = right.locals.replace(from, to);
      expect(locals).not.toBe(right.locals);
      return { ...right, locals };
    };
    const cases = fc.sample(rowLists, { numRuns: 200, seed: 7 });
    const pairs = await bothWays(engines[0]!, cases, wrong);
    expect(pairs.some(([written, planned]) => JSON.stringify(written) !== JSON.stringify(planned))).toBe(true);
  },
  200_000,
);
