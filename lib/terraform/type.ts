/**
 * Terraform's types (github.com/zclconf/go-cty, docs/types.md). `dynamic` is the type of a bare null, `any` one that is not
 * known: part of an unknown value.
 */
export type Type =
  | { readonly kind: 'string' | 'number' | 'bool' | 'dynamic' | 'any' }
  | ListType
  | SetType
  | MapType
  | TupleType
  | ObjectType;

export type ListType = { readonly kind: 'list'; readonly element: Type };
export type SetType = { readonly kind: 'set'; readonly element: Type };
export type MapType = { readonly kind: 'map'; readonly element: Type };
export type TupleType = { readonly kind: 'tuple'; readonly elements: readonly Type[] };
export type ObjectType = { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, Type> };
