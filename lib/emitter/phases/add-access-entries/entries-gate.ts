import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { keyOfPrincipal } from '../../../eks/arn.ts';
import { maxAccessEntries, parsePrincipalArn, principalKey } from '../../../eks/index.ts';
import { entriesArgument, headerOf, snapshotOf, takesCreatorFlag, type Cluster } from '../../../parser/index.ts';
import { callsOf } from '../../callers/calls.ts';
import { involvedClusters } from '../../involved.ts';
import type { SourceGate, State } from '../../phase.ts';
import { constraintsAgainst } from '../../../terraform/index.ts';
import { doubtfulEntries } from './doubtful-entries.ts';

/**
 * `enable_cluster_creator_admin_permissions` makes an entry for whoever runs Terraform, which EKS may have made already.
 * Source: terraform-aws-modules/eks issues 2933 and 2968.
 */
export const creatorFlag: SourceGate = state => [...asked(state), ...flagged(state)];

const asked = (state: State): readonly Diagnostic[] => {
  const { options, source } = state;
  const { runner, clusterCreatorAdmin } = options;
  if (!clusterCreatorAdmin) return [];
  const arn = runner === undefined ? undefined : parsePrincipalArn(runner);
  return involvedClusters(state)
    .filter(({ creatorAdmin }) => creatorAdmin === 'off')
    .flatMap(cluster => {
      const at = headerOf(cluster);
      if (!takesCreatorFlag(cluster)) return [diagnose('TAE243', { cluster: cluster.address }, at)];
      const snapshot = snapshotOf({ ...options, source, cluster });
      if (!snapshot || !arn) return [diagnose('TAE214', { call: cluster.address }, at)];
      const live = snapshot.entries.some(({ principalArn }) => principalKey(principalArn) === keyOfPrincipal(arn));
      return live ? [diagnose('TAE215', { runner: runner ?? '' }, at)] : [];
    });
};

/**
 * The flag stands in the source, and phase 2 may make a second entry for whoever runs Terraform: where that is not known, or where the
 * flag is an expression, so that the row of the runner becomes an entry.
 */
const flagged = (state: State): readonly Diagnostic[] => {
  const { runner } = state.options;
  const arn = runner === undefined ? undefined : parsePrincipalArn(runner);
  return involvedClusters(state)
    .filter(({ creatorAdmin }) => creatorAdmin !== 'off')
    .filter(cluster => {
      // Callers hand their entries to the one cluster that the module makes.
      const own = state.handed ? state.transformed : state.transformed.filter(mapping => mapping.cluster === cluster);
      const entries = own.flatMap(mapping => mapping.entries);
      if (!arn) return entries.length > 0 || own.some(({ planned }) => planned !== undefined && !planned.isWritten);
      return (
        cluster.creatorAdmin === 'expression' &&
        entries.some(({ principalArn = '' }) => principalKey(principalArn) === keyOfPrincipal(arn))
      );
    })
    .map(cluster => diagnose('TAE223', { call: cluster.address, runner: arn && runner }, headerOf(cluster)));
};

/** Resources came with 5.33.0, the arguments `type` and `user_name` with 5.34.0. Source: terraform-provider-aws, CHANGELOG.md. */
const floor = '>= 5.34.0';

/** Where entries stand beside the module, its own demands on the provider do not say that it knows them. */
export const provider: SourceGate = state => {
  const alone = new Set(involvedClusters(state).filter(({ standalone }) => standalone));
  const hasEntries = state.transformed.some(
    ({ cluster, entries, planned }) => cluster && alone.has(cluster) && (entries.length > 0 || planned !== undefined),
  );
  if (!hasEntries) return [];
  return constraintsAgainst(state.source.module, 'aws', floor).map(({ text, range }) =>
    diagnose('TAE260', { constraint: text }, range),
  );
};

/**
 * The quota of entries, and entries of the source that cannot be read, of each cluster here and of each call that hands entries over. A call
 * makes a cluster that has the entries of the module, too.
 */
export const quota: SourceGate = state => {
  const here = involvedClusters(state);
  const addedTo = (cluster: Cluster): readonly unknown[] =>
    state.transformed.filter(({ cluster: other }) => other === cluster).flatMap(mapping => mapping.entries);
  const countOf = (cluster: Cluster): number => addedTo(cluster).length + cluster.existing.entries.length;
  const own = here.reduce((sum, cluster) => sum + countOf(cluster), 0);
  // Said once, where the module alone has too many.
  const shared = own > maxAccessEntries ? 0 : own;
  return [
    ...here.map(cluster => ({ cluster, count: countOf(cluster) })),
    ...callsOf(state).map(({ cluster }) => ({ cluster, count: countOf(cluster) + shared })),
  ].flatMap(({ cluster, count }) => {
    const { address, existing } = cluster;
    const argument = entriesArgument(cluster);
    const at = headerOf(cluster);
    // A script looks each entry up before it makes one.
    const added = state.options.emit === 'aws-cli' ? [] : addedTo(cluster);
    return [
      ...(count > maxAccessEntries ? [diagnose('TAE213', { count }, at)] : []),
      ...(added.length > 0 ? [...existing.unread, ...(existing.beside?.unread ?? [])] : []).map(range =>
        diagnose('TAE221', { argument, call: address }, range),
      ),
      ...(added.length > 0 ? doubtfulEntries(state, cluster) : []).map(({ range, role }) =>
        diagnose('TAE221', { argument: 'An entry', call: address, role }, range),
      ),
    ];
  });
};

/**
 * EKS refuses entries in mode CONFIG_MAP, and without them phase 3 takes all access. What a default alone says may be that of no environment.
 * Source: EKS user guide, setting-up-access-entries.
 */
export const modesTakeEntries: SourceGate = state =>
  involvedClusters(state).flatMap(({ address, mode, existing }) => {
    const { mappings, live } = state.source;
    const isIdle = mappings.length === 0 && live === undefined && !existing.argument && existing.entries.length === 0;
    if (mode.kind !== 'expression' || isIdle) return [];
    const source = mode.source.replace(/\s+/g, ' ');
    return (state.modes?.get(address) ?? []).flatMap(({ value, of }) =>
      of === undefined || value === undefined || ['API_AND_CONFIG_MAP', 'API'].includes(value)
        ? []
        : [diagnose('TAE281', { cluster: address, source, mode: value, of }, mode.attribute.value.range)],
    );
  });
