import { z } from 'zod';
import { defined } from '../../diagnostics/index.ts';

export const text = z.string().min(1);

/** What is no text counts as not there. */
export const textOrNone = text.optional().catch(undefined);

const texts = z
  .array(text)
  .nullish()
  .transform(found => found ?? []);

/** `accessEntry` of `aws eks describe-access-entry`. */
export const entrySchema = z
  .object({ clusterName: textOrNone, principalArn: text, type: text, username: textOrNone, kubernetesGroups: texts })
  .transform(({ kubernetesGroups: groups, ...entry }) => defined({ ...entry, groups }));

const policySchema = z
  .object({
    policyArn: text,
    accessScope: z.object({ type: z.enum(['cluster', 'namespace']), namespaces: texts }),
  })
  .transform(({ policyArn, accessScope: { type, namespaces } }) => ({ policyArn, scope: type, namespaces }));

/** What `aws eks list-associated-access-policies` prints: the associations of one principal. */
export const policiesSchema = z
  .object({ clusterName: textOrNone, principalArn: text, associatedAccessPolicies: z.array(policySchema) })
  .transform(({ associatedAccessPolicies: policies, ...rest }) => defined({ ...rest, policies }));
