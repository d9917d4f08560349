import { isInForce, liveAlone, liveByHand, type Mapping } from '../../../parser/index.ts';
import { writerOf } from '../../aws-auth/writers.ts';
import type { Phase, State } from '../../phase.ts';
import { afterSplit } from '../../splits.ts';
import { removeAwsAuthRunbook } from './runbook.ts';

/**
 * aws-auth goes before the mode becomes API, other than in many guides: while the mode has both, this step can be undone, and the
 * change to API cannot.
 */
export const removeAwsAuth: Phase = {
  id: 'remove-aws-auth',
  title: 'Take aws-auth out of use',
  concerns: ({ source }) => source.mappings.length > 0 || liveAlone(source).length === 0,
  isByHand: ({ source }) => liveByHand(source).length > 0,
  isDone: state => open(state).length === 0,
  edits: state => open(state).flatMap(mapping => writerOf(mapping).turnOff(mapping)),
  changes: state => [
    ...afterSplit(
      state,
      open(state).flatMap(mapping => writerOf(mapping).changes(mapping)),
    ),
    ...liveByHand(state.source).map(({ cluster }) => `ConfigMap aws-auth of ${cluster.address}: emptied by hand`),
  ],
  runbook: removeAwsAuthRunbook,
};

const open = ({ source }: State): readonly Mapping[] => source.mappings.filter(mapping => isInForce(mapping) !== false);
