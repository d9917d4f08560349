/**
 * What the source tells about the value of an expression. `unknown` stands for anything that is settled at plan time:
 * a variable is unknown whatever its default, since a default is one caller's value.
 */
export type Value =
  | StringValue
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Value> }
  | { readonly kind: 'unknown' };

/** A string of known pieces and unknown ones (`undefined`), never two known ones in a row. `[]` is the empty string. */
export type StringValue = { readonly kind: 'string'; readonly parts: readonly (string | undefined)[] };

export const unknown: Value = { kind: 'unknown' };

export const stringOf = (text: string): StringValue => ({ kind: 'string', parts: text === '' ? [] : [text] });

/** The whole string, when every piece is known. */
export const knownString = (value: Value | undefined): string | undefined => {
  if (value?.kind !== 'string') return undefined;
  return value.parts.every(part => part !== undefined) ? value.parts.join('') : undefined;
};

/** The known beginning of a string: empty when nothing is known about it. */
export const knownHead = (value: Value): string => (value.kind === 'string' ? (value.parts[0] ?? '') : '');

export const concatParts = (values: readonly Value[]): Value => {
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
