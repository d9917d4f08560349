import { diagnose } from '../../../diagnostics/index.ts';
import { isNodeUsername } from '../../../eks/index.ts';
import type { PlanRule } from '../context.ts';
import { hasEntry, rowsOf } from '../rows.ts';

/**
 * After phase add-access-entries a row without an entry still counts, but phase remove-aws-auth would take its access away.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/migrating-access-entries.html
 */
export const rowsWithoutEntry: PlanRule = ({ facts, phase }) => {
  if (phase !== 'add-access-entries') return [];
  const rows = facts.awsAuth.flatMap(resource => rowsOf(resource, resource.after));
  const found = new Map(rows.map(row => [row.arn.toLowerCase(), row]));
  return [...found.values()]
    .filter(row => !isNodeUsername(row.username) && !facts.isDropped(row.arn) && !hasEntry(facts, row))
    .map(({ shown }) => diagnose('TAE514', { principal: shown }));
};
