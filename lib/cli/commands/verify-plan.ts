import { diagnose, Refusal } from '../../diagnostics/index.ts';
import { planOutput } from '../../report/verdict/plan-output.ts';
import { verifyPlan } from '../../verifier/plan/verify-plan.ts';
import { stdinPath } from '../stdin-path.ts';
import type { Host } from '../host.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import type { VerifyPlanFlags } from '../arguments/verify-plan.ts';
import { presentVerdict } from '../verify/present-verdict.ts';
import { readInput, readNamedConfig, type Input } from '../verify/read-input.ts';

/** Says whether a plan fits its phase. Writes nothing. */
export const verifyPlanCommand = async (flags: VerifyPlanFlags, host: Host): Promise<number> => {
  const { plan, phase, existing, clusterName, config: configFile, strict, acceptUnverified } = flags;
  if (phase === undefined) return printDiagnostics([diagnose('TAE112', {})], host, flags);
  if ([plan, existing, configFile].filter(path => path === stdinPath).length > 1) {
    return printDiagnostics(
      [diagnose('TAE101', { reason: 'stdin (-) holds one input: name a file for the other.' })],
      host,
      flags,
    );
  }
  const base = { phase, strict, acceptUnverified, ...(clusterName === undefined ? {} : { clusterName }) };
  try {
    const input = await readInput(plan, host);
    const live: Input | undefined = existing === undefined ? undefined : await readInput(existing, host);
    const config = await readNamedConfig(configFile, host);
    const verdict = await verifyPlan(input.text, {
      ...base,
      ...(config === undefined ? {} : { config }),
      file: input.label,
      ...(live === undefined ? {} : { existing: live.text, existingFile: live.label }),
    });
    return presentVerdict(planOutput(verdict, input.label), flags, host);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { diagnostics } = error;
    const label = plan === stdinPath ? '<stdin>' : plan;
    const verdict = { phase, fits: false, clusters: [], changes: [], diagnostics };
    return presentVerdict(planOutput(verdict, label), flags, host);
  }
};
