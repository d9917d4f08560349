export type { Severity } from './codes/definition.ts';
export { codes, type Code } from './codes/index.ts';
export { defined, type Immutable } from './defined.ts';
export {
  byPlace,
  diagnose,
  docsUrl,
  exitStatus,
  firstOf,
  guideUrl,
  isCode,
  Refusal,
  refusalOf,
  stopsPhase,
} from './diagnose.ts';
export type { Diagnostic } from './diagnostic.ts';
export { isPhaseBefore, phaseIds, phaseNumber, phaseWords, type PhaseId } from './phase-id.ts';
export { createLocator, positionAt, type Place, type Range } from './range.ts';
export { readSuppression } from './suppression.ts';
