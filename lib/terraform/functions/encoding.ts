import type { Scope } from '../evaluation/scope.ts';
import { stringType } from '../evaluation/types.ts';
import { spendText } from '../evaluation/work.ts';
import { errorOf, stringOf, unknown, type Value } from '../value.ts';
import { decodeJson, encodeJson } from './json.ts';
import { decodeYaml } from './yaml-decode.ts';
import { anythingOrNull, textOf, type FunctionDefinition, type FunctionTable } from './function.ts';

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
