import { afterAll, describe, expect, test } from '@jest/globals';
import { openBench } from './bench.ts';
import { caseNamed, type Files } from './cases.ts';
import { describeAll, phaseLine, say } from './report.ts';
import { runPhases } from './run-phases.ts';
import { defaultEngines, labelOf } from './tools.ts';

const bench = await openBench();
afterAll(() => bench.close());
const engines = defaultEngines(bench.engines);

/*
 * A principal that depends on the cluster's own outputs cannot be an argument of the module: since 20.8.5 those outputs
 * wait for the entries. https://github.com/terraform-aws-modules/terraform-aws-eks/pull/3000
 */

const entries = `  authentication_mode = "API_AND_CONFIG_MAP"

  access_entries = {
    karpenter = {
      principal_arn = module.karpenter.node_iam_role_arn
      type          = "EC2_LINUX"
    }
    operators = {
      principal_arn = aws_iam_role.operators.arn
      user_name     = "operators"
      policy_associations = {
        cluster_admin = {
          policy_arn   = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }
  }
}
`;

/** By hand from the source of phase 1: the entries of the example as an argument of the module. */
const forced = (files: Files): Files => {
  const source = files.get('main.tf') ?? '';
  const text = source.replace(/ {2}authentication_mode = "API_AND_CONFIG_MAP"\n\}\n/, entries);
  expect(text).not.toBe(source);
  return new Map([['main.tf', text]]);
};
describe('karpenter-cycle', () => {
  const one = caseNamed('examples/karpenter-cycle');

  const upTo = { ...one, phases: one.phases.slice(0, 1) };

  test.each(engines.map(engine => [labelOf(engine), engine] as const))(
    'forced into access_entries on %s',
    async (_name, engine) => {
      const { findings } = await runPhases(upTo, { ...bench.on(engine), rewrite: (_phase, files) => forced(files) });
      say(`karpenter-cycle forced into access_entries  ${describeAll(findings).join('; ').slice(0, 200)}`);
      expect(findings.map(({ by }) => by)).toEqual(['engine']);
      expect(findings[0]!.text).toMatch(/Error: Cycle: .*module\.eks/);
    },
    300_000,
  );

  test.each(engines.map(engine => [labelOf(engine), engine] as const))(
    'as resources on %s',
    async (_name, engine) => {
      const observe = (run: Parameters<typeof phaseLine>[2]): void => say(phaseLine(one.name, engine, run));
      const { findings, runs } = await runPhases(one, { ...bench.on(engine), observe });
      expect(describeAll(findings)).toEqual([]);
      expect(runs.map(({ phase }) => phase)).toContain('add-access-entries');
    },
    300_000,
  );
});
