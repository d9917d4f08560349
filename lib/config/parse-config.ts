import { diagnose, Refusal, type Diagnostic } from '../diagnostics/index.ts';
import type { Config } from './config.ts';
import { JsonError, jsonNodeAt, jsonValue, readJsonDocuments, type JsonMember, type JsonNode } from './json.ts';
import { configSchema } from './schema.ts';

/** Reads the config file; throws a Refusal with one diagnostic for each thing that does not fit. */
export const parseConfig = (path: string, text: string): Config => {
  const root = readDocument(path, text);
  const misfits = duplicateKeys(root).map(({ key, keyStart, keyEnd }) =>
    diagnose('TAE102', { path: key, reason: 'is written twice' }, { file: path, start: keyStart, end: keyEnd }),
  );
  const result = configSchema.safeParse(jsonValue(root));
  if (!result.success) misfits.push(...result.error.issues.flatMap(issue => issueDiagnostics(path, root, issue)));
  if (misfits.length > 0) throw new Refusal(...misfits);
  return result.data as Config;
};

const readDocument = (path: string, text: string): JsonNode => {
  try {
    const [root, second] = readJsonDocuments(text);
    if (root === undefined) throw new JsonError('the file is empty', text.length);
    if (second !== undefined) throw new JsonError('something follows the closing bracket', second.start);
    return root;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const range = { file: path, start: error.start, end: Math.min(error.start + 1, text.length) };
    throw new Refusal(diagnose('TAE103', { path, reason: error.message }, range));
  }
};

type Issue = {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly expected?: string;
  /** What is wrong with a key, where the key is. */
  readonly issues?: readonly { readonly message: string }[];
};

const issueDiagnostics = (file: string, root: JsonNode, issue: Issue): Diagnostic[] => {
  const node = jsonNodeAt(root, issue.path);
  if (issue.code === 'unrecognized_keys' && node.kind === 'object') {
    return (issue.keys ?? []).map(key => {
      const member = node.members.find(candidate => candidate.key === key);
      const range = { file, start: member?.keyStart ?? node.start, end: member?.keyEnd ?? node.end };
      return diagnose('TAE102', { path: pathText([...issue.path, key]), reason: 'is no key of the config' }, range);
    });
  }
  const reason = missing(root, issue) ? 'is missing' : reasonText(issue);
  return [diagnose('TAE102', { path: pathText(issue.path), reason }, { file, start: node.start, end: node.end })];
};

/** A key that is not there has the place of its object. */
const missing = (root: JsonNode, { code, path }: Issue): boolean =>
  path.length > 0 &&
  (code === 'invalid_type' || code === 'invalid_value') &&
  jsonNodeAt(root, path) === jsonNodeAt(root, path.slice(0, -1));

const reasonText = ({ code, expected, message, issues }: Issue): string =>
  code === 'invalid_key'
    ? (issues?.[0]?.message ?? message)
    : code === 'invalid_type'
      ? `must be ${typeNames[expected ?? ''] ?? expected}`
      : message;

const typeNames: Record<string, string> = {
  string: 'a string',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** `accept[0].reason`, `groups["system:masters"].policy`. */
const pathText = (path: readonly PropertyKey[]): string => {
  const steps = path.map((step, index) => {
    if (typeof step === 'number') return `[${step}]`;
    const name = String(step);
    if (!/^[\w$]+$/.test(name)) return `[${JSON.stringify(name)}]`;
    return index === 0 ? name : `.${name}`;
  });
  return steps.length === 0 ? 'the config' : steps.join('');
};

const duplicateKeys = (node: JsonNode): JsonMember[] => {
  if (node.kind === 'array') return node.items.flatMap(duplicateKeys);
  if (node.kind === 'scalar') return [];
  const seen = new Set<string>();
  return node.members.flatMap(member => {
    const repeated = seen.has(member.key) ? [member] : [];
    seen.add(member.key);
    return [...repeated, ...duplicateKeys(member.value)];
  });
};
