import { z } from 'zod';
import { phaseIds } from '../../diagnostics/index.ts';
import { diagnosticSchema, publishedSchema } from '../schema.ts';
import type { AccessReport } from './access-output.ts';
import type { PlanReport } from './plan-output.ts';

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

const access = {
  username: z.string(),
  groups: z.array(z.string()),
  policies: z.array(z.string()),
  admin: z.boolean().nullable(),
};

const principal = z.strictObject({
  principal: z.string(),
  verdict: z.enum(['keeps', 'loses', 'gains', 'changes']),
  rows: z.array(z.string()),
  before: z.strictObject(access).nullable(),
  after: z.strictObject({ type: z.string(), ...access }).nullable(),
  lost: z.array(z.string()),
  gained: z.array(z.string()),
});

const count = z.int().min(0);

/** The contract of `verify-access --format json`. */
export const accessReportSchema: z.ZodType<AccessReport> = z
  .strictObject({
    version: z.literal(1),
    keepsAccess: z.boolean(),
    counts: z.strictObject({ keeps: count, loses: count, gains: count, changes: count }),
    principals: z.array(principal),
    subjects: z
      .array(z.strictObject({ kind: z.enum(['User', 'Group']), name: z.string(), boundBy: z.array(z.string()) }))
      .nullable(),
    diagnostics: z.array(diagnosticSchema),
  })
  .meta({ title: 'Verdict of tf-access-entries verify-access' });

export const accessReportJsonSchema = (): Record<string, unknown> => publishedSchema(accessReportSchema);
