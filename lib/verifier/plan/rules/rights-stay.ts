import { diagnose, firstOf, type Code, type Diagnostic } from '../../../diagnostics/index.ts';
import { isAccessEntryType } from '../../../eks/index.ts';
import { creatorKey } from '../../../parser/index.ts';
import { isOfNodes, isUndocumented } from '../../access/entry-rights.ts';
import type { Compared } from '../../access/principals.ts';
import { lossesOf } from '../../access/losses.ts';
import { grantText, type Grant } from '../../access/rights.ts';
import { pairAdvice, unproven, type Context, type PlanRule } from '../context.ts';
import { entriesAfter, type EntriesAfter, type EntryAfter } from '../entries-after.ts';
import { nameOrAddress, type ClusterFact } from '../clusters.ts';
import { plannedRights, tableOf, type PlannedRights, type Table } from '../planned-rights.ts';

/**
 * An entry overrides its row at once, so phase 2 is where rights change: an entry grants what its row does, unless the config says
 * otherwise, and nobody without a row gets one.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/migrating-access-entries.html
 */
export const rightsStay: PlanRule = context => {
  const { facts, phase } = context;
  if (phase !== 'add-access-entries') return [];
  const others = facts.clusters.filter(cluster => !facts.migrated.includes(cluster));
  const clusters = facts.migrated.length > 0 ? facts.migrated : [undefined];
  return [
    ...clusters.flatMap(cluster => judgeCluster(context, cluster)),
    // What is in force in a cluster that the phase is not about is no matter; what changes there is.
    ...others.flatMap(cluster => judgeCluster(context, cluster)).filter(({ code }) => code !== 'TAE521'),
    ...elsewhere(context),
  ];
};

/** Entries that are made where nothing of this plan says what rows there are. */
const elsewhere = (context: Context): readonly Diagnostic[] => {
  const { entries, associations, clusters, changes } = context.facts;
  const names = clusters.map(({ name }) => name);
  const isUnknown = (name: string | undefined): boolean =>
    name !== undefined && !names.includes(undefined) && !names.includes(name);
  const made = [...entries, ...associations].filter(
    ({ change, after }) => clusters.length > 0 && change.action === 'create' && isUnknown(after?.cluster),
  );
  const foreign = changes.filter(
    ({ type, action }) => type === 'awscc_eks_access_entry' && action !== 'no-op' && action !== 'delete',
  );
  return [
    ...made.map(({ change: { address }, after }) =>
      unproven(
        context,
        `${address} is for the cluster ${after?.cluster}, and the plan has no cluster of that name`,
        'Correct the name, or judge the plan of the root module that has that cluster, too.',
      ),
    ),
    ...foreign.map(({ address }) =>
      unproven(
        context,
        `${address} is of the awscc provider, and what it grants is not read`,
        'Look at it in the plan.',
      ),
    ),
  ];
};

const judgeCluster = (context: Context, cluster: ClusterFact | undefined): readonly Diagnostic[] => {
  const { facts } = context;
  const resources = facts.awsAuth.filter(({ of }) => cluster === undefined || of.length === 0 || of.includes(cluster));
  const after = entriesAfter(facts, cluster);
  // Where nothing writes any aws-auth, that is said of the plan.
  if (facts.awsAuth.length === 0) return [];
  if (resources.length === 0) return withoutTable(context, cluster, after);
  const tables = resources.flatMap(resource => tableOf(resource) ?? []);
  // Of fewer ConfigMaps than clusters, one may be of none that is meant.
  const isShort = resources.every(({ of }) => of.length > resources.length && of.length > 1);
  const hidden = resources.filter(resource => tableOf(resource) === undefined);
  return [
    ...(after.entries.some(isNew) ? hidden : []).map(({ change }) =>
      unproven(
        context,
        `the rows of ${change.address} are not in the plan, so whether the entries grant what they do is not known`,
        'Compare the live ConfigMap with the entries by `tf-access-entries verify-access` once they are applied.',
      ),
    ),
    ...unseenEntries(context, after),
    ...unseenCluster(context, cluster),
    ...judgeTables(context, cluster, tables, after, isShort),
  ];
};

