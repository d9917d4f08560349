import type { SplatStep } from '../../hcl/index.ts';
import { errorOf, knownString, type ErrorValue } from '../value.ts';
import { toText } from './convert.ts';
import type { Context } from './scope.ts';
import { anyType, listOf, nameOf, type Type } from './types.ts';

/** The type of what steps take out of a value of a type: all there is to an empty list. */
export const stepType = (of: Type, steps: readonly SplatStep[], context: Context): Type | ErrorValue => {
  let type = of;
  for (const step of steps) {
    if (step.kind === 'splat') return splatType(type, step.steps, context);
    const next = step.kind === 'get' ? attributeType(type, step.name) : indexType(type, step, context);
    if ('message' in next) return next;
    type = next;
  }
  return type;
};

const splatType = (of: Type, steps: readonly SplatStep[], context: Context): Type | ErrorValue => {
  if (of.kind !== 'list' && of.kind !== 'set') return of.kind === 'dynamic' ? of : anyType;
  const element = stepType(of.element, steps, context);
  return 'message' in element ? element : listOf(element);
};

const attributeType = (type: Type, name: string): Type | ErrorValue => {
  if (type.kind === 'object') return type.attributes.get(name) ?? errorOf(`there is no attribute "${name}"`);
  if (type.kind === 'map') return type.element;
  return type.kind === 'any' || type.kind === 'dynamic' ? type : errorOf(`a ${nameOf(type)} has no attributes`);
};

const indexType = (type: Type, step: Extract<SplatStep, { kind: 'index' }>, context: Context): Type | ErrorValue => {
  if (type.kind === 'list' || type.kind === 'map') return type.element;
  if (type.kind !== 'object') return type.kind === 'dynamic' ? type : anyType;
  const name = knownString(toText(context.evaluate(step.key, context)));
  return name === undefined ? anyType : (type.attributes.get(name) ?? anyType);
};
