import { afterAll, describe, expect, test } from '@jest/globals';
import { convertModule, type Conversion } from '../../../lib/convert.ts';
import { liveGateProblems } from '../../../lib/verifier/live-gates.ts';
import { runtime } from '../../support/fixture.ts';
import { gatesOf } from '../../support/runbook.ts';
import { openBench } from './bench.ts';
import { caseNamed, type Case } from './cases.ts';
import { defaultEngines } from './tools.ts';
import type { Witness } from './findings.ts';
import { phaseLine, say } from './report.ts';
import { runPhases, type Outcome } from './run-phases.ts';
import { disputedWorlds, liveEntries, type DisputedWorld } from './worlds.ts';

const bench = await openBench();
afterAll(() => bench.close());
const engines = defaultEngines(bench.engines);

type Expected = { by: Witness; step: string; text: RegExp };

/**
 * What must go wrong in a world where the source alone cannot know better, and only that: by default nothing. `gate` is
 * what the runbook says about it beforehand, `live` what a snapshot of the cluster shows before aws-auth goes.
 */
type Row = { world: DisputedWorld; name: string; expected?: Expected[]; gate?: RegExp; live?: RegExp[] };

const lostNode = (name: string): Expected => ({
  by: 'law 1',
  step: 'remove-aws-auth',
  text: new RegExp(`^lost .*:role/${name}-.*: configmap system:node`),
});
const noEntry = (name: string): RegExp => new RegExp(`the live cluster has no entry for .*"${name}"`);
const nodesHaveEntries = /before_remove_aws_auth\(\) \{\n(?: {2}.*\n)*? {2}gate .* node_entries '1'\n/;

const rows: readonly Row[] = [
  { world: 'EKS makes the node entries', name: 'examples/quickstart' },
  { world: 'EKS makes the node entries', name: 'examples/karpenter-cycle' },
  { world: 'EKS makes the node entries', name: 'nodes/managed-by-output' },
  { world: 'EKS makes the node entries', name: 'nodes/managed-windows' },
  {
    world: 'EKS makes none',
    name: 'examples/quickstart',
    expected: [lostNode('default')],
    gate: nodesHaveEntries,
    live: [noEntry('default')],
  },
  {
    world: 'EKS misses the Fargate profile',
    name: 'nodes/managed-by-output',
    expected: [lostNode('system')],
    gate: nodesHaveEntries,
    live: [noEntry('system')],
  },
  {
    world: 'EKS types Windows as EC2_LINUX',
    name: 'nodes/managed-windows',
    // The entry overrides the row at once, and the group of kube-proxy is gone.
    expected: [{ by: 'law 1', step: 'enable-api', text: /^lost .*:role\/windows-.*eks:kube-proxy-windows/ }],
    gate: /EC2_WINDOWS/,
  },
  { world: 'the runner created the cluster and has an entry', name: 'examples/quickstart' },
  {
    world: 'the runner created the cluster and has an entry',
    name: 'reference/cluster-creator-admin',
    expected: [
      { by: 'engine', step: 'add-access-entries', text: /409.*ResourceInUseException/ },
      // The window of phase 2: the entry of the other administrator is there, and no policy follows.
      { by: 'law 1', step: 'add-access-entries', text: /^lost .*AWSReservedSSO_PlatformAdmin/ },
    ],
    gate: /TAE214[\s\S]*409 ResourceInUseException/,
  },
];

describe('disputed worlds', () => {
  test.concurrent.each(rows.map((row, index) => [`${row.name}: ${row.world}`, row, index] as const))(
    '%s',
    async (_name, { world, name, expected = [], gate, live }, index) => {
      const one = caseNamed(name);
      const engine = engines[index % engines.length]!;
      const outcome = await runPhases(one, {
        ...bench.on(engine),
        age: disputedWorlds[world],
        ...(expected.length === 0 ? { cut: 'ends' as const } : {}),
        observe: run => say(`${phaseLine(one.name, engine, run)}  (${world})`),
      });
      const findings = outcome.findings.map(({ by, step, text }) => ({ by, step, text }));
      expect(findings).toEqual(expected.map(({ text, ...where }) => ({ ...where, text: expect.stringMatching(text) })));
      const result = await converted(one);
      if (gate)
        expect(
          result.gates + result.runbook + result.diagnostics.map(({ code, message }) => code + message).join('\n'),
        ).toMatch(gate);
      if (live) expect(await liveProblems(one, outcome)).toEqual(live.map(text => expect.stringMatching(text)));
    },
    600_000,
  );

  test('an unproven node role that EKS made an entry for ends in a 409, which the runbook asks for first', async () => {
    const one = caseNamed('nodes/unproven-types');
    const arn = 'arn:aws:iam::111122223333:role/asg-nodes';
    const { findings } = await runPhases(one, {
      ...bench.on(engines[0]!),
      age: world => {
        const aged = disputedWorlds['EKS makes the node entries'](world);
        const clusters = Object.entries(aged.clusters ?? {}).map(([name, cluster]) => {
          return [name, { ...cluster, nodeRoles: [{ arn, kind: 'managed' }] }] as const;
        });
        return { ...aged, clusters: Object.fromEntries(clusters) };
      },
    });
    expect(findings.map(({ by, step }) => `${step}: ${by}`)).toEqual(['add-access-entries: engine']);
    expect(findings[0]!.text).toMatch(/role\/asg-nodes.*409.*ResourceInUseException/);
    const [before = ''] = gatesOf(await converted(one), 2).split('after_add_access_entries');
    expect(before).toMatch(/has an entry yet.*409 ResourceInUse.* no_entry /);
  }, 600_000);
});

async function converted(one: Case, input = one.input, config = {}): Promise<Conversion> {
  const { ssoRegion, runner } = one;
  const options = { ...(ssoRegion ? { ssoRegion } : {}), ...(runner ? { runner } : {}) };
  const clusterCreatorAdmin = one.name === 'reference/cluster-creator-admin';
  return convertModule(input, { ...options, clusterCreatorAdmin, config, runtime: await runtime() });
}

/** What `--write --phase remove-aws-auth` says to a snapshot taken after phase 2; expressions are looked up by hand. */
async function liveProblems(one: Case, { runs }: Outcome): Promise<readonly string[]> {
  const phase2 = runs.find(({ phase }) => phase === 'add-access-entries') ?? runs[0]!;
  const revision = one.phases.find(({ phase }) => phase === phase2.phase)!;
  const [clusterName = '', cluster] = Object.entries(phase2.world.clusters ?? {})[0] ?? [];
  const expressions = one.rows.map(({ principal }) => principal).filter(principal => !principal.startsWith('arn:'));
  const arns = [...(phase2.world.principals ?? []), ...(cluster?.nodeRoles ?? []).map(({ arn }) => arn)];
  const principals = expressions.map(expression => {
    const forms = [/\["(\w+)"\]/, /groups\.(\w+)\./, /^aws_iam_role\.(\w+)/];
    const name = forms.map(form => form.exec(expression)?.[1]).find(found => found !== undefined) ?? '-';
    return [expression, { arn: arns.find(known => known.includes(`:role/${name}`)) ?? '' }] as const;
  });
  const config = { principals: Object.fromEntries(principals) };
  const result = await converted(one, new Map([...one.input, ...revision.files]), config);
  const admin = { arn: '', policies: [] };
  const runner = Object.entries(cluster?.entries ?? {}).find(
    ([, { policies = admin.policies }]) => policies?.length,
  )?.[0];
  return liveGateProblems(
    result,
    { file: 'entries.json', entries: liveEntries(phase2.world, clusterName) },
    runner ?? '',
  ).map(({ reason }) => reason);
}
