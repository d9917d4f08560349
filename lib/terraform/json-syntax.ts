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