/** In mode API no row counts. */
const withoutTable = (
  context: Context,
  cluster: ClusterFact | undefined,
  { entries }: EntriesAfter,
): readonly Diagnostic[] => {
  const made = entries.filter(isNew).map(({ shown }) => shown);
  if (cluster === undefined || cluster.before === 'API' || made.length === 0) return [];
  const what = `no resource of the plan writes aws-auth of ${nameOrAddress(cluster)}, so what the rows of ${firstOf(made)} grant there is not known`;
  return [unproven(context, what, 'Compare its live ConfigMap with the entries by `tf-access-entries verify-access`.')];
};

/** A policy for an entry that nobody sees: EKS refuses it without one, and with one the entry decides what it adds to. */
const unseenEntries = (context: Context, { unseen }: EntriesAfter): readonly Diagnostic[] =>
  unseen.map(({ change, after }) => {
    const have = context.facts.snapshot === undefined ? 'the plan has' : 'the plan and the snapshot have';
    const what = `${have} no entry of ${after?.shown} for ${change.address}, so what it gets is not known`;
    return unproven(context, what, 'Name the live entries with --existing.');
  });

/** A snapshot that lacks one of several clusters does not say which of its entries are live. */
const unseenCluster = (context: Context, cluster: ClusterFact | undefined): readonly Diagnostic[] => {
  const { snapshot, migrated, liveIn, hasTwin } = context.facts;
  if (snapshot === undefined || cluster === undefined || migrated.length < 2) return [];
  if (hasTwin(cluster) || liveIn(cluster) !== undefined) return [];
  const what = `${snapshot.file} has no entry of ${nameOrAddress(cluster)}, so which of its entries are live is not known`;
  return [unproven(context, what, 'Take the snapshot by gates.sh, beside MIGRATION.md, which asks every cluster.')];
};

/** Where several ConfigMaps may be the one of the cluster, what they agree on is so. */
const judgeTables = (
  context: Context,
  cluster: ClusterFact | undefined,
  tables: readonly Table[],
  { entries }: EntriesAfter,
  isShort: boolean,
): readonly Diagnostic[] => {
  const judged = tables.map(
    table =>
      new Map(plannedRights(entries, table, context.facts).map(rights => [rights.entry, judge(context, rights)])),
  );
  const said = entries.map(entry => ({ entry, findings: judged.map(found => found.get(entry) ?? []) }));
  const isUnclear = (findings: readonly (readonly Diagnostic[])[]): boolean => isShort || isMixed(findings);
  const agreed = said.filter(({ findings }) => !isUnclear(findings));
  const unclear = said.filter(({ entry, findings }) => isUnclear(findings) && isNew(entry));
  return [
    ...agreed.flatMap(({ findings }) => findings.toSorted(rowFirst)[0] ?? []),
    ...(unclear.length === 0
      ? []
      : [
          unclearTables(
            context,
            cluster,
            tables,
            unclear.map(({ entry }) => entry.shown),
          ),
        ]),
  ];
};

const isMixed = (findings: readonly (readonly Diagnostic[])[]): boolean =>
  findings.some(found => found.length === 0) && findings.some(found => found.length > 0);

/** What is said beside a row tells more than that there is none. */
const rowFirst = ([a]: readonly Diagnostic[], [b]: readonly Diagnostic[]): number =>
  Number(a?.code === 'TAE517') - Number(b?.code === 'TAE517');

const unclearTables = (
  context: Context,
  cluster: ClusterFact | undefined,
  tables: readonly Table[],
  principals: readonly string[],
): Diagnostic => {
  const names = tables.map(({ address }) => address);
  const several = context.facts.clusters.length > 1;
  const of = cluster === undefined ? 'the cluster' : nameOrAddress(cluster);
  const what =
    names.length === 1
      ? `whether ${names[0]} is the ConfigMap of ${of}, where ${firstOf(principals)} would have an entry`
      : `which of ${names.join(' and ')} is the ConfigMap of ${of}, and they do not agree about ${firstOf(principals)}`;
  const advice = several ? pairAdvice : 'Take one of them out first: two resources overwrite each other.';
  return unproven(context, what, advice);
};

const isNew = ({ fate }: EntryAfter): boolean => fate !== 'kept';

