import { check } from '../../../lib/check.ts';
import { convertModule } from '../../../lib/convert.ts';
import { importBlocks } from '../../../lib/import-blocks.ts';
import type { Host, Pipeline } from '../../../lib/cli/host.ts';
import { run } from '../../../lib/cli/run.ts';
import { loadRuntime } from '../../../lib/node.ts';
import { plain } from '../../../lib/report/style.ts';
import { verifyAccess } from '../../../lib/verifier/access/verify-access.ts';
import { liveGateProblems, snapshotGaps } from '../../../lib/verifier/live-gates.ts';
import type { Outcome } from './command.ts';

let loaded: Promise<Pipeline> | undefined;
export const load = async (): Promise<Pipeline> => ({
  check,
  convert: convertModule,
  importBlocks,
  runtime: await loadRuntime(),
  liveGateProblems,
  snapshotGaps,
  verifyAccess,
});

/** Runs a command line in this process, without colours. */
export const runHere = async (
  cwd: string,
  args: readonly string[],
  more: Partial<Host> & { stdin?: string } = {},
): Promise<Outcome> => {
  let stdout = '';
  let stderr = '';
  const host: Host = {
    cwd,
    readStdin: async () => Buffer.from(more.stdin ?? ''),
    stdout: text => void (stdout += text),
    stderr: text => void (stderr += text),
    style: () => plain,
    isTerminal: () => false,
    width: () => undefined,
    pipeline: () => (loaded ??= load()),
    ...more,
  };
  const status = await run(args, host);
  return { status, stdout, stderr };
};
