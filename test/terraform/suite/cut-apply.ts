import type { PhaseId } from '../../../lib/diagnostics/index.ts';
import type { World } from '../oracle/world.ts';
import type { Case } from './cases.ts';
import type { Finding } from './findings.ts';
import { describeChange, gainedOnTheWay, rightsIn, unequal, type Rights } from './laws.ts';
import { breakGlass } from './seed.ts';
import { apply, copyWorkspace, engine, readWorld, removeWorkspace, writeWorld, type Workspace } from './workspace.ts';
import { problemOf } from './command.ts';

/**
 * Law 2. `planned` is a workspace with a plan that is not applied yet. Its apply is cut, on copies, after each of these numbers
 * of calls that change something. Whoever has lost access then may only be someone whose entry is there and whose policy is
 * not, and only while entries are added; nobody has more than before and than in the end. The same apply again restores everybody,
 * and leaves the world that an apply leaves which is not cut.
 */
export async function cutApply(
  one: Case,
  phase: PhaseId,
  planned: Workspace,
  after: readonly number[],
  end: World,
): Promise<Finding[]> {
  const before = rightsIn(readWorld(planned));
  const findings: Finding[] = [];
  for (const done of after) {
    const copy = copyWorkspace(planned);
    try {
      const problems = await cutOnce(one, phase, copy, done, { before, end });
      findings.push(
        ...problems.map(text => ({ by: 'law 2' as const, step: phase, text: `cut after ${done}: ${text}` })),
      );
    } finally {
      removeWorkspace(copy);
    }
  }
  return findings;
}

async function cutOnce(
  one: Case,
  phase: PhaseId,
  workspace: Workspace,
  done: number,
  { before, end }: { before: Rights; end: World },
): Promise<string[]> {
  setFaults(workspace, [{ afterCalls: done, exit: true }]);
  const cut = await apply(workspace);
  if (cut.code === 0) return ['the apply went through although it was cut'];
  const world = readWorld(workspace);
  const lost = unequal(one, before, rightsIn(world)).filter(({ change }) => change !== 'gained');
  const problems = lost
    .filter(({ principal }) => phase !== 'add-access-entries' || !waitsForItsPolicy(world, principal))
    .map(describeChange);
  problems.push(...gainedOnTheWay(before, rightsIn(world), rightsIn(end)).map(describeChange));
  // Its reading of aws-auth needs rights in the cluster that a runner among the losers does not have right now.
  const flags = lost.some(({ principal }) => principal === world.runner) ? ['-refresh=false'] : [];
  setFaults(workspace, []);
  const again = await engine(workspace, 'apply', '-auto-approve', '-no-color', ...flags);
  if (again.code !== 0) return [...problems, `the apply that repeats it fails: ${problemOf(again)}`];
  const left = unequal(one, before, rightsIn(readWorld(workspace)));
  const there = readWorld(workspace);
  const different = (['clusters', 'configMaps'] as const).filter(
    part => inAnyOrder(there[part]) !== inAnyOrder(end[part]),
  );
  return [
    ...problems,
    ...left.map(change => `not restored: ${describeChange(change)}`),
    ...different.map(part => `after the apply that repeats it the ${part} are others than after one that is not cut`),
  ];
}

/** Calls are made side by side, so that which policy of an entry is the first differs from apply to apply. */
const inAnyOrder = (part: unknown): string =>
  JSON.stringify(part, (_key, value: unknown) =>
    Array.isArray(value) ? value.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : value,
  );

/** The entry is there, its policy is not; never the administrator that the migration does not touch. */
function waitsForItsPolicy(world: World, principal: string): boolean {
  const entries = Object.values(world.clusters ?? {}).map(cluster => cluster.entries?.[principal]);
  return principal !== breakGlass && entries.some(entry => entry !== undefined && (entry.policies ?? []).length === 0);
}

function setFaults(workspace: Workspace, faults: readonly object[]): void {
  writeWorld(workspace, { ...readWorld(workspace), calls: [], faults });
}
