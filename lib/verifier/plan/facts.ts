import type { Config } from '../../config/config.ts';
import { defined } from '../../diagnostics/index.ts';
import { groupBy, partOf, type LiveEntry, type Snapshot } from '../../parser/index.ts';
import type { Plan } from './read-plan.ts';
import { isConfigMapType, type Change, type Planned, type Side } from './change.ts';
import { isSensitive, isUnknown, textAt, textsAt } from './attribute.ts';
import { jsonAt } from '../../parser/entries/snapshot.ts';
import { awsAuthFacts } from './aws-auth-clusters.ts';
import { clusterFactOf, isTwin, twinBeside, type BesideOf, type ClusterFact } from './clusters.ts';
import { awsAuthOf, type AwsAuthResource } from './aws-auth-resource.ts';
import { principalKey } from '../../eks/index.ts';
import type { Code } from '../../diagnostics/index.ts';
import { decidedBy } from '../access/decided.ts';
import { spellOut } from './spell-out.ts';

export type EntryFact = Planned<EntrySide>;

/** Whom an entry or an association is for. */
type Subject = {
  /** Undefined while it is unknown. */
  readonly principal: string | undefined;
  /** For messages: a sensitive ARN is not in it. */
  readonly shown: string;
  readonly cluster: string | undefined;
  /** The address of the cluster in its module, where several clusters have that name: they are in different regions. */
  readonly beside?: string;
};

export type EntrySide = Subject & {
  readonly type: string;
  /** Undefined where none is written, so that EKS makes one, or it is known after the apply only. */
  readonly username: string | undefined;
  readonly groups: readonly string[];
  /** Some of the groups are known after the apply only; where none is told, the plan looks as if none were written. */
  readonly hasUnknownGroup: boolean;
  readonly isSensitive: boolean;
};

export type AssociationFact = Planned<AssociationSide>;

/** Undefined is what is known after the apply only. */
export type AssociationSide = Subject & {
  readonly policy: string | undefined;
  readonly scope: string | undefined;
  readonly namespaces: readonly string[] | undefined;
};

export type Facts = Awaited<ReturnType<typeof factsOf>>;

export const factsOf = async (
  plan: Plan,
  snapshot: Snapshot | undefined,
  {
    clusterName,
    config = {},
    isPart = false,
  }: { readonly clusterName?: string; readonly config?: Config; readonly isPart?: boolean } = {},
) => {
  const { changes, configuration, sessionIssuers } = plan;
  const ofType = (type: string): readonly Change[] => changes.filter(change => change.type === type);
  const configMaps = await Promise.all(changes.filter(({ type }) => isConfigMapType(type)).map(awsAuthOf));
  const clusters = ofType('aws_eks_cluster').map(clusterFactOf);
  const besideOf = twinBeside(clusters);
  const entries = ofType('aws_eks_access_entry').map(change => sidesOf(change, entrySide(besideOf)));
  const associations = ofType('aws_eks_access_policy_association').map(change =>
    sidesOf(change, associationSide(besideOf)),
  );
  const awsAuth = configMaps.filter(resource => resource !== undefined);
  const decided = spellOut(config, plan, principalsOf(entries, awsAuth));
  const { drop = [], accept = [], pair = {} } = decided;
  const accepted = new Set(accept.map(({ principal, code }) => `${code} ${principalKey(principal)}`));
  const migrated = clusters.filter(
    ({ name }) => clusterName === undefined || name === undefined || name === clusterName,
  );
  const live = new Map(
    [undefined, ...clusters].map(cluster => {
      // In two regions there may be clusters of one name, which a snapshot does not tell apart.
      const isTwice = cluster !== undefined && isTwin(clusters, cluster);
      const part = isTwice
        ? undefined
        : partOf(snapshot, cluster ? cluster.name : clusterName, migrated.length < 2 && !isPart);
      return [cluster, part && livePart(part)];
    }),
  );
  return {
    changes,
    clusters,
    /** Those that the phase is about: all of them, or the one that was named. */
    migrated,
    entries,
    /** The entries of a principal, with its path or without, as they are before the apply, after it, and live in any cluster. */
    entriesBefore: byPrincipal(entries, ({ before }) => before?.principal),
    entriesAfter: byPrincipal(entries, ({ after }) => after?.principal),
    liveEntries: byPrincipal(snapshot?.entries ?? [], ({ principalArn }) => principalArn),
    associations,
    associationsAfter: byPrincipal(associations, ({ after }) => after?.principal),
    awsAuth: awsAuthFacts(awsAuth, { clusters, migrated, configuration, pair }),
    snapshot,
    /** What the snapshot says of a cluster; of the only one there is, where none is given. */
    liveIn: (cluster: ClusterFact | undefined): LivePart | undefined => live.get(cluster),
    /** Whether a person has decided in the config that a principal, or an account, goes without. As it stands in the ConfigMap. */
    isDropped: (principal: string) => drop.some(dropped => dropped.principal === principal),
    /** Whether the config accepts one of the codes for a row of the principal, with its path or without. */
    isAccepted: (principal: string, codes: readonly Code[]) =>
      codes.some(code => accepted.has(`${code} ${principalKey(principal)}`)),
    /** Whether it is the one that runs Terraform: the plan has looked up whose session that is. */
    isRunner: (principal: string) => sessionIssuers.some(issuer => principalKey(issuer) === principalKey(principal)),
    /** Whether several clusters of the plan have its name. */
    hasTwin: (cluster: ClusterFact | undefined) => cluster !== undefined && isTwin(clusters, cluster),
    decided: decidedBy(decided),
  };
};

