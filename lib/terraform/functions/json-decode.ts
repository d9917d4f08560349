import type { JsonNode } from '../../config/json.ts';
import { parseNumber } from '../evaluation/numbers.ts';
import { textValue } from '../evaluation/template.ts';
import { giveUp, spend } from '../evaluation/work.ts';
import { boolOf, knownString, unknown, type Value } from '../value.ts';

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
