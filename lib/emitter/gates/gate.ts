import type { Diagnostic } from '../../diagnostics/index.ts';
import type { State } from '../phase.ts';

/** What the source says against a phase, beyond its rows. A code names the phase it stops. */
export type SourceGate = (state: State) => readonly Diagnostic[];
