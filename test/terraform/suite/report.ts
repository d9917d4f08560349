import { stdout } from 'node:process';
import { describeFinding, type Finding, type Witness } from './findings.ts';
import type { PhaseRun } from './run-phases.ts';
import { labelOf, type Engine } from './tools.ts';

/** One line per case, engine and phase: what was planned and applied, and both laws. */
export function phaseLine(name: string, engine: Engine, run: PhaseRun): string {
  const law = (by: Witness): string => {
    const broken = run.findings.filter(finding => finding.by === by);
    return broken.length === 0 ? `${by} holds` : `${by} BROKEN: ${broken.map(({ text }) => text).join('; ')}`;
  };
  const cuts = run.cuts === 0 ? [] : [`${law('law 2')} (${run.cuts} cuts)`];
  const refused = run.findings
    .filter(({ by }) => ['engine', 'plan rule', 'world rule'].includes(by))
    .map(describeFinding);
  return [
    name.replace('examples/', ''),
    labelOf(engine),
    run.phase,
    `planned ${run.planned}, applied ${run.applied}`,
    ...refused,
    law('law 1'),
    ...cuts,
  ].join('  ');
}

export const describeAll = (findings: readonly Finding[]): string[] => findings.map(describeFinding);

/** Past the test runner, which would put a stack trace below each line. */
export const say = (line: string): void => void stdout.write(`${line}\n`);
