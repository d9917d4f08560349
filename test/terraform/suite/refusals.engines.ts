import { afterAll, expect, test } from '@jest/globals';
import { everything, openBench } from './bench.ts';
import { allCases } from './cases.ts';
import { notApplied } from './not-applied.ts';
import { refusalsOf, runRefusals } from './refusals.ts';
import { describeAll, say } from './report.ts';
import { defaultEngines, labelOf } from './tools.ts';

/*
 * Every pre- and postcondition that is written fails once: in a world where the role that is looked up is missing, there twice or
 * somebody else's, and with rows that no entry can stand for.
 */

const bench = await openBench();
afterAll(() => bench.close());
const few = defaultEngines(bench.engines);
const all = allCases().filter(one => notApplied[one.name] === undefined && refusalsOf(one).length > 0);
/** By default one for each form: the look-up of one role, and rows that only a plan knows. */
const inCi = ['reference/without-sso-region', 'layout/rows-known-at-plan-time'];
const cases = everything ? all : all.filter(({ name }) => inCi.includes(name));

test.concurrent.each(cases.map((one, index) => [one.name, one, few[index % few.length]!] as const))(
  '%s is refused where it cannot be right',
  async (_name, one, engine) => {
    const findings = await runRefusals(one, bench.on(engine));
    say(`${one.name}  ${labelOf(engine)}  ${refusalsOf(one).length} plans that must fail`);
    expect(describeAll(findings)).toEqual([]);
  },
  300_000,
);

test('there are cases to be refused', () => {
  expect(cases.map(({ name }) => name)).toEqual(expect.arrayContaining(inCi));
});
