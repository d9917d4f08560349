import type { z } from 'zod';
import type { Disposition } from '../transformer/entry.ts';
import type { reportSchema } from './schema.ts';

/** What a run found, as data: `report.json` and `--format json`. */
export type Report = z.infer<typeof reportSchema>;
export type ReportRow = Report['rows'][number];
export type ReportDiagnostic = Report['diagnostics'][number];

export const countRows = (rows: readonly { readonly disposition: Disposition }[]): Report['counts'] => {
  const count = (wanted: Disposition): number => rows.filter(({ disposition }) => disposition === wanted).length;
  return {
    rows: rows.length,
    converted: count('converted'),
    leftToEks: count('left-to-eks'),
    dropped: count('dropped'),
    blocked: count('blocked'),
  };
};

/** The report of a run that ended before it knew anything about the module. */
export const emptyReport = (diagnostics: ReportDiagnostic[]): Report => ({
  version: 1,
  sourcePhase: null,
  clusters: [],
  counts: countRows([]),
  rows: [],
  lists: [],
  phases: [],
  diagnostics,
});
