import { z } from 'zod';
import { phaseIds } from '../../diagnostics/index.ts';
import { codeSchema, countsSchema, diagnosticSchema, modesSchema } from '../schema.ts';

const count = z.int().min(0);

/**
 * What a root module is: `without-cluster` has no eks call and nothing about aws-auth; of `elsewhere` the cluster is in a module that it
 * calls, or wherever, and its rows are here, or another tool composes it.
 */
const kinds = ['cluster', 'without-cluster', 'elsewhere', 'unreadable'] as const;

/** `by-hand`: nothing in the source changes, and something is done all the same. */
const nextStatuses = ['ready', 'blocked', 'by-hand'] as const;

const cluster = z.strictObject({
  /** The eks call; null for rows that belong to none in this root module. */
  address: z.string().nullable(),
  file: z.string().nullable(),
  moduleVersion: z.string().nullable(),
  mode: z.string().nullable(),
  awsAuth: z.string().nullable(),
  counts: countsSchema,
  /** Lists whose rows are unknown until plan. They are in no count of `counts`. */
  lists: count,
  /** Where a variable of the source says at which phase each environment is: those that are known. */
  environments: z
    .array(
      z.strictObject({
        name: z.string(),
        file: z.string(),
        /** Null where the file does not tell. */
        phase: count.nullable(),
        /** HCL of what gives the phase, or words; absent where it is a number in the file. */
        given: z.string().exactOptional(),
        /** A call that gives no number has the default of the variable. */
        byDefault: z.literal(true).exactOptional(),
        /** The modes that an expression of the author's gives there, whatever the number is; null where the values do not tell. */
        modes: modesSchema.exactOptional(),
      }),
    )
    .exactOptional(),
});

/** The contract of `status --format json` for several root modules. Paths are those of the directory the command ran in. */
export const fleetReportSchema = z
  .strictObject({
    version: z.literal(1),
    counts: z.strictObject({
      /** Root modules that were looked at. */
      modules: count,
      withoutCluster: count,
      elsewhere: count,
      unreadable: count,
      clusters: count,
      /** Clusters by what is next for their root module; `done` have nothing left. */
      done: count,
      ready: count,
      blocked: count,
      byHand: count,
      rows: countsSchema,
      lists: count,
    }),
    modules: z.array(
      z.strictObject({
        module: z.string(),
        kind: z.enum(kinds),
        /** The last phase found done in the source; null when none is. */
        sourcePhase: z.enum(phaseIds).nullable(),
        /** The first phase that is not done; null when nothing is left, and where nothing is known. */
        next: z
          .strictObject({
            number: count,
            phase: z.enum(phaseIds),
            status: z.enum(nextStatuses),
            blockedBy: z.array(codeSchema),
          })
          .nullable(),
        clusters: z.array(cluster),
        /** Of a module that several calls stand for: its own rows. They are in the counts of each call, and once in those of all. */
        shared: countsSchema.exactOptional(),
      }),
    ),
    diagnostics: z.array(diagnosticSchema.extend({ module: z.string() })),
  })
  .meta({ title: 'Report of tf-access-entries status on several root modules' });
