import { sortedEntries } from '../evaluation/order.ts';
import { nameOf, typeOf } from '../evaluation/types.ts';
import { giveUp, spend, spendText } from '../evaluation/work.ts';
import { errorOf, knownString, type ErrorValue, type ListValue, type ObjectValue, type Value } from '../value.ts';

/** A list, tuple or set. */
export const isSequence = (value: Value | undefined): value is ListValue => value?.kind === 'list';

export const isSet = (value: Value): boolean => value.kind === 'list' && value.type?.kind === 'set';

export const isMapping = (value: Value | undefined): value is ObjectValue => value?.kind === 'object';

export const refuseSequence = (name: string, value: Value | undefined): ErrorValue =>
  errorOf(`${name} takes a list or tuple, not ${value ? nameOf(typeOf(value)) : 'nothing'}`);

/** The text of an argument of type string, which is known. */
export const textOf = (value: Value | undefined): string => knownString(value) ?? '';

/** The characters of a text as Terraform counts them. What is one beyond ASCII depends on the version of Unicode. */
export const charactersOf = (text: string): readonly string[] => {
  spendText(text.length);
  return /^[\t\n -~]*$/.test(text) ? text.split('') : giveUp();
};

/** Each item once, at its first place. All are known and of one type, so that equal ones have equal keys. */
export const distinctItems = (items: readonly Value[]): readonly Value[] => {
  const seen = new Set<string>();
  return items.filter(item => {
    const key = fingerprint(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
};

const fingerprint = (value: Value): string => {
  spend(1);
  switch (value.kind) {
    case 'string':
      return JSON.stringify(textOf(value));
    case 'number':
      return value.text;
    case 'bool':
      return String(value.value);
    case 'list':
      return `[${value.items.map(fingerprint).join(',')}]`;
    case 'object':
      return `{${sortedEntries(value.entries)
        .map(([name, entry]) => `${JSON.stringify(name)}:${fingerprint(entry)}`)
        .join(',')}}`;
    default:
      return value.kind;
  }
};
