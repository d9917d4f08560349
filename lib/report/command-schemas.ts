import { z } from 'zod';
import { phaseIds } from '../diagnostics/index.ts';
import { diagnosticSchema } from './schema.ts';

const count = z.int().min(0);

/** The contract of `verify-plan --format json`; the types come from the schemas, which are not loaded to print a report. */
export const planReportSchema = z
  .strictObject({
    version: z.literal(1),
    phase: z.enum(phaseIds),
    /** Calls of a module at different phases, each of which was judged for its own. */
    calls: z.array(z.strictObject({ call: z.string(), phase: z.enum(phaseIds) })).exactOptional(),
    fits: z.boolean(),
    /** The version of Terraform or OpenTofu; null when the plan could not be read. */
    engineVersion: z.string().nullable(),
    clusters: z.array(
      z.strictObject({ address: z.string(), modeBefore: z.string().nullable(), modeAfter: z.string().nullable() }),
    ),
    changes: z.array(
      z.strictObject({
        address: z.string(),
        type: z.string(),
        /** As in the plan, joined by "/". */
        actions: z.string(),
        previousAddress: z.string().nullable(),
        importing: z.boolean(),
        /** `other`: of a type that is listed and not judged. */
        verdict: z.enum(['expected', 'unexpected', 'other']),
      }),
    ),
    diagnostics: z.array(diagnosticSchema),
  })
  .meta({ title: 'Verdict of tf-access-entries verify-plan' });

const access = {
  username: z.string(),
  groups: z.array(z.string()),
  policies: z.array(z.string()),
  admin: z.boolean().nullable(),
};

const principal = z.strictObject({
  principal: z.string(),
  verdict: z.enum(['keeps', 'loses', 'gains', 'changes']),
  /** Places in the ConfigMap. */
  rows: z.array(z.string()),
  before: z.strictObject(access).nullable(),
  after: z.strictObject({ type: z.string(), ...access }).nullable(),
  lost: z.array(z.string()),
  gained: z.array(z.string()),
});

/** The contract of `verify-access --format json`. */
export const accessReportSchema = z
  .strictObject({
    version: z.literal(1),
    /** Whether everybody keeps access when aws-auth goes. */
    keepsAccess: z.boolean(),
    counts: z.strictObject({ keeps: count, loses: count, gains: count, changes: count }),
    principals: z.array(principal),
    /** The usernames and groups of the rows with what is bound to them; null without --rbac. */
    subjects: z
      .array(z.strictObject({ kind: z.enum(['User', 'Group']), name: z.string(), boundBy: z.array(z.string()) }))
      .nullable(),
    diagnostics: z.array(diagnosticSchema),
  })
  .meta({ title: 'Verdict of tf-access-entries verify-access' });

/** The contract of `import-blocks --format json`. */
export const importReportSchema = z
  .strictObject({
    version: z.literal(1),
    cluster: z.string(),
    /** One per object, whatever the form of the blocks. */
    imports: z.array(z.strictObject({ to: z.string(), id: z.string() })),
    moves: z.array(z.strictObject({ from: z.string(), to: z.string() })),
    /** The blocks; empty where there are none, and with an error among the diagnostics. */
    hcl: z.string(),
    diagnostics: z.array(diagnosticSchema),
  })
  .meta({ title: 'Blocks of tf-access-entries import-blocks' });

/** The contract of `policies --format json`. */
export const policiesReportSchema = z
  .strictObject({
    version: z.literal(1),
    /** The day of the newest change to the rules. */
    rulesAsOf: z.string(),
    /** That of the ARNs. */
    partition: z.string(),
    policies: z.array(
      z.strictObject({
        name: z.string(),
        arn: z.string(),
        for: z.enum(['people', 'nodes', 'cluster-role', 'service-linked-roles', 'aws-services', 'not-documented']),
        /** As in a ClusterRole, with "" for the core group; null where AWS publishes no table. */
        rules: z
          .array(
            z.strictObject({
              apiGroups: z.array(z.string()),
              resources: z.array(z.string()),
              nonResourceURLs: z.array(z.string()),
              verbs: z.array(z.string()),
            }),
          )
          .nullable(),
      }),
    ),
  })
  .meta({ title: 'Access policies, as tf-access-entries policies lists them' });

/** The contract of `check --format json`. Paths are those of the directory the command ran in. */
export const checkReportSchema = z
  .strictObject({
    version: z.literal(1),
    /** Whether nothing is left to look at: the exit status is 0. */
    clean: z.boolean(),
    counts: z.strictObject({
      /** Modules that were looked at: root modules, and those of the tree that they call. */
      modules: count,
      /** Those of them that cannot be read. */
      unreadable: count,
      errors: count,
      warnings: count,
      notes: count,
      /** Findings that are less severe than those asked for. */
      lessSevere: count,
      /** Findings that a comment silences. */
      suppressed: count,
      /** Findings that the baseline has. */
      baselined: count,
      /** Findings that the baseline has and that are gone. */
      stale: count,
    }),
    findings: z.array(
      diagnosticSchema.extend({
        /** The directory of the root module; null for what is about none, as a config of all of them. */
        module: z.string().nullable(),
        /** A principal, the address of a call: what the finding is about, where there is such a thing. */
        subject: z.string().nullable(),
      }),
    ),
  })
  .meta({ title: 'Report of tf-access-entries check' });
