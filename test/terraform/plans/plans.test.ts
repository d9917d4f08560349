import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { phaseIds } from '../../../lib/diagnostics/index.ts';
import { planProblems } from '../suite/plan-table.ts';
import type { Plan } from '../suite/plan.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const engines = readdirSync(here, { withFileTypes: true }).filter(entry => entry.isDirectory());
const plans = engines.flatMap(({ name: engine }) => readdirSync(join(here, engine)).map(file => `${engine}/${file}`));

const of = (engine: string): string[] => plans.filter(plan => plan.startsWith(engine)).map(plan => plan.split('/')[1]!);

/** What must be said about the plans that should not be applied, from domain D4, A7 and design §6. */
const wrong: readonly (readonly [plan: RegExp, problem: RegExp])[] = [
  [/not-moved/, /must not delete module\.eks\.kubernetes_config_map_v1_data\.aws_auth\[0\]/],
  [/replaced-cluster/, /must not delete\/create module\.eks\.aws_eks_cluster\.this\[0\]/],
  [/backwards-mode/, /must not update module\.eks\.aws_eks_cluster\.this\[0\]/],
  [/aws-auth-removed-early/, /must not delete module\.aws_auth\.kubernetes_config_map_v1_data\.aws_auth\[0\]/],
];

test('both engines have the same plans', () => {
  expect(of('terraform').length).toBeGreaterThanOrEqual(9);
  expect(of('tofu')).toEqual(of('terraform'));
});

test.each(plans)('%s', file => {
  const plan = JSON.parse(readFileSync(join(here, file), 'utf8')) as Plan;
  const phase = phaseIds.find(id => file.endsWith(`-${id}.json`))!;
  const problem = wrong.find(([name]) => name.test(file))?.[1];
  const said = planProblems(phase, plan);
  if (problem) expect(said.join('\n')).toMatch(problem);
  else expect(said).toEqual([]);
});
