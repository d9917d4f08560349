import type { Range } from '../diagnostics/index.ts';

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

/**
 * What the source tells about the value of an expression. `unknown` stands for anything that is settled at plan time:
 * a variable is unknown whatever its default, since a default is one caller's value. An `error` is an expression that
 * Terraform refuses; only `evaluateWithErrors` returns one.
 */
export type Value =
  | StringValue
  | NumberValue
  | { readonly kind: 'bool'; readonly value: boolean }
  | NullValue
  | ListValue
  | ObjectValue
  | { readonly kind: 'unknown' }
  | ErrorValue;

/** A string of known pieces and unknown ones (`undefined`), never two known ones in a row. `[]` is the empty string. */
export type StringValue = { readonly kind: 'string'; readonly parts: readonly (string | undefined)[] };

/** The decimal digits, without zeros that say nothing. */
export type NumberValue = { readonly kind: 'number'; readonly text: string };

/** A null has a type when it was converted to one. */
export type NullValue = { readonly kind: 'null'; readonly type?: Type };

/** A tuple; with `type` a list or a set, whose items are in the order in which Terraform goes through them. */
export type ListValue = {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly type?: ListType | SetType;
};

/** An object, with `type` a map. */
export type ObjectValue = {
  readonly kind: 'object';
  readonly entries: ReadonlyMap<string, Value>;
  readonly type?: MapType;
};

/** `fatal` is what `try` and `can` do not catch: Terraform checks references before it evaluates. */
export type ErrorValue = {
  readonly kind: 'error';
  readonly message: string;
  readonly range?: Range;
  readonly fatal?: true;
};

export const unknown: Value = { kind: 'unknown' };

export const stringOf = (text: string): StringValue => ({ kind: 'string', parts: text === '' ? [] : [text] });

export const boolOf = (value: boolean): Value => ({ kind: 'bool', value });

export const errorOf = (message: string, range?: Range): ErrorValue => ({
  kind: 'error',
  message,
  ...(range ? { range } : {}),
});

/** The whole string, when every piece is known. */
export const knownString = (value: Value | undefined): string | undefined => {
  if (value?.kind !== 'string') return undefined;
  return value.parts.every(part => part !== undefined) ? value.parts.join('') : undefined;
};

/** The same of what becomes a string where one is wanted, as a number does. */
export const knownText = (value: Value | undefined): string | undefined =>
  value?.kind === 'number' ? value.text : knownString(value);

/** The known beginning of a string: empty when nothing is known about it. */
export const knownHead = (value: Value): string => (value.kind === 'string' ? (value.parts[0] ?? '') : '');

export const concatParts = (values: readonly Value[]): StringValue => {
  const parts: (string | undefined)[] = [];
  for (const part of values.flatMap(partsOf)) {
    const last = parts.at(-1);
    if (part !== undefined && parts.length > 0 && last !== undefined) parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  }
  return { kind: 'string', parts };
};

const partsOf = (value: Value): readonly (string | undefined)[] => {
  if (value.kind === 'string') return value.parts;
  if (value.kind === 'number') return [value.text];
  if (value.kind === 'bool') return [String(value.value)];
  return [undefined];
};
