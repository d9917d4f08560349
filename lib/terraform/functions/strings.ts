import { joinParts, textValue } from '../evaluation/template.ts';
import { listOf, stringType } from '../evaluation/types.ts';
import { giveUp, spend } from '../evaluation/work.ts';
import { boolOf, errorOf } from '../value.ts';
import { isSequence, textOf, type FunctionDefinition, type FunctionTable } from './function.ts';

const string = { type: stringType };

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
};

/** Other letters change with versions of Unicode. */
const ascii = (text: string): string => (/^[\u0000-\u007f]*$/.test(text) ? text : giveUp());

const splitText = (text: string, separator: string): readonly string[] =>
  separator === '' ? Array.from(text) : text.split(separator);
