import { diagnose, exitStatus, type Diagnostic } from '../diagnostics/index.ts';
import { findingsText } from '../report/findings.ts';
import type { Host } from './host.ts';

/** For what is wrong before any file is read. Why a command line is not right is a text. */
export const printDiagnostics = (problem: Diagnostic | string, host: Host, { noColor = false } = {}): number => {
  const diagnostics = [typeof problem === 'string' ? diagnose('TAE101', { reason: problem }) : problem];
  const width = host.width('stderr');
  host.stderr(findingsText(diagnostics, new Map(), host.style('stderr', !noColor), { width }));
  return exitStatus(diagnostics);
};
