import { z } from 'zod';
import { phaseIds } from '../../diagnostics/index.ts';
import { diagnosticSchema, publishedSchema } from '../schema.ts';
import type { PlanReport } from './plan-report.ts';

const cluster = z.strictObject({
  address: z.string(),
  modeBefore: z.string().nullable(),
  modeAfter: z.string().nullable(),
});

const change = z.strictObject({
  address: z.string(),
  type: z.string(),
  actions: z.string(),
  previousAddress: z.string().nullable(),
  importing: z.boolean(),
  verdict: z.enum(['expected', 'unexpected', 'other']),
});

/** The contract of `verify-plan --format json`. Not loaded when a verdict is written. */
export const planReportSchema: z.ZodType<PlanReport> = z
  .strictObject({
    version: z.literal(1),
    phase: z.enum(phaseIds),
    fits: z.boolean(),
    engineVersion: z.string().nullable(),
    clusters: z.array(cluster),
    changes: z.array(change),
    diagnostics: z.array(diagnosticSchema),
  })
  .meta({ title: 'Verdict of tf-access-entries verify-plan' });

export const planReportJsonSchema = (): Record<string, unknown> => publishedSchema(planReportSchema);
