import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { declaredPhase, headerOf, isInForce, liveAlone, phaseVariable, titleOf } from '../../parser/index.ts';
import { evaluate } from '../../terraform/index.ts';
import { involvedClusters } from '../involved.ts';
import type { State } from '../phase.ts';
import { isExtended, keptKeys } from './kept-keys.ts';
import type { Unfolding } from './unfold.ts';

/** What cannot be put under a variable, so that the phases have to be written one after another. */
export const unphased = ({ begun: state, added }: Unfolding): readonly Diagnostic[] => [
  ...nameTaken(state),
  ...liveAlone(state.source).map(({ cluster: { address } }) =>
    diagnose('TAE262', { what: address, why: 'nothing of this source writes its aws-auth, which a person empties' }),
  ),
  ...(state.phased?.others ?? []).map(range => diagnose('TAE263', {}, range)),
  ...involvedClusters(state).flatMap(cluster => {
    const { address, mode, kind } = cluster;
    const refuse = (why: string): readonly Diagnostic[] => [
      diagnose('TAE262', { what: address, why }, headerOf(cluster)),
    ];
    if (kind === 'elsewhere' || kind === 'by-hand')
      return refuse('the cluster is made in another place, where its mode is');
    if (mode.kind === 'by-cli') return refuse('its release has no argument for the mode, so that the AWS CLI sets it');
    const kept = keptKeys(state, cluster);
    return isExtended(state, added, address) && !state.phased && 'reason' in kept ? refuse(kept.reason) : [];
  }),
  ...state.source.mappings
    .filter(mapping => isInForce(mapping) !== false && mapping.form.id !== 'submodule')
    .map(({ address, block }) =>
      diagnose(
        'TAE262',
        { what: address, why: 'what writes aws-auth here has no flag of modules/aws-auth of version 20' },
        block.headerRange,
      ),
    ),
  ...besideCalls(state),
  ...inSharedCalls(state),
  ...[...added]
    .filter(address => address.startsWith('data.'))
    .map(address =>
      diagnose('TAE262', {
        what: address,
        why: 'it looks a role up in every phase, and fails where an environment does not have that role yet',
      }),
    ),
];

/** What stands beside a call, which alone has the number. */
const besideCalls = ({ transformed }: State): readonly Diagnostic[] =>
  transformed.flatMap(({ cluster, outcomes }) =>
    cluster?.wrapper
      ? outcomes.flatMap(({ entry, row: { origin } }) => {
          const what = entry?.lookup
            ? `data.aws_iam_roles.${entry.lookup.label}`
            : entry?.form === 'resource'
              ? `aws_eks_access_entry.${entry.label}`
              : undefined;
          if (what === undefined) return [];
          const why = `it stands beside ${titleOf(cluster)}, and the phase is known in that call alone`;
          return [diagnose('TAE262', { what, why }, origin)];
        })
      : [],
  );

/** One number for all root modules that share the call. What a variable hands on is a number of each. */
const inSharedCalls = ({ calls = [] }: State): readonly Diagnostic[] =>
  calls.flatMap(({ title, place: { label, roots }, block, given, module }) => {
    if (!roots || !block || (given && evaluate(given.value, module.scope).kind === 'unknown')) return [];
    const args = { call: title, caller: label, roots: roots.map(one => one.label) };
    return [diagnose('TAE289', args, given?.nameRange ?? block.headerRange)];
  });

/** A variable of that name which is the author's. */
const nameTaken = ({ source: { module }, phased }: State): readonly Diagnostic[] => {
  const block = phased ? undefined : declaredPhase(module);
  return block ? [diagnose('TAE267', { name: phaseVariable }, block.headerRange)] : [];
};
