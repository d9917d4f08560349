import { afterAll, describe, expect, test } from '@jest/globals';
import { convert } from '../../../lib/convert.ts';
import { loadRuntime } from '../../../lib/node.ts';
import { enginesInTurn, openBench } from './bench.ts';
import { callers, caseOf, files } from './callers.ts';
import { describeAll, phaseLine, say } from './report.ts';
import { runPhases } from './run-phases.ts';
import { defaultEngines, labelOf } from './tools.ts';
import { wrongVerdicts } from './verdicts.ts';

/*
 * A module with callers: each caller is a root module with a state of its own, and goes through all phases of the module and of its
 * call. Every apply is cut.
 */

const bench = await openBench();
afterAll(() => bench.close());
const few = enginesInTurn(defaultEngines(bench.engines));

const values: readonly (readonly [string, Record<string, unknown>])[] = [
  ['envs/dev', {}],
  ['envs/staging', {}],
  ['envs/prod', { break_glass: true }],
  ['envs/prod', { break_glass: false }],
];

const result = await convert(files, { runtime: await loadRuntime(), callers });

const planned: Parameters<typeof wrongVerdicts>[0][number][] = [];

describe('each caller of a module', () => {
  test.concurrent.each(few.flatMap(engine => values.map(([label, variables]) => ({ engine, label, variables }))))(
    '$label $variables on $engine.name',
    async ({ engine, label, variables }) => {
      expect(result.revisions.map(({ phase }) => phase)).toEqual([
        'enable-api',
        'add-access-entries',
        'remove-aws-auth',
        'api-only',
        'clean-up',
      ]);
      const caller = callers.find(one => one.label === label)!;
      const one = caseOf(caller, result, variables);
      const { findings, runs } = await runPhases(one, {
        ...bench.on(engine),
        cut: 'all',
        observe: run => say(phaseLine(`${label} ${JSON.stringify(variables)}`, engine, run)),
      });
      expect(describeAll(findings)).toEqual([]);
      expect(runs).toHaveLength(5);
      const entries = runs[1]?.plan.resource_changes?.filter(({ type }) => type === 'aws_eks_access_entry') ?? [];
      const address = 'module.platform.module.eks.aws_eks_access_entry.this[';
      expect(entries.filter(entry => !entry.address.startsWith(address))).toEqual([]);
      planned.push(...runs.map(run => ({ one, engine, run })));
      say(`${label}  ${labelOf(engine)}  all phases`);
    },
    600_000,
  );
});

// After the others, which run side by side: what is asked here imports a package late, and jest takes that ill among them.
test('verify-plan takes each plan for its own phase', async () => {
  expect(planned).toHaveLength(5 * few.length * values.length);
  expect(await wrongVerdicts(planned)).toEqual([]);
});