/** All that the plan names. */
const principalsOf = (entries: readonly EntryFact[], awsAuth: readonly AwsAuthResource[]): readonly string[] => [
  ...entries.flatMap(({ before, after }) => [before?.principal ?? [], after?.principal ?? []].flat()),
  ...awsAuth.flatMap(({ before, after }) =>
    [before, after].flatMap(side =>
      side === undefined || side.rows === 'unknown' ? [] : side.rows.rows.map(({ arn }) => arn),
    ),
  ),
];

/** The live entries of one cluster. */
export type LivePart = {
  readonly entries: readonly LiveEntry[];
  readonly ofPrincipal: (principal: string | undefined) => readonly LiveEntry[];
};

const livePart = ({ entries }: Snapshot): LivePart => ({
  entries,
  ofPrincipal: byPrincipal(entries, ({ principalArn }) => principalArn),
});

const sidesOf = <Read>(change: Change, read: (side: Side, change: Change) => Read): Planned<Read> => ({
  change,
  ...defined({
    before: change.before.value && read(change.before, change),
    after: change.after.value && read(change.after, change),
  }),
});

const entrySide =
  (besideOf: BesideOf) =>
  (side: Side, change: Change): EntrySide => ({
    ...subjectOf(side, change, besideOf),
    type: textAt(side, 'type') ?? 'STANDARD',
    username: textAt(side, 'user_name'),
    groups: textsAt(side, 'kubernetes_groups') ?? [],
    hasUnknownGroup: isUnknown(side, 'kubernetes_groups') && jsonAt(side.unknown, 'kubernetes_groups') !== true,
    isSensitive: isSensitive(side, 'kubernetes_groups') || isSensitive(side, 'user_name'),
  });

const subjectOf = (side: Side, { address, module }: Change, besideOf: BesideOf): Subject => {
  const cluster = textAt(side, 'cluster_name');
  const principal = textAt(side, 'principal_arn');
  const isShown = principal !== undefined && !isSensitive(side, 'principal_arn');
  return {
    principal,
    shown: isShown ? principal : `the principal of ${address}`,
    cluster,
    ...defined({ beside: besideOf(cluster, module) }),
  };
};

const associationSide =
  (besideOf: BesideOf) =>
  (side: Side, change: Change): AssociationSide => ({
    ...subjectOf(side, change, besideOf),
    policy: textAt(side, 'policy_arn'),
    scope: textAt(side, 'access_scope', 0, 'type'),
    namespaces: textsAt(side, 'access_scope', 0, 'namespaces'),
  });

type Of = Pick<Subject, 'beside'> & { readonly cluster?: string | undefined };

/** What is unknown may be any. */
const mayBeSame = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a === b;

/** Whether two resources may be of one cluster. */
export const mayShareCluster = (a: Of, b: Of): boolean =>
  mayBeSame(a.cluster, b.cluster) && mayBeSame(a.beside, b.beside);

/** Whether a resource may be of the cluster. A cluster that is not in the plan may be any. */
export const isOfCluster = (side: Subject | undefined, cluster: ClusterFact | undefined): boolean =>
  mayBeSame(side?.cluster, cluster?.name) && mayBeSame(side?.beside, cluster?.change.address);

/** Finds items by their principal, in their order. A plan may have thousands of entries: none is compared with all others. */
export const byPrincipal = <Item>(
  items: readonly Item[],
  read: (item: Item) => string | undefined,
): ((principal: string | undefined) => readonly Item[]) => {
  const found = groupBy(items, item => keyOf(read(item)));
  return principal => (principal === undefined ? [] : (found.get(keyOf(principal)) ?? []));
};

const keyOf = (principal: string | undefined): string | undefined => principal && principalKey(principal);
