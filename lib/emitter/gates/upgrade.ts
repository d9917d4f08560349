import { toV21 } from '../to-v21/upgrade.ts';
import type { SourceGate } from './gate.ts';

/** What version 21 refuses or drops, where it was asked for. */
export const upgrade: SourceGate = state => (state.options.to === 'v21' ? toV21(state).findings : []);
