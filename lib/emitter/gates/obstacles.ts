import type { Diagnostic } from '../../diagnostics/index.ts';
import { liveAlone } from '../../parser/index.ts';
import type { Phase, SourceGate, State } from '../phase.ts';
import { quota } from '../phases/add-access-entries/entries-gate.ts';
import { mappingGate } from '../phases/remove-aws-auth/phase.ts';
import { callersMove, nameOfOne } from './callers.ts';
import { calls } from './calls.ts';
import { outposts } from './outposts.ts';
import { sensitiveRows } from './sensitive.ts';
import { units } from './units.ts';

/** Those of a script, which changes nothing in the source: what hinders an edit does not hinder it. */
const scriptGates: readonly SourceGate[] = [calls, outposts, mappingGate, quota];

/** What the source says against the phases. Of a script where no rows are known, the reason is said as well. */
export const obstaclesIn = (state: State, phases: readonly Phase[]): readonly Diagnostic[] => {
  const isKnown = state.source.mappings.length > 0 || liveAlone(state.source).length > 0;
  const ofScript = state.options.emit === 'aws-cli' && isKnown;
  const gates = ofScript
    ? scriptGates
    : [calls, outposts, sensitiveRows, units, callersMove, nameOfOne, ...phases.flatMap(phase => phase.gates)];
  return gates.flatMap(gate => gate(state));
};
