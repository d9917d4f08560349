import { z } from 'zod';
import type { ImportReport } from './import-output.ts';
import { diagnosticSchema, publishedSchema } from './schema.ts';

/** The contract of `import-blocks --format json`. Not loaded when blocks are printed. */
export const importReportSchema: z.ZodType<ImportReport> = z
  .strictObject({
    version: z.literal(1),
    cluster: z.string(),
    imports: z.array(z.strictObject({ to: z.string(), id: z.string() })),
    moves: z.array(z.strictObject({ from: z.string(), to: z.string() })),
    hcl: z.string(),
    diagnostics: z.array(diagnosticSchema),
  })
  .meta({ title: 'Blocks of tf-access-entries import-blocks' });

export const importReportJsonSchema = (): Record<string, unknown> => publishedSchema(importReportSchema);
