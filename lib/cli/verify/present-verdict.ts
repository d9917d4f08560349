import { exitStatus } from '../../diagnostics/index.ts';
import type { Output } from '../../report/output.ts';
import type { PrintFlags } from '../arguments/options.ts';
import type { Host } from '../host.ts';
import { printOutput } from '../print-output.ts';

/** Prints a verdict in the format asked for and returns its exit status. */
export const presentVerdict = async (verdict: Output, flags: PrintFlags, host: Host): Promise<number> => {
  await printOutput(verdict, flags, host);
  return exitStatus(verdict.findings.map(({ diagnostic }) => diagnostic));
};
