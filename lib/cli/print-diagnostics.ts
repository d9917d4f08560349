import { exitStatus, type Diagnostic } from '../diagnostics/index.ts';
import { findingsText } from '../report/findings.ts';
import type { Host } from './host.ts';

/** For what is wrong before any file is read. */
export const printDiagnostics = (diagnostics: readonly Diagnostic[], host: Host, { noColor = false } = {}): number => {
  const style = host.style('stderr', !noColor);
  host.stderr(findingsText(diagnostics, new Map(), style));
  return exitStatus(diagnostics);
};
