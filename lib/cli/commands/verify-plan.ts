import { defined, diagnose, refusalOf } from '../../diagnostics/index.ts';
import { planOutput } from '../../report/verdict/plan-output.ts';
import type { PlanVerdict } from '../../verifier/plan/verdict.ts';
import { verifyPlan } from '../../verifier/plan/verify-plan.ts';
import type { VerifyPlanFlags } from '../arguments/commands.ts';
import { stdinPath } from '../arguments/syntax.ts';
import { oneInput } from '../convert/misuse.ts';
import type { Host } from '../host.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import { printOutput } from '../print-output.ts';
import { readNamedConfig } from '../read-config.ts';
import { readInput } from '../verify/read-input.ts';

/** Says whether a plan fits its phase. Writes nothing. */
export const verifyPlanCommand = async (flags: VerifyPlanFlags, host: Host): Promise<number> => {
  const { plan, existing, config } = flags;
  if ([plan, existing, ...config].filter(path => path === stdinPath).length > 1) {
    return printDiagnostics(oneInput, host, flags);
  }
  const verdict = await judge(flags, host);
  const { phase, diagnostics } = verdict;
  const [first = diagnose('TAE112', {})] = diagnostics;
  if (phase === undefined) return printDiagnostics(first, host, flags);
  return printOutput(planOutput({ ...verdict, phase }, plan === stdinPath ? '<stdin>' : plan), flags, host);
};

const judge = async (flags: VerifyPlanFlags, host: Host): Promise<PlanVerdict> => {
  const { plan, phase, existing, clusterName, config, strict, acceptUnverified } = flags;
  try {
    const input = await readInput(plan, host);
    const live = existing === undefined ? undefined : await readInput(existing, host);
    const decided = await readNamedConfig(config, host);
    return await verifyPlan(input.text, {
      ...defined({ phase }),
      strict,
      acceptUnverified,
      file: input.label,
      ...defined({ clusterName, config: decided, existing: live?.text, existingFile: live?.label }),
    });
  } catch (error) {
    return { ...defined({ phase }), fits: false, clusters: [], changes: [], diagnostics: refusalOf(error) };
  }
};
