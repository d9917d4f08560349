import { attribute, type Block } from '../hcl/index.ts';
import { jsonBlocks, jsonDocuments, jsonMembers } from './json-syntax.ts';

/**
 * The names of variables that are declared sensitive, in any file. What is not plainly `false` counts: a value that is hidden
 * harms nobody. Source: developer.hashicorp.com/terraform/language/block/variable, sensitive.
 */
export const sensitiveVariables = (
  blocks: readonly Block[],
  json: ReadonlyMap<string, string>,
): ReadonlySet<string> => {
  const native = blocks.filter(({ type }) => type === 'variable').filter(isDeclaredSensitive);
  return new Set([
    ...native.flatMap(({ labels }) => labels.slice(0, 1)),
    ...jsonDocuments(json).flatMap(sensitiveInJson),
  ]);
};

/** Of a variable or an output. */
export const isDeclaredSensitive = ({ body }: Block): boolean => {
  const value = attribute(body, 'sensitive')?.value;
  return value !== undefined && !(value.kind === 'bool' && !value.value) && value.kind !== 'null';
};

const sensitiveInJson = (document: unknown): string[] =>
  jsonBlocks(document, 'variable').flatMap(([name, body]) =>
    jsonMembers(body).some(([key, value]) => key === 'sensitive' && value !== false && value !== null) ? [name] : [],
  );
