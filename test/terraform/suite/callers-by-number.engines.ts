import { afterAll, describe, expect, test } from '@jest/globals';
import { convert } from '../../../lib/convert.ts';
import { verifyPlan } from '../../../lib/index.ts';
import { loadRuntime } from '../../../lib/node.ts';
import { enginesInTurn, openBench } from './bench.ts';
import { callers, caseOf, files as tree, inWorkspace } from './callers.ts';
import type { Case, Files } from './cases.ts';
import { valued } from './environments.ts';
import { describeAll, phaseLine, say } from './report.ts';
import { runPhases, type PhaseRun } from './run-phases.ts';
import { defaultEngines, labelOf, type Engine } from './tools.ts';
import { wrongVerdicts } from './verdicts.ts';
import { inConfigMapMode } from './worlds.ts';

/*
 * A module whose callers are at different phases at the same time, from one commit: each says by a number in its call how far it is.
 * Every apply is cut.
 */

const bench = await openBench();
afterAll(() => bench.close());
const engines = enginesInTurn(defaultEngines(bench.engines));

/** From CONFIG_MAP on, so that the first number has something to do. */
const files: Files = new Map(
  [...tree].map(([path, text]) => [
    path,
    path === 'main.tf'
      ? text.replace('  cluster_version', '  authentication_mode = "CONFIG_MAP"\n  cluster_version')
      : text,
  ]),
);

const runtime = await loadRuntime();
const ordinary = await convert(files, { runtime, callers });
const phased = await convert(files, { runtime, callers, perEnvironment: true });
const [revision] = phased.revisions;

/** The files of the commit, in which the call of a caller has a number. */
const at = (directory: string, number: number): Files =>
  new Map(
    [...(revision?.files ?? [])].map(([path, text]) => [
      path,
      path === `${directory}/main.tf`
        ? text.replace('access_entries_phase = 0', `access_entries_phase = ${number}`)
        : text,
    ]),
  );

/** A caller with the commit, then with these numbers, and with the clean-up where it is at the last. */
const caseAt = (
  label: string,
  variables: Record<string, unknown>,
  numbers: readonly number[],
  cleanUp = false,
): Case => {
  const caller = callers.find(one => one.label === label)!;
  const end = phased.revisions.filter(({ phase }) => cleanUp && phase === 'clean-up');
  const steps = numbers.map(number => ({ phase: valued[number - 1]!, files: at(caller.directory, number) }));
  // A new cluster is not made in that mode with this module: it is as old as its mode.
  return caseOf(caller, { ...phased, revisions: [revision!, ...steps, ...end] }, variables);
};

/** All files as they are after the clean-up. */
const end = async (start: Files): Promise<object> => {
  const { revisions } = await convert(start, { runtime, callers });
  const last = revisions.find(({ phase }) => phase === 'clean-up');
  return Object.fromEntries([...new Map([...start, ...(last?.files ?? [])])].toSorted());
};

const places = [
  ['envs/dev', {}, 1],
  ['envs/prod', { break_glass: true }, 2],
  ['envs/prod', { break_glass: false }, 2],
  ['envs/staging', {}, 4],
] as const;

const numbersTo = (last: number): readonly number[] => [1, 2, 3, 4].filter(number => number <= last);

const planned: { one: Case; engine: Engine; run: PhaseRun }[] = [];

describe('three callers of a module, from one commit', () => {
  test.concurrent.each(
    engines.flatMap(engine => places.map(([label, variables, last]) => ({ engine, label, variables, last }))),
  )(
    '$label $variables at $last on $engine.name',
    async ({ engine, label, variables, last }) => {
      const one = caseAt(label, variables, numbersTo(last), last === 4);
      const { findings, runs, world } = await runPhases(one, {
        ...bench.on(engine),
        age: inConfigMapMode,
        cut: 'all',
        observe: run => say(phaseLine(`${label} by number`, engine, run)),
      });
      expect(describeAll(findings)).toEqual([]);
      expect(runs.map(({ phase }) => phase)).toEqual([
        'per-environment',
        ...valued.slice(0, last),
        ...(last === 4 ? ['clean-up'] : []),
      ]);
      const [cluster] = Object.values(world.clusters ?? {});
      const principals = Object.keys(cluster?.entries ?? {});
      const { directory } = callers.find(caller => caller.label === label)!;
      const ofCaller = phased.rows.filter(({ file, key }) => file.startsWith(directory) && key !== undefined);
      const isThere = ofCaller.some(({ principal }) => principals.includes(principal));
      expect([cluster?.mode, isThere]).toEqual([last === 4 ? 'API' : 'API_AND_CONFIG_MAP', last >= 2]);
      planned.push(...runs.map(run => ({ one, engine, run })));
    },
    900_000,
  );

  test('all of them have the same module', () => {
    const modules = places.map(([label, , last]) => {
      const { directory } = callers.find(one => one.label === label)!;
      return [...inWorkspace(directory, at(directory, last))].filter(([path]) => path.startsWith('modules/'));
    });
    expect(new Set(modules.map(texts => JSON.stringify(texts))).size).toBe(1);
  });

  test('with all at 4 the clean-up ends where the phases end one after another, byte for byte', async () => {
    let all: Files = new Map([...files, ...(revision?.files ?? [])]);
    for (const { directory } of callers)
      all = new Map([...all, [`${directory}/main.tf`, at(directory, 4).get(`${directory}/main.tf`)!]]);
    expect(await end(all)).toEqual(await end(files));
    expect(ordinary.revisions.at(-1)?.phase).toBe('clean-up');
  });
});

// After the others, which run side by side: what is asked here imports a package late, and jest takes that ill among them.
test('verify-plan takes each plan for its own phase, and knows it from the number in the call', async () => {
  expect(await wrongVerdicts(planned)).toEqual([]);
  const byValue = planned.filter(({ run }) => valued.includes(run.phase));
  expect(byValue).toHaveLength(engines.length * (1 + 2 + 2 + 4));
  for (const { one, run } of byValue) {
    const { phase } = await verifyPlan(JSON.stringify(run.plan));
    expect([one.name, phase]).toEqual([one.name, run.phase]);
  }
});

describe.each(engines.map(engine => [labelOf(engine), engine] as const))(
  'on %s verify-plan refuses',
  (_label, engine) => {
    test.each([
      ['a number that is skipped', [1, 3], 'TAE522'],
      ['one that goes back to before the entries', [1, 2, 1], 'TAE520'],
      ['one that goes back to aws-auth', [1, 2, 3, 2], 'TAE520'],
    ] as const)(
      '%s',
      async (_name, numbers, code) => {
        const { runs } = await runPhases(caseAt('envs/staging', {}, numbers), {
          ...bench.on(engine),
          age: inConfigMapMode,
        });
        const { fits, diagnostics } = await verifyPlan(JSON.stringify(runs.at(-1)?.plan));
        expect([fits, diagnostics.map(one => one.code)]).toEqual([false, expect.arrayContaining([code])]);
      },
      600_000,
    );
  },
);
