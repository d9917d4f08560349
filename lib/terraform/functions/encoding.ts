import { anythingOrNull, type FunctionDefinition, type FunctionTable } from '../evaluation/function.ts';
import type { Scope } from '../evaluation/scope.ts';
import { textValue } from '../evaluation/template.ts';
import { stringType } from '../evaluation/types.ts';
import { giveUp, spendText } from '../evaluation/work.ts';
import { errorOf, stringOf, unknown, type Value } from '../value.ts';
import { decodeJson } from './json-decode.ts';
import { encodeJson } from './json-encode.ts';
import { textOf } from './support.ts';
import { decodeYaml } from './yaml-decode.ts';

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
  base64encode: ofText(text => stringOf(encodeBase64(text))),
  base64decode: ofText(text => {
    const decoded = decodeBase64(text);
    return decoded === undefined ? errorOf('this is no Base64 of UTF-8 text') : textValue(decoded);
  }),
};

export const encodeBase64 = (text: string): string => {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
};

const decodeBase64 = (source: string): string | undefined => {
  const text = source.replace(/[\r\n]/g, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  // Between and after the padding Go looks at where the newlines are.
  if (text !== source && text.includes('=')) return giveUp();
  const bytes = Uint8Array.from(atob(text), character => character.charCodeAt(0));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
