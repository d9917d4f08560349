export { readPhasedSource, resourceOf } from './fold.ts';
export { withoutNew } from './kept-entries.ts';
export {
  declaredPhase,
  lastNumber,
  numberText,
  phasesByValue,
  phaseNumbers,
  phaseReference,
  phaseVariable,
  placedArguments,
  rowArguments,
  type PhasedSource,
  type Written,
} from './phase-variable.ts';
export { beforePhases, relocated, relocator, withoutPhase } from './places.ts';
