import type { z } from 'zod';
import type { Diagnostic, Immutable } from '../diagnostics/index.ts';
import type { importReportSchema } from './command-schemas.ts';
import type { Output } from './output.ts';
import { reportDiagnostics, type Texts } from './places.ts';

type ImportReport = Immutable<z.infer<typeof importReportSchema>>;

export type ImportedBlocks = Pick<ImportReport, 'hcl' | 'imports' | 'moves'>;

/** The blocks themselves; a format that shows no Terraform says how many there are. */
export const importOutput = (
  cluster: string,
  { hcl, imports, moves }: ImportedBlocks,
  diagnostics: readonly Diagnostic[],
  texts: Texts,
): Required<Pick<Output, 'data' | 'headline' | 'hcl'>> & { readonly data: ImportReport } => ({
  data: { version: 1, cluster, imports, moves, hcl, diagnostics: reportDiagnostics(diagnostics, texts) },
  headline: `${imports.length} to import and ${moves.length} to move for the cluster ${cluster}.`,
  hcl,
});
