import type { SourceGate } from '../../gates/gate.ts';

/** What version 21 refuses or drops, where it was asked for. */
export const upgrade: SourceGate = state => state.v21?.toV21(state).findings ?? [];
