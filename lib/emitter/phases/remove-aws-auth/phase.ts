import { isInForce, liveAlone, liveByHand, type Mapping } from '../../../parser/index.ts';
import { writerOf } from '../../aws-auth/writers.ts';
import type { Phase, State } from '../../phase.ts';
import { mappingGate, resourceGate } from './gate.ts';
import { removeAwsAuthRunbook } from './runbook.ts';

/**
 * aws-auth goes before the mode becomes API, other than in many guides: while the mode has both, this step can be undone, and the
 * change to API cannot.
 */
export const removeAwsAuth: Phase = {
  id: 'remove-aws-auth',
  title: 'Take aws-auth out of use',
  needsEntries: true,
  gates: [mappingGate, resourceGate],
  isDone: state => inForce(state).length === 0,
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
      runbook: removeAwsAuthRunbook(state),
      isElsewhere: source.mappings.length === 0 && liveAlone(source).length > 0,
      isByHand: byHand.length > 0,
    };
  },
};

const inForce = ({ source }: State): readonly Mapping[] =>
  source.mappings.filter(mapping => isInForce(mapping) !== false);
