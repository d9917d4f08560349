import { Refusal, type Range } from '../diagnostics/index.ts';
import { findExpression, type Expression, type HclParser } from '../hcl/index.ts';
import { evaluateExpression } from './evaluation/expression.ts';
import { isWhollyKnown } from './evaluation/types.ts';
import { withLimit } from './evaluation/work.ts';
import { decodeJson } from './functions/json.ts';
import { loadJson, type JsonReader } from './readers.ts';
import type { Value } from './value.ts';

/** The values of a `.tfvars` or `.tfvars.json` file by name, or why there are none; `reason` completes "cannot be read: ...". */
export type VariableFile =
  { readonly values: ReadonlyMap<string, Value> } | { readonly reason: string; readonly range: Range };

/**
 * Files of one root module that Terraform loads by itself, in its order: of a variable that is in several of them the last counts.
 * Source: github.com/hashicorp/terraform, internal/command/arguments/vars.go.
 */
export const inLoadOrder = (paths: Iterable<string>): readonly string[] =>
  [...paths].toSorted((a, b) => rank(a) - rank(b) || (nameOf(a) < nameOf(b) ? -1 : 1));

const rank = (path: string): number => (/\.auto\.tfvars(?:\.json)?$/.test(path) ? 2 : path.endsWith('.json') ? 1 : 0);

const nameOf = (path: string): string => path.replace(/^.*[/\\]/s, '');

/** More than for an expression: a file may hold a long list. */
const limit = 20_000_000;

/**
 * Reads a file of variable values. They are literals: Terraform allows neither references nor calls in it. Types that variables
 * are declared with are not applied. Source: developer.hashicorp.com/terraform/language/values/variables.
 */
export const readVariableFile = async (path: string, text: string, parser: HclParser): Promise<VariableFile> => {
  const whole: Range = { file: path, start: 0, end: text.length };
  if (text.includes('\u0000')) return { reason: 'it is binary', range: whole };
  return path.endsWith('.json') ? decodeFile(text, await loadJson(), whole) : readNative(path, text, parser, whole);
};

const decodeFile = (text: string, readJson: JsonReader, range: Range): VariableFile => {
  const decode = (): Value | undefined => {
    const root = readJson(text);
    return root && decodeJson(root, text);
  };
  const { result } = withLimit(limit, decode, undefined);
  return result?.kind === 'object' ? { values: result.entries } : { reason: 'it is no JSON object', range };
};

const readNative = (path: string, text: string, { parse }: HclParser, whole: Range): VariableFile => {
  try {
    const values = new Map<string, Value>();
    for (const item of parse(path, text).body.items) {
      if (item.kind === 'block') return { reason: `it holds a block, "${item.type}"`, range: item.headerRange };
      if (values.has(item.name)) return { reason: `${item.name} is there twice`, range: item.nameRange };
      const foreign = findForeign(item.value);
      const value = foreign ? undefined : literalValue(item.value);
      if (!value) return { reason: `the value of ${item.name} is no literal`, range: (foreign ?? item.value).range };
      values.set(item.name, value);
    }
    return { values };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [first] = error.diagnostics;
    return { reason: 'its syntax is not valid', range: first?.range ?? whole };
  }
};

const findForeign = (expression: Expression): Expression | undefined =>
  findExpression(expression, ({ kind }) => kind === 'call' || kind === 'variable' || kind === 'opaque');

const literalValue = (expression: Expression): Value | undefined => {
  const context = { scope: { local: () => undefined }, names: new Map<string, Value>(), evaluate: evaluateExpression };
  const { result, doubtful } = withLimit<Value | undefined>(
    limit,
    () => evaluateExpression(expression, context),
    undefined,
  );
  const known = withLimit(limit, () => result !== undefined && isWhollyKnown(result), false).result;
  return known && !doubtful ? result : undefined;
};
