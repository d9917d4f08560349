import { env } from 'node:process';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { World } from '../oracle/world.ts';
import { everything, openBench } from '../suite/bench.ts';
import { changesOf } from '../suite/plan.ts';
import { describeAll, phaseLine, say } from '../suite/report.ts';
import { runPhases, type PhaseRun } from '../suite/run-phases.ts';
import { inConfigMapMode } from '../suite/worlds.ts';
import { defaultEngines, labelOf, type Engine } from '../suite/tools.ts';
import { wrongVerdicts } from '../suite/verdicts.ts';
import type { Case } from '../suite/cases.ts';
import { principals, realCase } from './cases.ts';
import { realModule } from './served.ts';

/*
 * The phases on the text of the real eks module, which is not part of this project: EKS_MODULE_CHECKOUT names a git checkout of it.
 */

const seed = (world: World): World => ({ ...world, principals: [...(world.principals ?? []), ...principals] });

const checkout = env['EKS_MODULE_CHECKOUT'];
if (checkout === undefined) {
  say('the real module is left out: EKS_MODULE_CHECKOUT names no checkout of terraform-aws-modules/terraform-aws-eks');
  test.skip('the real module', () => {});
} else {
  const real = realModule(checkout);
  const bench = await openBench(real);
  afterAll(() => bench.close());
  const cases = await Promise.all(
    real.releases.flatMap(release => [
      realCase({ release, rows: 'literal', options: release === '20.37.2' ? { to: 'v21' } : {} }),
      realCase({ release, rows: 'plan-time' }),
    ]),
  );
  const [oldest] = defaultEngines(bench.engines);
  // The others take one case each, from the oldest release on.
  const others = bench.engines.filter(engine => engine !== oldest);
  const literal = cases.filter(({ name }) => !name.includes('plan-time'));
  const runs = cases.flatMap(one =>
    bench.engines
      .filter(engine => everything || engine === oldest || literal[others.indexOf(engine) * 2] === one)
      .map(engine => [`${one.name} on ${labelOf(engine)}`, one, engine] as const),
  );
  const planned: { one: Case; engine: Engine; run: PhaseRun }[] = [];

  describe('every phase on the real module', () => {
    test.concurrent.each(runs)(
      '%s',
      async (_name, one, engine) => {
        const observe = (run: PhaseRun): void => {
          say(phaseLine(one.name, engine, run));
          if (run.plan.format_version !== '') planned.push({ one, engine, run });
        };
        // Made before access entries; a release of 20.x or 21.x does not make such a cluster.
        const age = one.name.includes('plan-time') ? inConfigMapMode : (world: World) => world;
        const { findings, runs: done } = await runPhases(one, { ...bench.on(engine), cut: 'ends', seed, age, observe });
        expect(describeAll(findings)).toEqual([]);
        expect(done.map(({ phase }) => phase)).toEqual(one.phases.map(({ phase }) => phase));
      },
      600_000,
    );
  });

  test('what the module looks up by its cluster is not known in the plans that change the mode', () => {
    const changing = planned.filter(({ run }) => run.applied === '1 UpdateClusterConfig');
    for (const { run } of changing) {
      const late = changesOf(run.plan).filter(({ type }) => type !== 'aws_eks_cluster');
      expect(late.map(({ address, change }) => [address, change.after_unknown])).toEqual([
        ['module.eks.aws_eks_addon.this["coredns"]', expect.objectContaining({ addon_version: true })],
        [
          'module.eks.aws_iam_openid_connect_provider.oidc_provider[0]',
          expect.objectContaining({ thumbprint_list: expect.anything() }),
        ],
      ]);
    }
    say(`${changing.length} plans change the mode; the thumbprint and the version of an add-on are unknown in each`);
  });

  test('verify-plan takes each plan for its own phase, and for none that ends in another state', async () => {
    expect(await wrongVerdicts(planned)).toEqual([]);
  });
}
