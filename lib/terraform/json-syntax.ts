import { JsonError, readJsonDocuments, type JsonNode } from '../config/json.ts';
import type { Range } from '../diagnostics/index.ts';

/**
 * The members of a block in JSON syntax, which is an object, or a list of them.
 * Source: developer.hashicorp.com/terraform/language/syntax/json.
 */
export const jsonMembers = (value: unknown): readonly (readonly [string, unknown])[] => {
  if (Array.isArray(value)) return value.flatMap(jsonMembers);
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
};

/** What stands below a key: blocks of one type, by their first label. */
export const jsonBlocks = (value: unknown, type: string): readonly (readonly [string, unknown])[] =>
  jsonMembers(value).flatMap(([name, blocks]) => (name === type ? jsonMembers(blocks) : []));

const documents = new WeakMap<ReadonlyMap<string, string>, readonly unknown[]>();

/** Of files in JSON syntax, those that are JSON. */
export const jsonDocuments = (files: ReadonlyMap<string, string>): readonly unknown[] => {
  const known = documents.get(files) ?? [...files.values()].map(parseJson).filter(document => document !== undefined);
  documents.set(files, known);
  return known;
};

/** The value of one JSON text; undefined for one that is none. A byte order mark at the start is skipped. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
};

/** A string of a file in JSON syntax, behind the names that lead to it, and where it is written. */
export type JsonString = { readonly path: readonly string[]; readonly text: string; readonly range: Range };

/** The strings of files in JSON syntax, but for those of a file that is no JSON. */
export const jsonStrings = (files: ReadonlyMap<string, string>): readonly JsonString[] =>
  [...files].flatMap(([file, text]) => rootsIn(text).flatMap(root => stringsIn(file, root, [])));

const stringsIn = (file: string, node: JsonNode, path: readonly string[]): readonly JsonString[] => {
  const { type, children = [], offset, length } = node;
  if (type === 'string') {
    return [{ path, text: String(node.value), range: { file, start: offset, end: offset + length } }];
  }
  const [key, value] = children;
  if (type === 'property') return key && value ? stringsIn(file, value, [...path, String(key.value)]) : [];
  return children.flatMap(child => stringsIn(file, child, path));
};

const rootsIn = (text: string): readonly JsonNode[] => {
  try {
    return readJsonDocuments(text);
  } catch (error) {
    if (error instanceof JsonError) return [];
    throw error;
  }
};
