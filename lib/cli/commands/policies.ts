import { diagnose } from '../../diagnostics/index.ts';
import { accessPolicies, nearestPolicy } from '../../eks/index.ts';
import { policiesOutput } from '../../report/policies-output.ts';
import type { PoliciesFlags } from '../arguments/commands.ts';
import type { Host } from '../host.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import { printOutput } from '../print-output.ts';

/** Prints the access policies of EKS, or one of them with its rules. Calls nothing. */
export const policiesCommand = async (flags: PoliciesFlags, host: Host): Promise<number> => {
  const { name: given } = flags;
  const [, own] = /^arn:([\w-]+):eks::aws:cluster-access-policy\//.exec(given ?? '') ?? [];
  const { partition = own ?? 'aws' } = flags;
  const asked = given?.split('cluster-access-policy/').at(-1)?.toLowerCase();
  const shown = accessPolicies.filter(({ name }) => asked === undefined || name.toLowerCase() === asked);
  if (given !== undefined && shown.length === 0) {
    return printDiagnostics(diagnose('TAE116', { name: given, nearest: nearestPolicy(given) }), host, flags);
  }
  return printOutput(policiesOutput(shown, partition, given !== undefined), flags, host);
};
