import { parsePrincipalArn } from '../eks/index.ts';
import {
  areImplied,
  conditionsOf,
  creatorEntry,
  entryOfLive,
  identityIndex,
  identityOf,
  meaningOf,
  normalizeSource,
  sameIdentity,
  snapshotOf,
  takesCreatorFlag,
  type Field,
  type Identity,
  type LiveEntry,
  type WrittenEntry,
} from '../parser/index.ts';
import type { Context } from './context.ts';
import type { FoundEntry } from './entry.ts';
import { unstrip } from './unstrip.ts';

/** The entry that a principal has; `conditions` are those of its row, as HCL. */
export type FindExisting = (field: Field, conditions: readonly string[]) => FoundEntry | undefined;

/** Reads the entries once for all rows of a mapping. */
export const existingIn = (context: Context): FindExisting => {
  const { entries, beside } = context.cluster.existing;
  const written = identityIndex(
    [...entries, ...(beside?.entries ?? [])].filter(({ presence }) => presence !== 'never'),
    ({ identity }) => identity,
  );
  const snapshot = snapshotOf(context);
  const live = identityIndex(snapshot?.entries ?? [], ({ principalArn }) => {
    const arn = parsePrincipalArn(principalArn);
    return arn && { kind: 'arn', arn };
  });
  return (field, conditions) => {
    const identities = identitiesOf(field, context);
    const arns = identities.filter(({ kind }) => kind === 'arn');
    return (
      inSource(written(identities), conditions, context) ??
      byCreatorFlag(identities, context) ??
      (snapshot && inSnapshot(live(arns), snapshot.file))
    );
  };
};

/** The principal as it is written, and with its path back. */
const identitiesOf = (field: Field, { source, config }: Context): readonly Identity[] => {
  const identity = identityOf(field, source.module);
  const unstripped = unstrip(meaningOf(field), source.module);
  const text = identity.kind === 'arn' ? undefined : unstripped && normalizeSource(unstripped.source);
  const arn = parsePrincipalArn(config.principals?.[field.source]?.arn);
  return [
    identity,
    ...(text === undefined ? [] : [{ kind: 'source' as const, text }]),
    ...(arn === undefined ? [] : [{ kind: 'arn' as const, arn }]),
  ];
};

/** Of several under conditions the one that is there whenever the row is, with the most of its conditions. */
const inSource = (
  entries: readonly WrittenEntry[],
  conditions: readonly string[],
  { cluster, source: { module } }: Context,
): FoundEntry | undefined => {
  // Without the cluster there is neither.
  const known = [...conditions, ...conditionsOf(cluster.repetition)];
  const covering = entries.filter(candidate => areImplied(module, candidate.conditions, known));
  const [entry] =
    covering.length === 0 ? entries : covering.toSorted((a, b) => b.conditions.length - a.conditions.length);
  if (!entry) return undefined;
  const words = entry.presence === 'maybe' ? 'the source, under a condition' : 'the source';
  return { entry, words, range: entry.range, ...(covering.length === 0 ? { unless: entry.conditions } : {}) };
};

/** `enable_cluster_creator_admin_permissions` makes an admin entry, without groups, for whoever runs Terraform. */
const byCreatorFlag = (
  identities: readonly Identity[],
  { cluster, runner, clusterCreatorAdmin }: Context,
): FoundEntry | undefined => {
  const isOn = cluster.creatorAdmin === 'on' || (clusterCreatorAdmin === true && takesCreatorFlag(cluster));
  const arn = isOn ? parsePrincipalArn(runner) : undefined;
  if (!arn || !identities.some(identity => sameIdentity(identity, { kind: 'arn', arn }))) return undefined;
  return { entry: creatorEntry(arn), words: 'the source (enable_cluster_creator_admin_permissions)' };
};

const inSnapshot = ([live]: readonly LiveEntry[], file: string): FoundEntry | undefined =>
  live && { entry: entryOfLive(live), words: `the live cluster (${file})` };
