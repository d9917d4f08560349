import { phaseNumber, type PhaseId } from '../../../lib/diagnostics/index.ts';
import type { Bench } from '../suite/bench.ts';
import { caseNamed, type Files } from '../suite/cases.ts';
import type { Finding } from '../suite/findings.ts';
import { runPhases } from '../suite/run-phases.ts';
import type { Engine } from '../suite/tools.ts';
import type { Mutation } from './mutations.ts';

/** What noticed the mutation; empty when nothing did. Throws when it changes nothing, or when its setting fails unbroken. */
export async function runMutation(mutation: Mutation, bench: Bench, engine: Engine): Promise<Finding[]> {
  const { of, setting, from, only } = mutation;
  const one = setting?.(caseNamed(of)) ?? caseNamed(of);
  if (setting) {
    const { findings } = await runPhases(one, bench.on(engine));
    if (findings.length > 0) throw new Error(`${of} fails unbroken: ${findings[0]?.step}: ${findings[0]?.text}`);
  }
  const changed = new Set<PhaseId>();
  const rewrite = (phase: PhaseId, files: Files): Files => {
    const applies = only ? phase === from : phaseNumber(phase) >= phaseNumber(from);
    if (!applies) return files;
    const broken = [...files].map(([path, text]) => {
      const edited = mutation.edit(text, phase);
      if (edited !== text) changed.add(phase);
      return [path, edited] as const;
    });
    return new Map(broken);
  };
  const { findings } = await runPhases(one, { ...bench.on(engine), rewrite, stop: true });
  if (!changed.has(from)) throw new Error(`it changes nothing in ${from} of ${of}`);
  const source = findings.find(({ step }) => step === 'source');
  if (source) throw new Error(`${of} fails before it is broken: ${source.text}`);
  return findings;
}
