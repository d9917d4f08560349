import { convert } from '../evaluation/convert.ts';
import { equals } from '../evaluation/equals.ts';
import { integerOf, wholeOf } from '../evaluation/numbers.ts';
import { numberType, typeOf, nameOf } from '../evaluation/types.ts';
import { unify } from '../evaluation/unify.ts';
import { giveUp, spendText } from '../evaluation/work.ts';
import { boolOf, errorOf, knownString, unknown, type ErrorValue, type Value } from '../value.ts';
import { anything, anythingOrNull, isMapping, isSequence, isSet, type FunctionTable } from './function.ts';

/** What asks a collection something. Source: github.com/hashicorp/terraform, internal/lang/funcs/collection.go; go-cty's stdlib. */
export const collections: FunctionTable = {
  length: {
    parameters: [anything],
    partial: true,
    call: ([value]) => {
      if (isSequence(value)) return integerOf(value.items.length);
      if (isMapping(value)) return integerOf(value.entries.size);
      if (value?.kind !== 'string') return errorOf('length takes a string or a collection');
      const text = knownString(value);
      return text === undefined ? unknown : integerOf(charactersOf(text).length);
    },
  },
  element: {
    parameters: [anything, { type: numberType }],
    partial: true,
    call: ([list, index]) => {
      if (!isSequence(list) || isSet(list)) return refuseSequence('element', list);
      const at = wholeOf(index);
      // Terraform before 1.13 refuses negative ones, later versions count from the end.
      if (at === undefined || at < 0)
        return index?.kind === 'number' && /\./.test(index.text) ? errorOf('an index is a whole number') : giveUp();
      return list.items[at % list.items.length] ?? errorOf('element is given an empty list');
    },
  },
  contains: {
    parameters: [anything, anything],
    partial: true,
    call: ([list, value]) => {
      if (!isSequence(list)) return refuseSequence('contains', list);
      const found = list.items.map(item => (value ? equals(value, item) : undefined));
      if (found.includes(true)) return boolOf(true);
      return found.includes(undefined) ? unknown : boolOf(false);
    },
  },
  one: {
    parameters: [anything],
    partial: true,
    call: ([list]) => {
      if (!isSequence(list) || list.items.length > 1)
        return errorOf('one takes a list, set or tuple of at most one item');
      const [item] = list.items;
      return item ?? (list.type ? { kind: 'null', type: list.type.element } : { kind: 'null' });
    },
  },
  coalesce: {
    parameters: [],
    rest: { ...anythingOrNull, unknown: true },
    partial: true,
    call: args => {
      const type = unify(args.map(typeOf));
      if (!type) return errorOf('coalesce takes arguments of one type');
      for (const arg of args) {
        if (arg.kind === 'null') continue;
        const value = convert(arg, type);
        // One that cannot be converted is passed over, as if it were null.
        if (value.kind === 'error') continue;
        if (value.kind === 'unknown') return value;
        if (value.kind !== 'string' || value.parts.some(part => part !== undefined)) return value;
        if (value.parts.length > 0) return unknown;
      }
      return errorOf('coalesce is given no value that is neither null nor empty');
    },
  },
};

const refuseSequence = (name: string, value: Value | undefined): ErrorValue =>
  errorOf(`${name} takes a list or tuple, not ${value ? nameOf(typeOf(value)) : 'nothing'}`);

/** The characters of a text as Terraform counts them. What is one beyond ASCII depends on the version of Unicode. */
const charactersOf = (text: string): readonly string[] => {
  spendText(text.length);
  return /^[\t\n -~]*$/.test(text) ? text.split('') : giveUp();
};
