import { z } from 'zod';
import { isCode, phaseIds, type Code } from '../diagnostics/index.ts';
import { dispositions, entryForms } from '../transformer/entry.ts';

// A pattern, so that a new code does not change the published schema.
const code = z
  .string()
  .regex(/^TAE\d{3}$/)
  .refine(isCode) as unknown as z.ZodType<Code>;
const phase = z.enum(phaseIds);
const count = z.int().min(0);
const position = z.int().min(1);

const cluster = z.strictObject({
  module: z.string(),
  file: z.string(),
  moduleVersion: z.string().nullable(),
  mode: z.string().nullable(),
  awsAuth: z.string().nullable(),
});

const counts = z.strictObject({
  rows: count,
  converted: count,
  leftToEks: count,
  dropped: count,
  blocked: count,
});

const row = z.strictObject({
  cluster: z.string().nullable(),
  list: z.enum(['roles', 'users', 'accounts', 'node-role-arns']),
  index: count,
  /** Set where the row stands in the live ConfigMap, in mapRoles, mapUsers or mapAccounts, and not in the source. */
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
  codes: z.array(code),
});

const list = z.strictObject({
  cluster: z.string().nullable(),
  list: z.enum(['roles', 'users', 'accounts', 'node-role-arns']),
  /** Where it stands: `aws_auth_roles`, or `mapRoles` of a resource. */
  argument: z.string(),
  file: z.string(),
  line: position,
  /** HCL of the list, or of the part of it that is not known. */
  source: z.string(),
  /** How many rows it has. */
  rows: z.literal('unknown until plan'),
  disposition: z.enum(dispositions),
  form: z.enum(entryForms).exactOptional(),
  /** Its rows with the values of variables that were given. */
  given: z
    .array(
      z.strictObject({
        principal: z.string(),
        disposition: z.enum(dispositions),
        reason: z.string(),
        codes: z.array(code),
      }),
    )
    .exactOptional(),
});

const phaseReport = z.strictObject({
  number: count,
  id: phase,
  /** `ready`: nothing blocks the phase, and `convert` writes its revision. */
  status: z.enum(['done', 'ready', 'blocked', 'nothing-to-change']),
  changes: z.array(z.string()),
  blockedBy: z.array(code),
});

export const diagnosticSchema = z.strictObject({
  code,
  severity: z.enum(['error', 'warning', 'note']),
  message: z.string(),
  hint: z.string().exactOptional(),
  file: z.string().exactOptional(),
  line: position.exactOptional(),
  column: position.exactOptional(),
  endLine: position.exactOptional(),
  endColumn: position.exactOptional(),
  url: z.url(),
});

/**
 * The report of a root module: a versioned contract, to which fields are added within a version, and of which none is changed or
 * removed. Paths are relative to the root module; lines and columns count from 1. The types come from the schemas, which are for tests
 * and for the published JSON Schema: they are not loaded when a report is written.
 */
export const reportSchema = z
  .strictObject({
    version: z.literal(1),
    /** The last phase found done in the source; null when none is. */
    sourcePhase: phase.nullable(),
    clusters: z.array(cluster),
    counts,
    rows: z.array(row),
    /** The lists whose rows are unknown until plan. They are in no count of `counts`. */
    lists: z.array(list),
    phases: z.array(phaseReport),
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
