import type { SourceGate } from '../../gates/gate.ts';

/** What stands against phase 0, where there is something to take out of an eks call. */
export const split: SourceGate = state => state.split?.refusals(state) ?? [];
