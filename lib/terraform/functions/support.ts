import { equals } from '../evaluation/equals.ts';
import { isPrimitive, nameOf, typeOf } from '../evaluation/types.ts';
import { spend } from '../evaluation/work.ts';
import { errorOf, knownString, type ErrorValue, type ListValue, type ObjectValue, type Value } from '../value.ts';

/** A list, tuple or set. */
export const isSequence = (value: Value | undefined): value is ListValue => value?.kind === 'list';

export const isSet = (value: Value): boolean => value.kind === 'list' && value.type?.kind === 'set';

export const isMapping = (value: Value | undefined): value is ObjectValue => value?.kind === 'object';

export const refuseSequence = (name: string, value: Value | undefined): ErrorValue =>
  errorOf(`${name} takes a list or tuple, not ${value ? nameOf(typeOf(value)) : 'nothing'}`);

/** The text of an argument of type string, which is known. */
export const textOf = (value: Value | undefined): string => knownString(value) ?? '';

/** Each item once, at its first place. All are known and of one type. */
export const distinctItems = (items: readonly Value[]): readonly Value[] => {
  const [first] = items.map(typeOf);
  if (first && isPrimitive(first)) return distinctPrimitives(items);
  const distinct: Value[] = [];
  for (const item of items) {
    spend(1);
    if (!distinct.some(other => equals(other, item) === true)) distinct.push(item);
  }
  return distinct;
};

/** Long lists hold strings. */
const distinctPrimitives = (items: readonly Value[]): readonly Value[] => {
  const seen = new Set<string>();
  return items.filter(item => {
    spend(1);
    const key =
      item.kind === 'string'
        ? textOf(item)
        : item.kind === 'number'
          ? item.text
          : `${item.kind === 'bool' && item.value}`;
    const tagged = `${item.kind}:${key}`;
    if (seen.has(tagged)) return false;
    seen.add(tagged);
    return true;
  });
};
