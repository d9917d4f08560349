import { isPrimitive, mentions, sameType, type ObjectType, type TupleType, type Type } from './types.ts';
import { unify } from './unify.ts';
import { spend } from './work.ts';

/**
 * Whether Terraform knows a conversion between two types; a value may still be refused ("x" as a number).
 * Source: getConversion in github.com/zclconf/go-cty, cty/convert/conversion.go (unsafe).
 */
export const isConvertible = (from: Type, to: Type): boolean => {
  spend(1);
  if (to.kind === 'dynamic' || to.kind === 'any' || from.kind === 'dynamic' || from.kind === 'any') return true;
  if (isPrimitive(from) && isPrimitive(to)) return isPrimitiveConvertible(from, to);
  switch (to.kind) {
    case 'object':
      return from.kind === 'object' ? isObjectConvertible(from, to) : from.kind === 'map' && mapFits(from.element, to);
    case 'tuple':
      return from.kind === 'tuple' && isTupleConvertible(from, to);
    case 'list':
    case 'set':
      if (from.kind === 'tuple') return areConvertible(from.elements, to.element, true);
      return (from.kind === 'list' || from.kind === 'set') && isConvertible(from.element, to.element);
    case 'map':
      if (from.kind === 'object') return areConvertible([...from.attributes.values()], to.element, false);
      return from.kind === 'map' && isConvertible(from.element, to.element);
    default:
      return false;
  }
};

/** Numbers and bools are not converted into each other. */
const isPrimitiveConvertible = (from: Type, to: Type): boolean =>
  from.kind === to.kind || from.kind === 'string' || to.kind === 'string';

const isObjectConvertible = (from: ObjectType, to: ObjectType): boolean =>
  [...to.attributes].every(([name, type]) => {
    const attribute = from.attributes.get(name);
    return attribute !== undefined && isConvertible(attribute, type);
  });

const mapFits = (element: Type, to: ObjectType): boolean =>
  [...to.attributes.values()].every(type => isConvertible(element, type));

const isTupleConvertible = (from: TupleType, to: TupleType): boolean =>
  from.elements.length === to.elements.length &&
  from.elements.every((element, index) => isConvertible(element, to.elements[index]!));

/** The parts of a tuple or object as a collection: an open element type is what the parts have in common. */
const areConvertible = (parts: readonly Type[], element: Type, sequence: boolean): boolean => {
  const wanted = elementFor(parts, element, sequence);
  return wanted !== undefined && parts.every(part => sameType(part, wanted) || isConvertible(part, wanted));
};

/** The element type of a collection made of these parts. */
export const elementFor = (parts: readonly Type[], element: Type, sequence: boolean): Type | undefined => {
  if (element.kind !== 'dynamic' || parts.length === 0) return element;
  const common = unify(parts);
  // Nulls beside lists have no common type that all would be converted to.
  if (sequence && common?.kind === 'dynamic' && parts.some(({ kind }) => kind !== 'dynamic'))
    return parts.some(part => mentions(part, 'any')) ? { kind: 'any' } : undefined;
  return common;
};
