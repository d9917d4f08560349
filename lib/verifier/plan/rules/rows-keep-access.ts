import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { isNodeUsername } from '../../../eks/index.ts';
import { isLost } from '../change.ts';
import { pairAdvice, type Context, type PlanRule, unproven } from '../context.ts';
import { nameOrAddress, type ClusterFact } from '../clusters.ts';
import type { Facts } from '../facts.ts';
import { nodeOwners } from '../node-owners.ts';
import { entryOf, isMigrated, lostRows, type PlannedRow, rowsOf } from '../rows.ts';

/**
 * Whoever is in aws-auth has an entry before the rows go: emptied, destroyed, or ignored because the mode becomes API.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/migrating-access-entries.html
 */
export const rowsKeepAccess: PlanRule = context => {
  const { facts } = context;
  const rows = lostRows(facts);
  return [...rows.flatMap(lostIn(context)), ...lostAccounts(facts), ...unknownRows(context)];
};

const lostIn = (context: Context): ((row: PlannedRow) => readonly Diagnostic[]) => {
  const { facts } = context;
  const { snapshot, changes } = facts;
  const ownersOf = nodeOwners(changes);
  const where = snapshot === undefined ? 'the plan and its state' : 'the plan and the snapshot';
  return row => {
    const { shown, resource, username, arn } = row;
    const { address } = resource.change;
    const entry = entryOf(facts, row);
    if (entry === 'everywhere') return [];
    if (entry === 'somewhere') {
      const what = `${shown} has an entry in some clusters only, and ${address} may be the ConfigMap of ${anyOf(resource.of)}`;
      return [unproven(context, what, pairAdvice)];
    }
    const [owner] = snapshot === undefined && isNodeUsername(username) ? ownersOf(arn) : [];
    if (owner !== undefined) return [diagnose('TAE512', { principal: shown, owner: owner.address })];
    return [diagnose('TAE503', { principal: shown, address, where })];
  };
};

const anyOf = (clusters: readonly ClusterFact[]): string => clusters.map(nameOrAddress).join(' or ');

/** A row for a whole account has no principals to look up. */
const lostAccounts = ({ awsAuth, clusters, isDropped }: Facts): readonly Diagnostic[] =>
  awsAuth.flatMap(({ change, before, after, of: told }) => {
    const of = told.length === 0 ? clusters : told;
    if (of.length > 0 && of.every(cluster => cluster.before === 'API')) return [];
    const ignored = of.some(cluster => cluster.after === 'API' && cluster.before !== 'API');
    if (change.action === 'forget' && !ignored) return [];
    const had = before === undefined || before.rows === 'unknown' ? [] : before.rows.accounts;
    const has = after === undefined || after.rows === 'unknown' || ignored ? [] : after.rows.accounts;
    const gone = after?.rows === 'unknown' ? [] : had.filter(id => !has.includes(id) && !isDropped(id));
    if (gone.length === 0) return [];
    const accounts = before?.sensitive === true ? `${gone.length} accounts` : gone.join(', ');
    return [diagnose('TAE513', { accounts, address: change.address })];
  });

const unknownRows = (context: Context): readonly Diagnostic[] =>
  context.facts.awsAuth.flatMap(({ change, before, after }) => {
    const unseen = isLost(change)
      ? before?.rows === 'unknown'
      : change.action === 'update' && after?.rows === 'unknown';
    if (!unseen) return [];
    const what = `the rows of ${change.address} are not in the plan, so who has to have an entry is not known`;
    return [unproven(context, what, 'Run `tf-access-entries verify-access` on the live ConfigMap.')];
  });

/**
 * After phase add-access-entries a row without an entry still counts, but phase remove-aws-auth would take its access away.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/migrating-access-entries.html
 */
export const rowsWithoutEntry: PlanRule = ({ facts, phase }) => {
  if (phase !== 'add-access-entries') return [];
  const migrated = facts.awsAuth.filter(resource => isMigrated(facts, resource));
  const rows = migrated.flatMap(resource => rowsOf(resource, resource.after));
  const several = facts.clusters.length > 1;
  return rows
    .filter(row => !isNodeUsername(row.username) && !facts.isDropped(row.arn) && entryOf(facts, row) === 'nowhere')
    .map(({ shown, resource }) =>
      diagnose('TAE514', { principal: shown, address: several ? resource.change.address : undefined }),
    );
};
