import { toText } from '../evaluation/convert.ts';
import { parseNumber } from '../evaluation/numbers.ts';
import type { Scope, Yaml } from '../evaluation/scope.ts';
import { textValue } from '../evaluation/template.ts';
import { stringType } from '../evaluation/types.ts';
import { giveUp, spend, spendText } from '../evaluation/work.ts';
import { boolOf, errorOf, knownString, stringOf, unknown, type Value } from '../value.ts';
import { kindOfPlain } from '../yaml.ts';
import { anythingOrNull, textOf, type FunctionDefinition, type FunctionTable } from './function.ts';
import { decodeJson, encodeJson } from './json.ts';

const ofText = (compute: (text: string, scope: Scope) => Value): FunctionDefinition => ({
  parameters: [{ type: stringType }],
  call: ([text], { scope }) => {
    spendText(textOf(text).length);
    return compute(textOf(text), scope);
  },
});

/** Source: github.com/zclconf/go-cty, cty/function/stdlib; github.com/hashicorp/terraform, internal/lang/funcs/encoding.go. */
export const encodings: FunctionTable = {
  jsonencode: {
    parameters: [anythingOrNull],
    call: ([value]) => (value ? stringOf(encodeJson(value)) : unknown),
  },
  jsondecode: ofText((text, { readJson }) => {
    if (!readJson) return unknown;
    const root = readJson(text);
    return root ? decodeJson(root, text) : errorOf('this is no valid JSON');
  }),
  yamldecode: ofText((text, { readYaml }) => {
    const document = readYaml?.(text);
    return document ? decodeYaml(document) : unknown;
  }),
};

/**
 * A YAML document as a value. What versions of Terraform read in different ways is not decided: underscores and signs in
 * numbers, merge keys. Source: github.com/zclconf/go-cty-yaml, resolve.go and implied_type.go.
 */
const decodeYaml = (node: Yaml): Value => {
  // An alias may stand for many nodes, which take time even where they are shared.
  spend(10);
  switch (node.kind) {
    case 'scalar':
      return decodeScalar(node);
    case 'sequence': {
      if (node.tag?.endsWith(':seq') === false) return giveUp();
      const items = node.items.map(decodeYaml);
      return items.find(({ kind }) => kind === 'error') ?? { kind: 'list', items };
    }
    case 'mapping':
      return node.tag?.endsWith(':map') === false ? giveUp() : decodeMapping(node.entries);
  }
};

const decodeMapping = (pairs: readonly (readonly [Yaml, Yaml])[]): Value => {
  const entries = new Map<string, Value>();
  for (const [keyNode, valueNode] of pairs) {
    if (keyNode.kind !== 'scalar') return errorOf('a key of a YAML mapping is no scalar');
    if (keyNode.text === '<<') return giveUp();
    const key = decodeScalar(keyNode);
    if (key.kind === 'null') return errorOf('a key of a YAML mapping is null');
    const name = knownString(toText(key)) ?? giveUp();
    const value = decodeYaml(valueNode);
    if (value.kind === 'error') return value;
    entries.set(name, value);
  }
  return { kind: 'object', entries };
};

const decodeScalar = ({ text, plain, tag }: Extract<Yaml, { kind: 'scalar' }>): Value => {
  if (tag !== undefined && tag !== 'tag:yaml.org,2002:str') return giveUp();
  if (tag !== undefined || !plain) return textValue(text);
  const kind = kindOfPlain(text);
  if (kind === 'null') return { kind };
  return kind === 'boolean' ? boolOf(/^(?:y|t|on)/i.test(text)) : decodePlain(text);
};

/** Only what begins with a digit, a sign or a point may be a number. */
const decodePlain = (text: string): Value => {
  if (!/^[-+.\d]/.test(text)) return text === '<<' ? giveUp() : textValue(text);
  if (/^[-+]?\.(inf|nan)$/i.test(text)) return giveUp();
  // Timestamps are rewritten.
  if (/^\d{4}-/.test(text)) return giveUp();
  if (/^[-+]?\d+$/.test(text) || /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(text))
    return parseNumber(text) ?? giveUp();
  if (text.includes('_') || /^[-+]?(0o|0x|0b)?[\da-fA-F]*$/.test(text) || text.startsWith('.'))
    return looksNumeric(text);
  return textValue(text);
};

const looksNumeric = (text: string): Value => (/[\dA-Fa-f]/.test(text) ? giveUp() : textValue(text));
