import type { z } from 'zod';
import { diagnose, Refusal, type Diagnostic, type Range } from '../diagnostics/index.ts';
import type { Config } from './config.ts';
import type { ConfigFile } from './merge-configs.ts';
import { JsonError, jsonMembers, jsonNodeAt, jsonPath, jsonValue, readJsonDocuments, type JsonNode } from './json.ts';
import { pathText } from './path-text.ts';
import { configSchema } from './schema.ts';

/** Reads a config file; throws a Refusal with one diagnostic for each thing that does not fit. */
export const parseConfig = (path: string, text: string): Config => parseConfigFile(path, text).config;

/** Reads a config file together with the places of what is in it. */
export const parseConfigFile = (path: string, text: string): ConfigFile => {
  const root = readDocument(path, text);
  const misfits = keyDiagnostics(path, root);
  const result = configSchema.safeParse(jsonValue(root));
  if (!result.success) misfits.push(...result.error.issues.flatMap(issue => issueDiagnostics(path, root, issue)));
  if (misfits.length > 0) throw new Refusal(...misfits);
  return { config: result.data as Config, placeOf: steps => rangeOf(path, jsonNodeAt(root, steps)) };
};

const readDocument = (path: string, text: string): JsonNode => {
  try {
    const [root, second] = readJsonDocuments(text);
    if (root === undefined) throw new JsonError('the file is empty', text.length);
    if (second !== undefined) throw new JsonError('something follows the closing bracket', second.offset);
    return root;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const range = { file: path, start: error.start, end: Math.min(error.start + 1, text.length) };
    throw new Refusal(diagnose('TAE103', { path, reason: error.message }, range));
  }
};

type Issue = z.core.$ZodIssue;

const issueDiagnostics = (file: string, root: JsonNode, issue: Issue): Diagnostic[] => {
  const node = jsonNodeAt(root, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const unknown = jsonMembers(node).filter(({ key }) => key !== hidden && issue.keys.includes(key));
    return unknown.map(({ keyNode }) => noKey(file, keyNode));
  }
  const reason = missing(root, issue) ? 'is missing' : reasonText(issue);
  return [diagnose('TAE102', { path: pathText(issue.path), reason }, rangeOf(file, node))];
};

const rangeOf = (file: string, { offset, length }: JsonNode): Range => ({
  file,
  start: offset,
  end: offset + length,
});

const noKey = (file: string, keyNode: JsonNode): Diagnostic =>
  diagnose('TAE102', { path: pathText(jsonPath(keyNode)), reason: 'is no key of the config' }, rangeOf(file, keyNode));

/** A key that is not there has the place of its object. */
const missing = (root: JsonNode, { code, path }: Issue): boolean =>
  path.length > 0 &&
  (code === 'invalid_type' || code === 'invalid_value') &&
  jsonNodeAt(root, path) === jsonNodeAt(root, path.slice(0, -1));

const reasonText = (issue: Issue): string => {
  // What is wrong with a key, where the key is.
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message;
  return issue.code === 'invalid_type' ? `must be ${typeNames[issue.expected] ?? issue.expected}` : issue.message;
};

const typeNames: Record<string, string> = {
  string: 'a string',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** A key that zod leaves out of what it looks at. */
const hidden = '__proto__';

/** What is wrong with keys and is not in the value any more. */
const keyDiagnostics = (file: string, node: JsonNode): Diagnostic[] => {
  const seen = new Set<string>();
  const found = jsonMembers(node).flatMap(({ key, keyNode }) => {
    const repeated = seen.has(key);
    seen.add(key);
    if (key === hidden) return [noKey(file, keyNode)];
    return repeated ? [diagnose('TAE102', { path: key, reason: 'is written twice' }, rangeOf(file, keyNode))] : [];
  });
  return [...found, ...(node.children ?? []).flatMap(child => keyDiagnostics(file, child))];
};
