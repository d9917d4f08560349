import { afterAll, expect, test } from '@jest/globals';
import { engineNamed, openBench } from './bench.ts';
import { caseNamed } from './cases.ts';
import type { Witness } from './findings.ts';
import { runPhases } from './run-phases.ts';

/*
 * Modules of 17.x, 18.x and 19.x: what a phase 0 without a part of it is refused for, and a mode that EKS does not take from
 * a person. What the product writes for such modules runs with all the other cases.
 */

const bench = await openBench();
afterAll(() => bench.close());

type Fault = { name: string; from: RegExp; to: string; by: Witness; text: RegExp };

/** What phase 0 must not leave out, and who notices. */
const faults: readonly Fault[] = [
  {
    name: 'a node row is not written down',
    from: /\n    \{\n      rolearn  = module\.eks\.self_managed_node_groups\[[\s\S]*?\n    \},/,
    to: '',
    by: 'law 1',
    text: /^lost .*:role\/batch-node-group-.*: configmap system:node:\{\{EC2PrivateDNSName\}\}/,
  },
  {
    name: 'the data is not moved',
    from: /\nmoved \{\n  from = module\.eks\.kubernetes_config_map_v1_data[\s\S]*?\n\}\n/,
    to: '',
    by: 'plan rule',
    text: /^split-aws-auth must not delete module\.eks\.kubernetes_config_map_v1_data\.aws_auth\[0\]/,
  },
  {
    name: 'the mode is left to the default of 20.x',
    from: /\n  authentication_mode .*/,
    to: '',
    by: 'plan rule',
    text: /^split-aws-auth must not update module\.eks\.aws_eks_cluster\.this\[0\] \(access_config\.0\.authentication_mode/,
  },
  {
    name: 'the self-managed group may have its entry',
    from: /\n    create_access_entry = false #.*\n/,
    to: '\n',
    by: 'plan rule',
    text: /^split-aws-auth must not create module\.eks\.module\.self_managed_node_group\["batch"\]\.aws_eks_access_entry\.this\[0\]/,
  },
];

test.concurrent.each(faults.map(fault => [fault.name, fault] as const))(
  'a phase 0 is refused in which %s',
  async (_name, { from, to, by, text }) => {
    const one = caseNamed('inline/v19-literal');
    const rewrite = (_phase: string, files: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
      const main = files.get('main.tf') ?? '';
      const broken = main.replace(from, to);
      expect(broken).not.toBe(main);
      return new Map([...files, ['main.tf', broken]]);
    };
    const only = { ...one, phases: one.phases.slice(0, 1) };
    const { findings } = await runPhases(only, {
      ...bench.on(engineNamed(bench.engines, 'terraform')),
      rewrite,
      stop: true,
    });
    expect(findings).toContainEqual({ by, step: 'split-aws-auth', text: expect.stringMatching(text) });
  },
  600_000,
);

test('a change of the mode by hand that EKS refuses is a finding', async () => {
  const one = caseNamed('inline/v18-stay-put');
  const { findings } = await runPhases(
    { ...one, phases: [] },
    {
      ...bench.on(engineNamed(bench.engines, 'tofu')),
      age: world => ({
        ...world,
        clusters: Object.fromEntries(
          Object.entries(world.clusters ?? {}).map(([name, cluster]) => [name, { ...cluster, mode: 'API' }]),
        ),
      }),
    },
  );
  expect(findings.map(({ by, step }) => `${step}: ${by}`)).toEqual(['enable-api: engine']);
  expect(findings[0]!.text).toMatch(/Unsupported authentication mode update from API to API_AND_CONFIG_MAP/);
}, 600_000);
