import { nameOf, typeOf } from '../evaluation/types.ts';
import { giveUp, spendText } from '../evaluation/work.ts';
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
