export { readPhasedSource, resourceOf } from './fold.ts';
export {
  declaredPhase,
  phaseNumbers,
  phaseReference,
  phaseVariable,
  placedArguments,
  type PhasedSource,
  type Written,
} from './phase-variable.ts';
export { relocated, relocator, withoutPhase } from './places.ts';
