import { phaseNumber, type PhaseId } from '../../../lib/diagnostics/index.ts';
import type { Bench } from '../suite/bench.ts';
import { caseNamed, type Case, type Files } from '../suite/cases.ts';
import type { Finding } from '../suite/findings.ts';
import { withOtherValues } from '../suite/other-values.ts';
import { runRefusals } from '../suite/refusals.ts';
import { runPhases, type Options } from '../suite/run-phases.ts';
import type { Engine } from '../suite/tools.ts';
import type { Mutation } from './mutation.ts';

/** What noticed the mutation; empty when nothing did. Throws when it changes nothing, or when its setting fails unbroken. */
export async function runMutation(mutation: Mutation, bench: Bench, engine: Engine): Promise<Finding[]> {
  const { of, setting, from, only, report = (rows: Case['rows']) => rows } = mutation;
  const right = setting?.(caseNamed(of)) ?? caseNamed(of);
  if (setting) {
    const { findings } = await runPhases(right, bench.on(engine));
    if (findings.length > 0) throw new Error(`${of} fails unbroken: ${findings[0]?.step}: ${findings[0]?.text}`);
  }
  const one = { ...right, rows: [...report(right.rows)] };
  const changed = new Set<PhaseId>(JSON.stringify(one.rows) === JSON.stringify(right.rows) ? [] : [from]);
  const rewrite = (phase: PhaseId, files: Files): Files => {
    const applies = only ? phase === from : phaseNumber(phase) >= phaseNumber(from);
    if (!applies) return files;
    const broken = [...files].map(([path, text]) => {
      const edited = mutation.edit(text, phase, path);
      if (edited !== text) changed.add(phase);
      return [path, edited] as const;
    });
    return new Map(broken);
  };
  const options: Options = { ...bench.on(engine), rewrite, stop: true };
  const { findings } = await runPhases(one, options);
  if (!changed.has(from)) throw new Error(`it changes nothing in ${from} of ${of}`);
  const source = findings.find(({ by, step }) => by === 'engine' && step === 'source');
  if (source) throw new Error(`${of} fails before it is broken: ${source.text}`);
  if (findings.length > 0) return findings;
  // Then with the other values of guards, and where the plan must not go through: the rest of what the suite runs.
  for (const other of withOtherValues(one)) {
    const { findings: otherwise } = await runPhases(other, options);
    if (otherwise.length > 0) return otherwise;
  }
  return runRefusals(one, options);
}
