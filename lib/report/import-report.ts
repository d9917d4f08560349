import type { Diagnostic } from '../diagnostics/index.ts';
import { reportDiagnostics, type Texts } from './places.ts';
import type { ReportDiagnostic } from './report.ts';

/**
 * What `import-blocks --format json` prints. A versioned contract: fields are added within a version, never changed or removed.
 */
export type ImportReport = {
  version: 1;
  cluster: string;
  /** One per object, whatever the form of the blocks. */
  imports: { to: string; id: string }[];
  moves: { from: string; to: string }[];
  /** The blocks; empty where there are none, and with an error among the diagnostics. */
  hcl: string;
  diagnostics: ReportDiagnostic[];
};

type Blocks = {
  readonly hcl: string;
  readonly imports: readonly { readonly to: string; readonly id: string }[];
  readonly moves: readonly { readonly from: string; readonly to: string }[];
};

export const importReport = (
  cluster: string,
  { hcl, imports, moves }: Blocks,
  diagnostics: readonly Diagnostic[],
  texts: Texts,
): ImportReport => ({
  version: 1,
  cluster,
  imports: imports.map(({ to, id }) => ({ to, id })),
  moves: moves.map(({ from, to }) => ({ from, to })),
  hcl,
  diagnostics: reportDiagnostics(diagnostics, texts),
});
