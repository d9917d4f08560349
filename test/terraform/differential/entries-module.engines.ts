import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runtime } from '../../support/fixture.ts';
import { seed } from '../../support/seed.ts';
import { enginesInTurn, openBench } from '../suite/bench.ts';
import { say } from '../suite/report.ts';
import { labelOf, type Engine } from '../suite/tools.ts';
import { createWorkspace, engine, must, plan, removeWorkspace, writeFiles, writeWorld } from '../suite/workspace.ts';
import { entriesByPrincipal } from './entries-by-principal.ts';
import { oddRowLists, renderCleanList, renderOddList, type OddRow } from './odd-rows.ts';
import { convertLists, ssoRegion } from './static-entries.ts';

/*
 * The module aws-auth-entries, as engines evaluate it, against the static conversion of the same rows: equal entries, or both refuse.
 */
const bench = await openBench();
afterAll(() => bench.close());

const source = fileURLToPath(new URL('../../../templates/modules/aws-auth-entries', import.meta.url));

type Case = { readonly rows: readonly OddRow[]; readonly entries: string | undefined };

/** An account of its own, so that a message tells the case. */
const inAccount = (rows: readonly OddRow[], index: number): readonly OddRow[] =>
  rows.map(row => ({
    ...row,
    fields: row.fields.map(field => field.replaceAll('111122223333', accountOf(index))),
  }));

const accountOf = (index: number): string => String(100_000_000_000 + index);

const accountIn = (rows: readonly OddRow[]): string => /\d{12}/.exec(JSON.stringify(rows))?.[0] ?? JSON.stringify(rows);

const staticCase = async (rows: readonly OddRow[]): Promise<Case> => ({
  rows,
  // Without a row that grants anything there is nothing to convert.
  entries: !rows.some(({ hasPrincipal }) => hasPrincipal)
    ? '{}'
    : await convertLists(renderCleanList(rows, 'roles'), renderCleanList(rows, 'users'), await runtime()),
});

/** A node group whose role is made in the same apply is in every plan. */
const rootModule = (cases: readonly Case[]): string =>
  [
    'resource "terraform_data" "new" {}',
    ...cases.map(
      ({ rows }, index) => `module "case_${index}" {
  source      = "./aws-auth-entries"
  roles       = ${renderOddList(rows, 'roles')}
  users       = ${renderOddList(rows, 'users')}
  sso_path    = "/aws-reserved/sso.amazonaws.com/${ssoRegion}/"
  node_groups = [{ main = { iam_role_arn = terraform_data.new.id }, none = { iam_role_arn = null } }]
}
resource "terraform_data" "case_${index}" {
  for_each = module.case_${index}.access_entries
}
output "planned_${index}" {
  value = jsonencode(module.case_${index}.access_entries)
}
`,
    ),
    ...cases.flatMap(({ entries }, index) =>
      entries === undefined ? [] : [`output "static_${index}" {\n  value = jsonencode(${entries})\n}\n`],
    ),
  ].join('\n');

type Outputs = { planned_values?: { outputs?: Record<string, { value?: unknown }> } };

const inWorkspace = async <T>(
  on: Engine,
  cases: readonly Case[],
  look: (workspace: ReturnType<typeof createWorkspace>) => Promise<T>,
): Promise<T> => {
  const workspace = createWorkspace(bench.on(on));
  try {
    writeWorld(workspace, {});
    cpSync(source, join(workspace.directory, 'aws-auth-entries'), { recursive: true });
    writeFiles(workspace, new Map([['main.tf', rootModule(cases)]]));
    await must(workspace, 'init', '-no-color');
    return await look(workspace);
  } finally {
    removeWorkspace(workspace);
  }
};

/** More for a search by hand: FC_RUNS=2000. */
const lists = Number(env['FC_RUNS'] ?? 250);

const refusal = 'Module output value precondition failed';

test.each(enginesInTurn(bench.engines).map(on => [labelOf(on), on] as const))(
  'the module gives the entries of the static conversion, or both refuse, on %s',
  async (name, on) => {
    say(`entries module  ${name}  seed ${seed}`);
    const drawn = fc.sample(oddRowLists, { numRuns: lists, seed });
    const cases = await Promise.all(drawn.map((rows, index) => staticCase(inAccount(rows, index))));
    const open = cases.filter(({ entries }) => entries !== undefined);
    const blocked = cases.filter(({ entries }) => entries === undefined);
    for (let from = 0; from < open.length; from += 60) {
      const batch = open.slice(from, from + 60);
      const { planned_values: planned } = await inWorkspace(
        on,
        batch,
        async workspace => (await plan(workspace)) as Outputs,
      );
      const valueOf = (output: string): unknown => JSON.parse(String(planned?.outputs?.[output]?.value));
      for (const [index, { rows }] of batch.entries()) {
        expect([rows, entriesByPrincipal(valueOf(`planned_${index}`))]).toEqual([
          rows,
          entriesByPrincipal(valueOf(`static_${index}`)),
        ]);
      }
    }
    for (let from = 0; from < blocked.length; from += 60) {
      const batch = blocked.slice(from, from + 60);
      const said = await inWorkspace(on, batch, async workspace => {
        const { stdout } = await engine(workspace, 'plan', '-json');
        return stdout.split('\n').filter(line => line.includes(refusal));
      });
      // The account tells the case.
      const unrefused = batch.filter(({ rows }) => !said.some(line => line.includes(accountIn(rows))));
      expect(unrefused.map(({ rows }) => rows)).toEqual([]);
      expect(said).toHaveLength(batch.length);
    }
    say(`entries module  ${name}  ${open.length} lists with equal entries, ${blocked.length} refused both ways`);
    expect(Math.min(open.length, blocked.length)).toBeGreaterThan(lists / 5);
  },
  // A search by hand takes longer.
  Math.max(900_000, lists * 5_000),
);

test.each(enginesInTurn(bench.engines).map(on => [labelOf(on), on] as const))(
  'the tests of the module pass on %s',
  async (name, on) => {
    const workspace = createWorkspace(bench.on(on));
    try {
      writeWorld(workspace, {});
      cpSync(source, workspace.directory, { recursive: true });
      await must(workspace, 'init', '-no-color');
      const { stdout } = await must(workspace, 'test', '-no-color');
      const [, passed = '0'] = /(\d+) passed, 0 failed/.exec(stdout) ?? [];
      say(`entries module  ${name}  ${passed} tests of its own passed`);
      expect(Number(passed)).toBeGreaterThan(10);
      await must(workspace, 'fmt', '-check', '-recursive');
      await must(workspace, 'validate');
    } finally {
      removeWorkspace(workspace);
    }
  },
  120_000,
);
