import { phaseIds, type PhaseId } from '../../../lib/diagnostics/index.ts';
import type { Case, Files } from './cases.ts';
import { problemOf, run } from './command.ts';
import { changesOf, summary } from './plan.ts';
import { supplements } from './supplements.ts';
import { plan, readWorld, writeWorld, type Workspace } from './workspace.ts';

/** A revision, or what a person does where the module has no argument for it. */
export type CaseStep = { phase: PhaseId; files?: Files; byHand?: true };

/** The modes that the runbook sets with the AWS CLI. */
const modes: Partial<Record<PhaseId, string>> = { 'enable-api': 'API_AND_CONFIG_MAP', 'api-only': 'API' };

/**
 * The steps of a case in order. Up to 19.x the module has no access_config, so the two phases that change the mode are
 * done by hand: the first before there are entries, the last when aws-auth is gone (design.md §6, the stay-put path).
 */
export function stepsOf({ name, phases }: Case): CaseStep[] {
  if (!supplements[name]?.modeByHand) return [...phases];
  const isDue = (phase: PhaseId): boolean =>
    modes[phase] !== undefined && (phase === 'enable-api' || phases.some(step => step.phase === 'remove-aws-auth'));
  return phaseIds.flatMap((phase): CaseStep[] => {
    const written = phases.find(step => step.phase === phase);
    return written ? [written] : isDue(phase) ? [{ phase, byHand: true }] : [];
  });
}

/** Changes the mode of every cluster in the world, and asks the engine whether it wants anything back. */
export async function changeByHand(
  phase: PhaseId,
  workspace: Workspace,
): Promise<{ problems: string[]; drift: string[] }> {
  const problems: string[] = [];
  writeWorld(workspace, { ...readWorld(workspace), calls: [] });
  for (const cluster of Object.keys(readWorld(workspace).clusters ?? {})) {
    const answer = await run(workspace.standin, ['update-cluster-config', cluster, modes[phase] ?? ''], {
      cwd: workspace.directory,
      env: { STANDIN_WORLD: `${workspace.directory}/world.json` },
    });
    if (answer.code !== 0) problems.push(`update-cluster-config: ${problemOf(answer)}`);
  }
  const after = await plan(workspace);
  const drift =
    changesOf(after).length > 0 ? [`the mode is changed by hand, and the plan shows ${summary(after)}`] : [];
  return { problems, drift };
}
