import type { Diagnostic } from '../diagnostics/index.ts';
import type { Output } from './output.ts';
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

export type ImportedBlocks = {
  readonly hcl: string;
  readonly imports: readonly { readonly to: string; readonly id: string }[];
  readonly moves: readonly { readonly from: string; readonly to: string }[];
};

/** The blocks themselves; a format that shows no Terraform says how many there are. */
export const importOutput = (
  cluster: string,
  { hcl, imports, moves }: ImportedBlocks,
): Required<Pick<Output, 'headline' | 'hcl'>> => ({
  headline: `${imports.length} to import and ${moves.length} to move for the cluster ${cluster}.`,
  hcl,
});

export const importReport = (
  cluster: string,
  { hcl, imports, moves }: ImportedBlocks,
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
