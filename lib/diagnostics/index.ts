export { byPlace } from './by-place.ts';
export { codes, type Code } from './codes/index.ts';
export { isCode } from './codes/is-code.ts';
export { diagnose, docsUrl, exitStatus, Refusal, stopsPhase } from './diagnose.ts';
export type { Diagnostic } from './diagnostic.ts';
export { phaseIds, phaseNumber, type PhaseId } from './phase-id.ts';
export { positionAt, type Position, type Range } from './range.ts';
export type { Severity } from './severity.ts';
export { readSuppression } from './suppression.ts';
