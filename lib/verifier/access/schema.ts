import { z } from 'zod';
import type { Immutable } from '../../diagnostics/index.ts';

const access = {
  username: z.string(),
  groups: z.array(z.string()),
  /** AmazonEKSViewPolicy, or AmazonEKSViewPolicy in team-a, team-b. */
  policies: z.array(z.string()),
  /** system:masters, or AmazonEKSClusterAdminPolicy for the whole cluster. Null where the snapshot does not say. */
  admin: z.boolean().nullable(),
};

const accessSchema = z.strictObject(access);

/** What a principal has: from its row, from its account, or from its entry. */
export type GrantedAccess = Immutable<z.infer<typeof accessSchema>>;

export const principalSchema = z.strictObject({
  principal: z.string(),
  verdict: z.enum(['keeps', 'loses', 'gains', 'changes']),
  /** Places in the ConfigMap, as `mapRoles[0]`. */
  rows: z.array(z.string()),
  before: accessSchema.nullable(),
  after: z.strictObject({ type: z.string(), ...access }).nullable(),
  lost: z.array(z.string()),
  gained: z.array(z.string()),
});

export type PrincipalAccess = Immutable<z.infer<typeof principalSchema>>;

export const subjectSchema = z.strictObject({
  kind: z.enum(['User', 'Group']),
  name: z.string(),
  boundBy: z.array(z.string()),
});

export type SubjectBindings = Immutable<z.infer<typeof subjectSchema>>;
