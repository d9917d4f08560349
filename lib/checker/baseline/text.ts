import { JsonError, jsonMembers, jsonValue, readJsonDocuments, type JsonNode } from '../../config/json.ts';
import { diagnose, Refusal } from '../../diagnostics/index.ts';
import { isRecord, type JsonRecord } from '../../parser/entries/snapshot.ts';
import type { Baseline, BaselineEntry } from './baseline.ts';

/** One finding a line, so that a change of one is a change of one line. */
export const baselineText = (baseline: Baseline): string => {
  const lines = baseline.map(({ module, code, subject, count }) => {
    const fields = { module, code, ...(subject === '' ? {} : { subject }), ...(count === 1 ? {} : { count }) };
    const members = Object.entries(fields).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`);
    return `    { ${members.join(', ')} }`;
  });
  const findings = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${findings}\n}\n`;
};

/** Reads a baseline; throws a Refusal for a file that is none. Codes that are not there any more match nothing. */
export const parseBaseline = (path: string, text: string): Baseline => {
  const refuse: Refuse = (reason, start = 0) => {
    throw new Refusal(diagnose('TAE131', { path, reason }, { file: path, start, end: start }));
  };
  const { version, findings } = objectIn(readValue(text, refuse));
  if (version !== 1 || !Array.isArray(findings)) return refuse('it has not version 1 and a list of findings');
  return findings.map((value, index) => entryIn(value) ?? refuse(`finding ${index + 1} is none`));
};

type Refuse = (reason: string, start?: number) => never;

const readValue = (text: string, refuse: Refuse): unknown => {
  try {
    const [root, second] = readJsonDocuments(text);
    if (root === undefined || second !== undefined) return refuse('it is not one JSON object');
    refuseMembers(root, refuse);
    return jsonValue(root);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return refuse(`it is not JSON: ${error.message}`, error.start);
  }
};

/** What would be passed over: a list under another name, or the first of two. Findings are looked at one by one. */
const refuseMembers = (root: JsonNode, refuse: Refuse): void => {
  const seen = new Set<string>();
  for (const { key, keyNode } of jsonMembers(root)) {
    if (key !== 'version' && key !== 'findings') refuse(`"${key}" is no member of it`, keyNode.offset);
    if (seen.has(key)) refuse(`"${key}" is written twice`, keyNode.offset);
    seen.add(key);
  }
};

const objectIn = (value: unknown): JsonRecord => (isRecord(value) ? value : {});

const entryIn = (value: unknown): BaselineEntry | undefined => {
  const { module, code, subject = '', count = 1, ...more } = objectIn(value);
  if (typeof module !== 'string' || typeof code !== 'string' || typeof subject !== 'string') return undefined;
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 1) return undefined;
  return Object.keys(more).length > 0 ? undefined : { module, code, subject, count };
};