const judge = (context: Context, rights: PlannedRights): readonly Diagnostic[] => {
  const { entry, compared } = rights;
  const { shown: principal, address } = entry;
  if (compared.after?.admin === null) {
    const what = `the policies of ${address} are known after the apply only, so whether it grants what its row does is not known`;
    return isNew(entry) ? [unproven(context, what, 'Apply first what they depend on.')] : [];
  }
  if (entry.hasUnknownGroup) {
    const what = `some groups of ${address} are known after the apply only, so whether it grants what its row does is not known`;
    return isNew(entry) ? [unproven(context, what, 'Apply first what they depend on.')] : [];
  }
  if (isUndocumented(entry.live, compared.after) && compared.before.length > 0) {
    const what = `no page of AWS says that ${address}, an entry of type ${entry.live.type} as it is, lets nodes in as their row does`;
    const advice = 'Start a node with that role after the apply, and see it join before phase remove-aws-auth.';
    return isNew(entry) ? [unproven(context, what, advice)] : [];
  }
  if (compared.before.length === 0) return entry.fate === 'made' ? withoutRow(context, rights) : [];
  const gained = gainsOf(rights, compared);
  const lost = lossesOf(compared, undefined).real;
  if (lost.length === 0 && gained.length === 0) return [];
  const byAccount = compared.rows.length === 0;
  // Who is let in with an account has nothing else by it, and an entry that is there is there to change that.
  if (byAccount && !isNew(entry)) return [];
  const args = { principal, address, lost: listed(lost, rights), gained: listed(gained, rights), byAccount };
  return [isNew(entry) ? diagnose('TAE516', args) : diagnose('TAE521', args)];
};

/** Codes that are accepted for a row which is not in the ConfigMap of the plan, or which nobody reads as one. */
const rowlessCodes: readonly Code[] = ['TAE306', 'TAE310', 'TAE326', 'TAE327'];

const withoutRow = (context: Context, rights: PlannedRights): readonly Diagnostic[] => {
  const { entry, compared, beyondDeadRow, unread } = rights;
  const { facts } = context;
  if (isNode(rights) || isCreator(context, rights)) return [];
  if (facts.isAccepted(compared.principal, rowlessCodes)) return [];
  const accepted = beyondDeadRow !== undefined && facts.isAccepted(compared.principal, ['TAE308']);
  const gained = gainsOf(rights, accepted ? beyondDeadRow : compared);
  if (accepted && gained.length === 0) return [];
  const { live, shown: principal, address } = entry;
  const written = live.type === 'STANDARD' ? [] : live.groups.map((name): Grant => ({ kind: 'group', name }));
  const all = listed([...gained, ...written], rights);
  return [diagnose('TAE517', { principal, address, gained: all, unread: unread.join(', '), accepted })];
};

/** EKS gives an entry without a username one that nobody else can have. An administrator gains nothing by a name. */
const gainsOf = (rights: PlannedRights, { gained, after, before }: Compared): readonly Grant[] => {
  const { live } = rights.entry;
  const staysAdmin = after?.admin === true && before.some(({ admin }) => admin === true);
  return gained.filter(grant => {
    if (grant.kind === 'access' || (grant.kind === 'group' && staysAdmin)) return false;
    if (grant.kind === 'username') return after?.admin !== true && live.username !== undefined;
    return !isOfNodes(live, grant);
  });
};

/** An entry of nodes as EKS takes it: without groups, and with a policy for those of Auto Mode alone. */
const isNode = ({ entry: { live }, compared: { after } }: PlannedRights): boolean =>
  live.type !== 'STANDARD' &&
  isAccessEntryType(live.type) &&
  live.groups.length === 0 &&
  after?.admin === false &&
  after.policies.every(name => isOfNodes(live, { kind: 'policy', name }));

/** The entry that the argument of the eks module makes for whoever runs Terraform. */
const isCreator = ({ facts }: Context, { entry }: PlannedRights): boolean =>
  entry.address.endsWith(`.this["${creatorKey}"]`) && facts.isRunner(entry.live.principalArn);

export const listed = (grants: readonly Grant[], { isSensitive }: PlannedRights): string => {
  const texts = grants.map(grant =>
    isSensitive && isName(grant) ? `a ${grant.kind} that is sensitive` : grantText(grant),
  );
  return [...new Set(texts)].join(', ');
};

const isName = ({ kind }: Grant): boolean => kind === 'username' || kind === 'group';
