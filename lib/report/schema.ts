import { z } from 'zod';
import { isCode, phaseIds, type Code } from '../diagnostics/index.ts';
import { dispositions, entryForms } from '../transformer/entry.ts';
import { phaseStatuses, type Report } from './report.ts';

// A pattern, so that a new code does not change the published schema.
export const codeSchema = z
  .string()
  .regex(/^TAE\d{3}$/)
  .refine(isCode) as unknown as z.ZodType<Code>;
const phase = z.enum(phaseIds);
const count = z.int().min(0);
const position = z.int().min(1);

const settings = z.strictObject({
  configs: z.array(z.string()),
  emit: z.enum(['module', 'resources', 'aws-cli']),
  ssoRegion: z.string().exactOptional(),
  runner: z.string().exactOptional(),
});

const cluster = z.strictObject({
  module: z.string(),
  file: z.string(),
  moduleVersion: z.string().nullable(),
  mode: z.string().nullable(),
  awsAuth: z.string().nullable(),
});

export const countsSchema = z.strictObject({
  rows: count,
  converted: count,
  leftToEks: count,
  dropped: count,
  blocked: count,
});

const rights = z.strictObject({
  groups: z.strictObject({ source: z.string(), items: z.array(z.string()).exactOptional() }).exactOptional(),
  username: z.strictObject({ source: z.string(), text: z.string().exactOptional() }).exactOptional(),
});

const row = z.strictObject({
  cluster: z.string().nullable(),
  list: z.enum(['roles', 'users', 'accounts', 'node-role-arns']),
  index: count,
  from: z.literal('config-map').exactOptional(),
  file: z.string(),
  line: position,
  principal: z.string(),
  disposition: z.enum(dispositions),
  reason: z.string(),
  key: z.string().exactOptional(),
  form: z.enum(entryForms).exactOptional(),
  type: z.enum(['STANDARD', 'EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'HYBRID_LINUX']).exactOptional(),
  policies: z.array(z.string()).exactOptional(),
  groups: z.array(z.string()).exactOptional(),
  username: z.string().exactOptional(),
  row: rights.extend({ condition: z.string().exactOptional() }).exactOptional(),
  entry: rights
    .extend({
      exists: z.string().exactOptional(),
      type: z.string().exactOptional(),
      principal: z.string().exactOptional(),
      policies: z.array(z.strictObject({ name: z.string(), scope: z.string(), namespaces: z.array(z.string()) })),
      whole: z.boolean(),
      condition: z.string().exactOptional(),
    })
    .exactOptional(),
  codes: z.array(codeSchema),
});

const list = z.strictObject({
  cluster: z.string().nullable(),
  list: z.enum(['roles', 'users', 'accounts', 'node-role-arns']),
  argument: z.string(),
  file: z.string(),
  line: position,
  source: z.string(),
  rows: z.literal('unknown until plan'),
  disposition: z.enum(dispositions),
  form: z.enum(entryForms).exactOptional(),
  given: z
    .array(
      z.strictObject({
        principal: z.string(),
        disposition: z.enum(dispositions),
        reason: z.string(),
        codes: z.array(codeSchema),
      }),
    )
    .exactOptional(),
});

const phaseReport = z.strictObject({
  number: count,
  id: phase,
  title: z.string().exactOptional(),
  undo: z.string().exactOptional(),
  wait: z.string().exactOptional(),
  status: z.enum(phaseStatuses),
  changes: z.array(z.string()),
  blockedBy: z.array(codeSchema),
});

export const modesSchema = z.array(z.strictObject({ cluster: z.string(), mode: z.string().nullable() }));

const environment = z.strictObject({
  name: z.string(),
  file: z.string(),
  phase: count.nullable(),
  call: z.string().exactOptional(),
  given: z.string().exactOptional(),
  byDefault: z.literal(true).exactOptional(),
  modes: modesSchema.exactOptional(),
});

export const diagnosticSchema = z.strictObject({
  code: codeSchema,
  severity: z.enum(['error', 'warning', 'note']),
  message: z.string(),
  hint: z.string().exactOptional(),
  decisions: z.array(z.string()).exactOptional(),
  file: z.string().exactOptional(),
  line: position.exactOptional(),
  column: position.exactOptional(),
  endLine: position.exactOptional(),
  endColumn: position.exactOptional(),
  url: z.url(),
});

/** The contract of `Report`, for tests and for the published JSON Schema. Not loaded when a report is written. */
export const reportSchema: z.ZodType<Report> = z
  .strictObject({
    version: z.literal(1),
    settings: settings.exactOptional(),
    sourcePhase: phase.nullable(),
    clusters: z.array(cluster),
    counts: countsSchema,
    rows: z.array(row),
    lists: z.array(list),
    phases: z.array(phaseReport),
    environments: z.array(environment).exactOptional(),
    diagnostics: z.array(diagnosticSchema),
  })
  .meta({ title: 'Report of tf-access-entries' });

/** The JSON Schema of a contract. Within a version fields are added, so a published schema allows more of them. */
export const publishedSchema = (schema: z.ZodType): Record<string, unknown> =>
  z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
      delete jsonSchema.maximum;
    },
  });
