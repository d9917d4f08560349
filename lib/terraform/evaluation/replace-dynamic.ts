import { dynamicType, listOf, mapOf, setOf, type Type } from './types.ts';
import { unify } from './unify.ts';

/**
 * The type of a null that is converted: what `to` leaves open is as it was. Source: dynamicReplace in
 * github.com/zclconf/go-cty, cty/convert/conversion_dynamic.go.
 */
export const replaceDynamic = (from: Type, to: Type): Type => {
  if (from.kind === 'dynamic' || from.kind === 'any') return to;
  switch (to.kind) {
    case 'dynamic':
      return from;
    case 'list':
      return listOf(replaceDynamic(elementOf(from), to.element));
    case 'set':
      return setOf(replaceDynamic(elementOf(from), to.element));
    case 'map':
      return mapOf(replaceDynamic(elementOf(from), to.element));
    case 'tuple':
      if (from.kind !== 'tuple') return to;
      return {
        kind: 'tuple',
        elements: to.elements.map((element, index) => replaceDynamic(from.elements[index] ?? dynamicType, element)),
      };
    case 'object':
      return {
        kind: 'object',
        attributes: new Map(
          [...to.attributes].map(([name, attribute]) => [name, replaceDynamic(attributeOf(from, name), attribute)]),
        ),
      };
    default:
      return to;
  }
};

const elementOf = (type: Type): Type => {
  if ('element' in type) return type.element;
  const parts = type.kind === 'tuple' ? type.elements : type.kind === 'object' ? [...type.attributes.values()] : [];
  return unify(parts) ?? dynamicType;
};

const attributeOf = (type: Type, name: string): Type => {
  if (type.kind === 'map') return type.element;
  return (type.kind === 'object' ? type.attributes.get(name) : undefined) ?? dynamicType;
};
