import { expect } from '@jest/globals';

type Entry = Record<string, unknown> & { principal_arn: string };

/** By principal, since keys are the product's choice; what is null or left out is the same, and groups are a set. */
export function entriesByPrincipal(value: unknown): Record<string, unknown> {
  const entries = Object.values(value as Record<string, Entry>).map(entry => {
    const { kubernetes_groups: groups, policy_associations: policies, ...rest } = entry;
    const given = Object.entries(rest).filter(([, said]) => said !== null);
    const list = Array.isArray(groups) ? { groups: groups.map(String).toSorted() } : {};
    return [entry.principal_arn, { ...Object.fromEntries(given), ...list, policies: policies ?? {} }] as const;
  });
  expect(new Set(entries.map(([principal]) => principal)).size).toBe(entries.length);
  return Object.fromEntries(entries);
}
