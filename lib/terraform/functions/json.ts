import type { JsonNode } from '../../config/json.ts';
import { parseNumber } from '../evaluation/numbers.ts';
import { sortedEntries } from '../evaluation/order.ts';
import { textValue } from '../evaluation/template.ts';
import { giveUp, spend, spendText } from '../evaluation/work.ts';
import { boolOf, knownString, unknown, type Value } from '../value.ts';
import { textOf } from './function.ts';

/** `text` is what the nodes have their places in. Source: ImpliedType and Unmarshal in github.com/zclconf/go-cty, cty/json. */
export const decodeJson = (node: JsonNode, text: string): Value => {
  spend(1);
  const { children = [], offset, length, value } = node;
  switch (node.type) {
    case 'object':
      return { kind: 'object', entries: decodeMembers(children, text) };
    case 'array':
      return { kind: 'list', items: children.map(item => decodeJson(item, text)) };
    case 'string':
      return decodeText(value);
    case 'number':
      return parseNumber(text.slice(offset, offset + length)) ?? unknown;
    case 'boolean':
      return boolOf(value === true);
    default:
      return { kind: 'null' };
  }
};

/** Go puts a replacement character for half of a surrogate pair. */
const decodeText = (text: unknown): Value =>
  typeof text !== 'string' || /\p{Surrogate}/u.test(text) ? giveUp() : textValue(text);

const decodeMembers = (members: readonly JsonNode[], text: string): ReadonlyMap<string, Value> => {
  const entries = new Map<string, Value>();
  for (const { children: [key, value] = [] } of members) {
    const name = knownString(key && decodeText(key.value));
    // What a name means that is there twice depends on the types of the values.
    if (name === undefined || !value || entries.has(name)) return giveUp();
    entries.set(name, decodeJson(value, text));
  }
  return entries;
};

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
