import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Document,
  type Node,
  type Pair,
  type Scalar,
} from 'yaml';

/**
 * What Go makes of a YAML text on its way into aws-auth's types: text stays text, and a plain scalar
 * that YAML 1.1 reads as a number or a boolean is no text, so it cannot fill a field of type string.
 * kubernetes-sigs/aws-iam-authenticator, pkg/mapper/configmap/configmap.go (ParseMap: YAML to JSON,
 * then encoding/json; only the accounts go straight from YAML into strings)
 */
export type Value = string | null | NotText | Value[] | Map<string, Value>;
export type NotText = { notText: string };

export function isNotText(value: Value | undefined): value is NotText {
  return typeof value === 'object' && value !== null && 'notText' in value;
}

/** The first document's value; undefined when the text cannot be read. */
export function readYaml(text: string): Value | undefined {
  return read(text, toValue);
}

/** The texts in a list: what else is in it is passed over without a look inside. */
export function readTexts(text: string): Value | undefined {
  return read(text, (node, document) => {
    if (!isSeq(node)) return null;
    const items = node.items.map(item => resolve(item, document));
    return items.map(item => (isScalar(item) ? scalar(item) : null));
  });
}

function read(text: string, valueOf: (node: unknown, document: Document.Parsed) => Value): Value | undefined {
  // Scalars come as text, duplicate keys are allowed (the last one counts), further documents are not looked at.
  if (!/^\s*[[{]/.test(text) && /^ *\t\s*(#.*)?$/m.test(text)) return undefined;
  const documents = parseAllDocuments(asGoReads(text), { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  const first = Array.isArray(documents) ? documents[0] : undefined;
  if (!first) return null;
  if (first.errors.length > 0 || first.warnings.some(({ code }) => code === 'BAD_DIRECTIVE')) return undefined;
  // scannerc.go and parserc.go of go-yaml: no version but 1.1.
  const { explicit, version } = first.directives.yaml;
  if (explicit === true && version !== '1.1') return undefined;
  try {
    return valueOf(first.contents, first);
  } catch (error) {
    // An anchor inside of itself: go-yaml refuses it, decode.go (alias).
    if (error instanceof RangeError) return undefined;
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/**
 * A byte order mark is left out, and more ends a line than in YAML 1.2: yamlprivateh.go (is_break) of go-yaml. A line that is
 * indented less than the first one ends the document, and nobody looks at the next one.
 */
function asGoReads(text: string): string {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .split('\n');
  const written = lines.map(line => (/^ *(#|$)/.test(line) ? Infinity : line.search(/\S/)));
  const start = lines.findIndex((line, index) => written[index] !== Infinity && !/^(---|%)/.test(line));
  const end = written.findIndex((own, index) => index > start && own < (written[start] ?? 0));
  return lines.slice(0, end === -1 || start === -1 ? lines.length : end).join('\n');
}

class Unreadable extends Error {}

function toValue(node: unknown, document: Document.Parsed): Value {
  const value = resolve(node, document);
  if (isScalar(value)) return scalar(value);
  if (isSeq(value)) return value.items.map(item => toValue(item, document));
  if (isMap(value)) return mapping(value.items, document);
  return null;
}

function resolve(node: unknown, document: Document.Parsed): unknown {
  if (!isAlias(node)) return node;
  const target: Node | undefined = node.resolve(document);
  if (!target) throw new Unreadable(`unknown alias ${node.source}`);
  return target;
}

function scalar(node: Scalar): Value {
  const text = textOf(node);
  if (node.type !== 'PLAIN' || node.tag === 'tag:yaml.org,2002:str') return text;
  if (/^(~|null|Null|NULL|)$/.test(text)) return null;
  return isPlainText(text) ? text : { notText: text };
}

/** With the failsafe schema every scalar is text, or nothing. */
function textOf({ value }: Scalar): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') throw new Unreadable(`a scalar of type ${typeof value}`);
  return value;
}

/** The implicit types of YAML 1.1 as go-yaml v2 resolves them (resolve.go). */
function isPlainText(text: string): boolean {
  if (/^(y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE|n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/.test(text)) return false;
  const digits = text.replaceAll('_', '');
  if (/^[-+]?(0b[01]+|0x[0-9a-fA-F]+|0o?[0-7]+|0|[1-9][0-9]*)$/.test(digits)) return false;
  return !/^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(digits) && !/^([-+]?\.inf|\.nan)$/i.test(digits);
}

function mapping(pairs: readonly Pair[], document: Document.Parsed): Map<string, Value> {
  const result = new Map<string, Value>();
  for (const pair of pairs) {
    const key = resolve(pair.key, document);
    // A list or a mapping as a key, which is what an unquoted {{SessionName}} is, cannot become JSON.
    if (!isScalar(key)) throw new Unreadable('a key that is no scalar');
    if (key.value === '<<' && key.type === 'PLAIN') merge(result, resolve(pair.value, document), document);
    else result.set(textOf(key), toValue(pair.value, document));
  }
  return result;
}

/** go-yaml v2 merges where the "<<" stands, and of several sources the first one wins. */
function merge(into: Map<string, Value>, node: unknown, document: Document.Parsed): void {
  const sources = isSeq(node) ? node.items.toReversed() : [node];
  for (const source of sources) {
    const target = resolve(source, document);
    if (!isMap(target)) throw new Unreadable('"<<" needs a mapping');
    for (const [key, value] of mapping(target.items, document)) into.set(key, value);
  }
}
