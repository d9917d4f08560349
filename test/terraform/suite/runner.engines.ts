import { afterAll, describe, expect, test } from '@jest/globals';
import { openBench } from './bench.ts';
import { caseNamed } from './cases.ts';
import { rightsIn, unequal } from './laws.ts';
import { problemOf } from './command.ts';
import { seedFiles, seedWorld } from './seed.ts';
import { defaultEngines, labelOf } from './tools.ts';
import * as workspaces from './workspace.ts';

const bench = await openBench();
afterAll(() => bench.close());

const runner = 'arn:aws:iam::111122223333:role/deploy';

/*
 * Phase 2 takes the runner's own rights for a moment: its entry overrides its row, its policy comes later. An apply that
 * is cut there cannot even be planned again, since reading aws-auth needs rights in the cluster, and is repeated without
 * a refresh, which needs rights in IAM only (design §6).
 */
describe('an apply that is cut while the runner is locked out', () => {
  test.each(defaultEngines(bench.engines).map(engine => [labelOf(engine), engine] as const))(
    '%s',
    async (_name, engine) => {
      const one = caseNamed('examples/quickstart');
      const workspace = workspaces.createWorkspace(bench.on(engine));
      const again = (...flags: readonly string[]): ReturnType<typeof workspaces.engine> =>
        workspaces.engine(workspace, 'apply', '-auto-approve', '-no-color', ...flags);
      const isAdmin = (): boolean =>
        [...rightsIn(workspaces.readWorld(workspace)).values()].every(rights => rights.get(runner)?.isClusterAdmin);
      try {
        workspaces.writeFiles(workspace, seedFiles(one));
        workspaces.writeWorld(workspace, seedWorld(one));
        await workspaces.must(workspace, 'init', '-no-color');
        await workspaces.must(workspace, 'apply', '-auto-approve', '-no-color');
        // From here on by the pipeline's role, which is an administrator by its row in aws-auth.
        for (const { phase, files } of one.phases.slice(0, 2)) {
          workspaces.writeFiles(workspace, files);
          const world = workspaces.readWorld(workspace);
          // Four entries, and then nothing any more.
          const faults = phase === 'add-access-entries' ? [{ afterCalls: 4, exit: true }] : [];
          workspaces.writeWorld(workspace, {
            ...world,
            runner,
            options: { enforceKubernetesRead: true },
            calls: [],
            faults,
          });
          await again();
        }
        expect(isAdmin()).toBe(false);
        workspaces.writeWorld(workspace, { ...workspaces.readWorld(workspace), calls: [], faults: [] });
        const refreshed = await again();
        expect(refreshed.code).not.toBe(0);
        expect(problemOf(refreshed)).toContain('configmaps "aws-auth" is forbidden');
        expect(isAdmin()).toBe(false);
        expect(problemOf(await again('-refresh=false'))).not.toContain('Error');
        expect(isAdmin()).toBe(true);
      } finally {
        workspaces.removeWorkspace(workspace);
      }
    },
    300_000,
  );
});

/*
 * A call that is done and whose answer is lost is not in the state. The apply that repeats it ends in a 409, and the entry waits for
 * its policy until it is imported, as the runbook says.
 */
test('an entry whose answer is lost is imported, and then the same apply goes through', async () => {
  const one = caseNamed('examples/quickstart');
  const workspace = workspaces.createWorkspace(bench.on(defaultEngines(bench.engines).at(-1)!));
  const again = (...flags: readonly string[]): ReturnType<typeof workspaces.engine> =>
    workspaces.engine(workspace, 'apply', '-auto-approve', '-no-color', ...flags);
  try {
    workspaces.writeFiles(workspace, seedFiles(one));
    workspaces.writeWorld(workspace, seedWorld(one));
    await workspaces.must(workspace, 'init', '-no-color');
    await workspaces.must(workspace, 'apply', '-auto-approve', '-no-color');
    workspaces.writeFiles(workspace, one.phases[1]!.files);
    const before = workspaces.readWorld(workspace);
    const lost = {
      call: 'CreateAccessEntry',
      match: 'role/deploy',
      error: 'connection reset by peer',
      times: 1,
      kept: true,
    };
    workspaces.writeWorld(workspace, { ...before, calls: [], faults: [lost] });
    expect((await again()).code).not.toBe(0);
    expect(problemOf(await again())).toMatch(/role\/deploy.*409.*ResourceInUseException/);
    const address = 'module.eks.aws_eks_access_entry.this["deploy"]';
    await workspaces.must(workspace, 'import', '-no-color', address, `quickstart:${runner}`);
    expect((await again()).code).toBe(0);
    expect(unequal(one, rightsIn(before), rightsIn(workspaces.readWorld(workspace)))).toEqual([]);
  } finally {
    workspaces.removeWorkspace(workspace);
  }
}, 300_000);
