import { sortedEntries } from '../evaluation/order.ts';
import { giveUp, spend, spendText } from '../evaluation/work.ts';
import type { Value } from '../value.ts';
import { textOf } from './support.ts';

/** As Terraform writes JSON: names sorted, no spaces. Source: github.com/zclconf/go-cty, cty/json/marshal.go. */
export const encodeJson = (value: Value): string => {
  spend(1);
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'bool':
      return String(value.value);
    case 'number':
      return value.text;
    case 'string':
      return encodeString(textOf(value));
    case 'list':
      return `[${value.items.map(encodeJson).join(',')}]`;
    case 'object':
      return `{${sortedEntries(value.entries)
        .map(([name, entry]) => `${encodeString(name)}:${encodeJson(entry)}`)
        .join(',')}}`;
    default:
      return giveUp();
  }
};

/** Go escapes what could end a script, and writes backspace and form feed in a way that depends on its version. */
const encodeString = (text: string): string => {
  spendText(text.length);
  if (/[\b\f]/.test(text)) return giveUp();
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
};
