import { diagnose } from '../diagnostics/index.ts';
import type { Host } from './host.ts';
import { printDiagnostics } from './print-diagnostics.ts';

/** Says why a command line is not right. */
export const printMisuse = (reason: string, host: Host, flags: { readonly noColor?: boolean } = {}): number =>
  printDiagnostics([diagnose('TAE101', { reason })], host, flags);
