import { isInForce, isSilentOnceOff, liveAlone, liveByHand, type Mapping, type Source } from '../../../parser/index.ts';
import { isCounted, writerOf } from '../../aws-auth/writers.ts';
import { callsOf } from '../../callers/calls.ts';
import { attribute } from '../../../hcl/index.ts';
import { knownString } from '../../../terraform/index.ts';
import { involvedClusters } from '../../involved.ts';
import type { Phase, State, SourceGate } from '../../phase.ts';
import { removeAwsAuthRunbook } from './runbook.ts';
import { diagnose, firstOf, type Diagnostic } from '../../../diagnostics/index.ts';
import { usesOf } from '../../aws-auth/uses.ts';

/** Rows that may differ from the live ConfigMap, rows that are comments, a second writer, here or in a caller. */
export const mappingGate: SourceGate = state => {
  const { source } = state;
  return [
    ...source.mappings.flatMap(mapping => ofMapping(mapping, isCompared(mapping, source))),
    ...callsOf(state).flatMap(({ mapping }) => (mapping ? commentedRows(mapping) : [])),
    // One that is declared twice is named so.
    ...source.writers.flatMap(({ mapping: { address, block }, beside, off }) =>
      address === beside ? [] : [diagnose('TAE210', { writer: address, beside, off }, block.headerRange)],
    ),
    ...(state.writersBeside ?? []),
  ];
};

/** The live ConfigMap was given: the rows themselves say where they differ from it. */
const isCompared = (mapping: Mapping, { live, pairs }: Source): boolean =>
  live !== undefined && pairs.some(({ cluster, mapping: other }) => other === mapping && cluster === live.cluster);

const ofMapping = (mapping: Mapping, compared: boolean): readonly Diagnostic[] => {
  const { address, create, createConfigMap, manageConfigMap } = mapping;
  const drifted =
    !mapping.resource && create.value !== false && createConfigMap?.value === true && manageConfigMap.value === false;
  return [
    ...(drifted && !compared ? [diagnose('TAE410', { call: address }, manageConfigMap.attribute?.range)] : []),
    ...commentedRows(mapping),
  ];
};

const commentedRows = ({ commentedOut: { count, range } }: Mapping): readonly Diagnostic[] =>
  count > 0 ? [diagnose('TAE413', { count }, range)] : [];

/** A resource that only keeps an object, such as one that was moved to it, has none of the rows that are live. */
const keptAlone = ({ address, block }: Mapping): Diagnostic | undefined => {
  if (attribute(block.body, 'data')) return undefined;
  const why = 'it is not in the source, and ignore_changes keeps what is live';
  return diagnose('TAE229', { list: 'data', resource: address, why }, block.headerRange);
};

/**
 * Of what writes aws-auth and has no flags: what of it cannot be read, and what needs an instance of it. With a count of 0 there is none;
 * to wait for it is to wait for nothing. Source: developer.hashicorp.com/terraform/language/meta-arguments/count.
 */
const resourceGate: SourceGate = ({ source }) =>
  source.mappings.flatMap(mapping => {
    const { address, block, resource } = mapping;
    if (!isCounted(mapping) || isInForce(mapping) === false) return [];
    const compared = source.live !== undefined;
    return [
      ...(resource?.diagnostics ?? []),
      ...(resource?.refused ?? []).map(({ list, why, place }) =>
        diagnose('TAE229', { list, resource: address, why }, place),
      ),
      ...usesOf(source.module, address, [address])
        .filter(({ waits }) => !waits)
        .map(({ range, words }) => diagnose('TAE230', { resource: address, reference: words }, range)),
      ...((resource?.ignoredLists.length ?? 0) > 0 && !compared
        ? [keptAlone(mapping) ?? diagnose('TAE447', { resource: address }, block.headerRange)]
        : []),
    ];
  });

/**
 * Rows that come into aws-auth by other ways are part of it, but for those of a local module's own cluster. The live ConfigMap has
 * them, so with that they are known; where the phases are of other clusters as well, those that it has.
 */
const elsewhereGate: SourceGate = state => {
  const { live, elsewhere } = state.source;
  if (live && involvedClusters(state).every(cluster => cluster === live.cluster)) return [];
  const has = (name: string): boolean =>
    live?.rows.some(({ principal }) => knownString(principal?.value)?.toLowerCase() === name.toLowerCase()) === true;
  return elsewhere
    .filter(({ ofItsCluster }) => !ofItsCluster)
    .map(one => ({ ...one, who: [...one.principals.filter(name => !has(name)), ...one.unread] }))
    .filter(({ who }) => live === undefined || who.length > 0)
    .map(({ address: call, who, range }) => diagnose('TAE249', { call, who: firstOf(who) }, range));
};

/**
 * aws-auth goes before the mode becomes API, other than in many guides: while the mode has both, this step can be undone, and the
 * change to API cannot.
 */
export const removeAwsAuth: Phase = {
  id: 'remove-aws-auth',
  title: 'Take aws-auth out of use',
  needsEntries: true,
  gates: [mappingGate, resourceGate, elsewhereGate],
  isDone: state => inForce(state).length === 0 && state.writersBeside === undefined,
  plan: state => {
    const { source } = state;
    const byHand = liveByHand(source);
    return {
      edits: inForce(state).flatMap(written => writerOf(written).turnOff(written)),
      changes: [
        ...inForce(state).flatMap(written => writerOf(written).changes(written)),
        ...byHand.map(({ cluster }) => `ConfigMap aws-auth of ${cluster.address}: emptied by hand`),
      ],
      findings: [],
      silences: inForce(state)
        .filter(({ block, form }) => isSilentOnceOff({ block }, form))
        .map(({ address }) => address),
      runbook: removeAwsAuthRunbook(state),
      isElsewhere: source.mappings.length === 0 && liveAlone(source).length > 0,
      isByHand: byHand.length > 0,
    };
  },
};

const inForce = ({ source }: State): readonly Mapping[] =>
  source.mappings.filter(mapping => isInForce(mapping) !== false);
