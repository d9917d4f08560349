import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { isAccountId, isNodeGroup, isNodeUsername } from '../../../eks/index.ts';
import { isUndocumented } from '../../access/entry-rights.ts';
import { lossesOf } from '../../access/losses.ts';
import { isLost } from '../change.ts';
import { pairAdvice, type Context, type PlanRule, unproven } from '../context.ts';
import { nameOrAddress, type ClusterFact } from '../clusters.ts';
import { entriesAfter } from '../entries-after.ts';
import { byPrincipal, type Facts } from '../facts.ts';
import { nodeOwners } from '../node-owners.ts';
import { plannedRights, type PlannedRights } from '../planned-rights.ts';
import { entryOf, isMigrated, lostRows, type PlannedRow, rowsOf } from '../rows.ts';
import { listed } from './rights-stay.ts';

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
  const misfitOf = misfits(context);
  const where = lookedIn(facts);
  return row => {
    const { shown, resource, arn } = row;
    const { address } = resource.change;
    const entry = entryOf(facts, row);
    if (entry === 'everywhere') return misfitOf(row);
    if (entry === 'somewhere') {
      const what = `${shown} has an entry in some clusters only, and ${address} may be the ConfigMap of ${anyOf(resource.of)}`;
      return [unproven(context, what, pairAdvice)];
    }
    const [owner] = snapshot === undefined && isNodeUsername(row.row.username) ? ownersOf(arn) : [];
    if (owner !== undefined) return [diagnose('TAE512', { principal: shown, owner: owner.address })];
    return [diagnose('TAE503', { principal: shown, address, where })];
  };
};

/**
 * An entry lets in what its type is for: one of people no nodes, and one of nodes no people and no nodes of another kind. What else an
 * entry grants than its row is told in phase 2.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
const misfits = (context: Context): ((row: PlannedRow) => readonly Diagnostic[]) => {
  const { facts } = context;
  const entriesOf = new Map(
    [undefined, ...facts.clusters].map(cluster => [
      cluster,
      byPrincipal(entriesAfter(facts, cluster).entries, ({ live }) => live.principalArn),
    ]),
  );
  return row => {
    const { address } = row.resource.change;
    const clusters = row.resource.of.length === 0 ? [undefined] : row.resource.of;
    const rows = { rows: [row.row], accounts: [], unread: [], skipped: [] };
    const found = clusters.map(cluster => {
      const entries = (entriesOf.get(cluster)?.(row.arn) ?? []).filter(
        ({ live }) => isOfNodes(row) || live.type !== 'STANDARD',
      );
      return plannedRights(entries, { address, rows, sensitive: row.isSensitive }, facts);
    });
    const [misfit] = found.flatMap(rights => (rights.every(lacks) ? rights : [])).filter(lacks);
    if (misfit === undefined) return [];
    const { entry, compared } = misfit;
    const { type } = entry.live;
    if (isUndocumented(entry.live, compared.after)) {
      const what = `no page of AWS says that ${entry.address}, an entry of type ${type}, lets ${row.shown} in as its row in ${address} does`;
      return [unproven(context, what, 'Start a node with that role, without its row, and see it join.')];
    }
    const lost = listed(lossesOf(compared, undefined).real, misfit);
    return [diagnose('TAE503', { principal: row.shown, address, where: entry.address, misfit: { type, lost } })];
  };
};

const lookedIn = ({ snapshot }: Facts): string =>
  snapshot === undefined ? 'the plan and its state' : 'the plan and the snapshot';

const isOfNodes = ({ row: { username, groups } }: PlannedRow): boolean =>
  isNodeUsername(username) || groups.some(isNodeGroup);

const lacks = ({ compared }: PlannedRights): boolean => lossesOf(compared, undefined).real.length > 0;

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
    const isLeft = (id: string): boolean => has.includes(id) || isDropped(id) || !isAccountId(id);
    const gone = after?.rows === 'unknown' ? [] : had.filter(id => !isLeft(id));
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
    .filter(row => !isNodeUsername(row.row.username) && !facts.isDropped(row.arn) && entryOf(facts, row) === 'nowhere')
    .map(({ shown, resource }) =>
      diagnose('TAE514', {
        principal: shown,
        address: several ? resource.change.address : undefined,
        where: lookedIn(facts),
        isLiveKnown: facts.snapshot !== undefined,
      }),
    );
};
