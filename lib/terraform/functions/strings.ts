import type { FunctionDefinition, FunctionTable } from '../evaluation/function.ts';
import { joinParts, textValue } from '../evaluation/template.ts';
import { listOf, numberType, stringType } from '../evaluation/types.ts';
import { giveUp, spend } from '../evaluation/work.ts';
import { wholeOf } from '../evaluation/numbers.ts';
import { boolOf, errorOf } from '../value.ts';
import { charactersOf, isSequence, textOf } from './support.ts';

const string = { type: stringType };
const number = { type: numberType };

const toText = (compute: (...texts: readonly string[]) => string, count = 1): FunctionDefinition => ({
  parameters: Array.from({ length: count }, () => string),
  call: args => textValue(compute(...args.map(textOf))),
});

const toBool = (compute: (text: string, part: string) => boolean): FunctionDefinition => ({
  parameters: [string, string],
  call: ([text, part]) => boolOf(compute(textOf(text), textOf(part))),
});

/** Source: github.com/zclconf/go-cty, cty/function/stdlib/string.go; github.com/hashicorp/terraform, internal/lang/funcs. */
export const strings: FunctionTable = {
  upper: toText(text => ascii(text).toUpperCase()),
  lower: toText(text => ascii(text).toLowerCase()),
  // About these two Go and JavaScript disagree.
  trimspace: toText(text => (/[\u0085\ufeff]/.test(text) ? giveUp() : text.trim())),
  chomp: toText(text => text.replace(/[\r\n]+$/, '')),
  trim: toText((text, characters) => trimCharacters(text, characters), 2),
  trimprefix: toText((text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text), 2),
  trimsuffix: toText(
    (text, suffix) => (suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text),
    2,
  ),
  startswith: toBool((text, part) => text.startsWith(part)),
  endswith: toBool((text, part) => text.endsWith(part)),
  strcontains: toBool((text, part) => text.includes(part)),
  split: {
    parameters: [string, string],
    call: ([separator, text]) => {
      const parts = splitText(textOf(text), textOf(separator));
      spend(parts.length);
      return { kind: 'list', items: parts.map(textValue), type: listOf(stringType) };
    },
  },
  join: {
    parameters: [string],
    rest: { type: listOf(stringType) },
    partial: true,
    call: ([separator, ...lists]) => {
      if (lists.length === 0 || !separator) return errorOf('join takes at least one list');
      const items = lists.flatMap(list => (isSequence(list) ? list.items : []));
      spend(items.length);
      const joined = items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
      const value = joinParts(joined);
      return value.kind === 'error' ? errorOf('join takes no nulls') : value;
    },
  },
  substr: {
    parameters: [string, number, number],
    call: ([text, offset, length]) => {
      const [start, count] = [wholeOf(offset), wholeOf(length)];
      if (start === undefined || count === undefined) return errorOf('substr takes whole numbers');
      return textValue(cutText(textOf(text), start, count));
    },
  },
};

/** Other letters change with versions of Unicode. */
const ascii = (text: string): string => (/^[\u0000-\u007f]*$/.test(text) ? text : giveUp());

const trimCharacters = (text: string, characters: string): string => {
  const cut = new Set(characters);
  const all = Array.from(text);
  const start = all.findIndex(character => !cut.has(character));
  const end = all.findLastIndex(character => !cut.has(character));
  return start === -1 ? '' : all.slice(start, end + 1).join('');
};

const splitText = (text: string, separator: string): readonly string[] =>
  separator === '' ? Array.from(text) : text.split(separator);

/** A negative offset counts from the end, a negative length means all that is left. */
const cutText = (text: string, offset: number, length: number): string => {
  const all = charactersOf(text);
  if (offset >= 0 && length === 0) return '';
  const start = offset < 0 ? offset + all.length : offset;
  const rest = start > 0 ? all.slice(start) : all;
  return (length <= 0 ? rest : rest.slice(0, length)).join('');
};
