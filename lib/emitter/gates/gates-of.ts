import { liveAlone } from '../../parser/index.ts';
import type { State } from '../phase.ts';
import type { SourceGate } from './gate.ts';
import { scriptGates, sourceGates } from './index.ts';

/** A script changes nothing in the source: what hinders an edit does not hinder it. Where no rows are known, the reason is said. */
export const gatesOf = ({ options, source }: State): readonly SourceGate[] => {
  const isKnown = source.mappings.length > 0 || liveAlone(source).length > 0;
  return options.emit === 'aws-cli' && isKnown ? scriptGates : sourceGates;
};
