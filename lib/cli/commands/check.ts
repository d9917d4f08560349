import { checkSummary } from '../../report/check/summary.ts';
import type { CheckFlags } from '../arguments/commands.ts';
import { findModules } from '../check/find-modules.ts';
import type { Host } from '../host.ts';
import { stdinPath } from '../arguments/syntax.ts';

/** Says what is wrong with root modules. Writes nothing. Where nothing is of interest, nothing more is loaded to say so. */
export const checkCommand = async (flags: CheckFlags, host: Host): Promise<number> => {
  const reason = misuse(flags);
  if (reason !== undefined) return (await import('../print-diagnostics.ts')).printDiagnostics(reason, host, flags);
  const found = await findModules(flags.paths, host.cwd);
  const { modules } = found;
  const plain = flags.format === 'pretty' && flags.config === undefined && flags.baseline === undefined;
  if (plain && !modules.some(({ concerned }) => concerned)) {
    const style = host.style('stdout', !flags.noColor);
    host.stdout(`${style('bold', style('green', checkSummary({ modules: modules.length })))}\n`);
    return 0;
  }
  // The wasm compiles while the rest is read. A failure shows where the pipeline is used.
  if (modules.some(({ concerned }) => concerned)) host.pipeline().catch(() => {});
  const { runCheck } = await import('../check/run-check.ts');
  return runCheck(found, flags, host);
};

const misuse = ({ paths, baseline, writeBaseline }: CheckFlags): string | undefined => {
  if (paths.includes(stdinPath)) return 'check takes files and directories, and stdin (-) is neither.';
  if (writeBaseline && baseline === undefined)
    return '--write-baseline writes the file that --baseline names: give both.';
  return undefined;
};
