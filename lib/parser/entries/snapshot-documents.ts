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

/**
 * The region and the account of the cluster, where the ARN of an entry tells them: `arn:aws:eks:<region>:<account>:access-entry/...`.
 * Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_AccessEntry.html
 */
export const placeOfEntryArn = (arn: unknown): string | undefined => {
  const [, region, account] = /^arn:[\w-]+:eks:([\w-]+):(\d{12}):access-entry\//.exec(String(arn)) ?? [];
  return region === undefined ? undefined : `${region} in the account ${account}`;
};

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
