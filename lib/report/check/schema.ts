import { z } from 'zod';
import { diagnosticSchema, publishedSchema } from '../schema.ts';
import type { CheckReport } from './report.ts';

const count = z.int().min(0);

/** The contract of `check --format json`. Not loaded when a report is written. */
export const checkReportSchema: z.ZodType<CheckReport> = z
  .strictObject({
    version: z.literal(1),
    clean: z.boolean(),
    counts: z.strictObject({
      modules: count,
      unreadable: count,
      errors: count,
      warnings: count,
      notes: count,
      lessSevere: count,
      suppressed: count,
      baselined: count,
      stale: count,
    }),
    findings: z.array(
      diagnosticSchema.extend({
        module: z.string().nullable(),
        subject: z.string().nullable(),
      }),
    ),
  })
  .meta({ title: 'Report of tf-access-entries check' });

/** The JSON Schema of the report of `check`, published in docs/reference. */
export const checkReportJsonSchema = (): Record<string, unknown> => publishedSchema(checkReportSchema);
