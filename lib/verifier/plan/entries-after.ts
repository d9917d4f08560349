import type { LiveEntry, LivePolicy } from '../../parser/index.ts';
import { changedRights } from './attribute.ts';
import type { ClusterFact } from './clusters.ts';
import { byPrincipal, isOfCluster, type AssociationFact, type EntryFact, type Facts } from './facts.ts';

/** An entry of a cluster as EKS will have it after the apply. */
export type EntryAfter = {
  readonly live: LiveEntry;
  /** For messages: a sensitive ARN is not in it. */
  readonly shown: string;
  /** What the plan does for it; the file of the snapshot, where that is nothing. */
  readonly address: string;
  /** `made`: the plan makes it or gives it a policy. `changed`: what it grants, by itself or by a policy that goes. `kept`: it is in force as it is. */
  readonly fate: 'made' | 'changed' | 'kept';
  readonly isSensitive: boolean;
  readonly hasUnknownGroup: boolean;
};

/** `unseen`: associations that the plan makes while their entry is neither in the plan nor in the snapshot. */
export type EntriesAfter = { readonly entries: readonly EntryAfter[]; readonly unseen: readonly AssociationFact[] };

/** The entries that the plan has, and the live ones that it has not. */
export const entriesAfter = (facts: Facts, cluster: ClusterFact | undefined): EntriesAfter => {
  const { snapshot } = facts;
  const associations = facts.associations.filter(({ after }) => after !== undefined && isOfCluster(after, cluster));
  const associationsOf = byPrincipal(associations, ({ after }) => after?.principal);
  const goneOf = byPrincipal(
    facts.associations.filter(({ before, after }) => after === undefined && isOfCluster(before, cluster)),
    ({ before }) => before?.principal,
  );
  const planned = facts.entries.filter(({ after }) => after !== undefined && isOfCluster(after, cluster));
  const plannedOf = byPrincipal(planned, ({ after }) => after?.principal);
  const part = facts.liveIn(cluster);
  const alone = (part?.entries ?? []).filter(({ principalArn }) => plannedOf(principalArn).length === 0);
  const aloneOf = byPrincipal(alone, ({ principalArn }) => principalArn);
  const entries = [
    ...planned.flatMap((entry): readonly EntryAfter[] => {
      const { principal, shown = '', isSensitive = false, hasUnknownGroup = false } = entry.after ?? {};
      if (principal === undefined) return [];
      const of = associationsOf(principal);
      const [before] = isCreated(entry) ? [] : (part?.ofPrincipal(principal) ?? []);
      const live = { ...asPlanned(entry, principal), ...policiesAfter(of, goneOf(principal), before) };
      const isMade = isCreated(entry) || of.some(isCreated);
      const isChanged = changesRights(entry) || goneOf(principal).some(isDestroyed);
      const fate = isMade ? 'made' : isChanged ? 'changed' : 'kept';
      return [{ live, shown, isSensitive, hasUnknownGroup, address: entry.change.address, fate }];
    }),
    ...alone.map((entry): EntryAfter => {
      const of = associationsOf(entry.principalArn);
      const made = of.filter(isCreated);
      const gone = goneOf(entry.principalArn).filter(isDestroyed);
      return {
        live: { ...entry, ...policiesAfter(of, goneOf(entry.principalArn), entry) },
        shown: of[0]?.after?.shown ?? entry.principalArn,
        isSensitive: false,
        hasUnknownGroup: false,
        address: [...made, ...gone][0]?.change.address ?? snapshot?.file ?? '',
        fate: made.length > 0 ? 'made' : gone.length > 0 ? 'changed' : 'kept',
      };
    }),
  ];
  const unseen = associations.filter(
    one => isCreated(one) && plannedOf(one.after?.principal).length + aloneOf(one.after?.principal).length === 0,
  );
  return { entries, unseen };
};

const isCreated = ({ change }: EntryFact | AssociationFact): boolean =>
  !change.importing && (change.action === 'create' || change.action === 'replace');

const isDestroyed = ({ change }: AssociationFact): boolean => change.action === 'delete';

/** Tags change nothing. */
const changesRights = ({ change: { action, before, after } }: EntryFact): boolean =>
  action === 'update' && changedRights(before.value, after).length > 0;

/** What is not known before the apply is what nobody has written. */
const asPlanned = ({ after }: EntryFact, principalArn: string): LiveEntry => {
  const { type = 'STANDARD', username, groups = [] } = after ?? {};
  return { principalArn, type, ...(username === undefined ? {} : { username }), groups };
};

/** Those of the plan, and those that are live beside them. Where one is not known before the apply, they are not told. */
const policiesAfter = (
  associations: readonly AssociationFact[],
  deleted: readonly AssociationFact[],
  live: LiveEntry | undefined,
): Pick<LiveEntry, 'policies'> => {
  const planned = associations.map(policyOf);
  if (!planned.every(policy => policy !== undefined)) return {};
  if (live !== undefined && live.policies === undefined && associations.length === 0) return {};
  const named = new Set([...planned.map(({ policyArn }) => policyArn), ...deleted.map(({ before }) => before?.policy)]);
  const beside = (live?.policies ?? []).filter(({ policyArn }) => !named.has(policyArn));
  return { policies: [...planned, ...beside] };
};

const policyOf = ({ after }: AssociationFact): LivePolicy | undefined => {
  const { policy: policyArn, scope, namespaces } = after ?? {};
  if (policyArn === undefined || (scope !== 'cluster' && scope !== 'namespace')) return undefined;
  return namespaces === undefined ? undefined : { policyArn, scope, namespaces };
};
