import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  visit,
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

function read(source: string, valueOf: (node: unknown, document: Document.Parsed) => Value): Value | undefined {
  const text = asGoReads(source);
  // Scalars come as text, duplicate keys are allowed (the last one counts), further documents are not looked at.
  const documents = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  const first = Array.isArray(documents) ? documents[0] : undefined;
  if (!first) return hasTab(text) ? undefined : null;
  if (first.errors.length > 0 || first.warnings.some(({ code }) => code === 'BAD_DIRECTIVE')) return undefined;
  // scannerc.go and parserc.go of go-yaml: no version but 1.1.
  const { explicit, version } = first.directives.yaml;
  if (explicit === true && version !== '1.1') return undefined;
  if (hasTab(text) && isSpoiltByTab(text, first)) return undefined;
  withoutAddedBreak(text, first);
  try {
    return valueOf(first.contents, first);
  } catch (error) {
    // An anchor inside of itself: go-yaml refuses it, decode.go (alias).
    if (error instanceof RangeError) return undefined;
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** A line that has white space with a tab, maybe behind signs of lists and keys or before a comment, and nothing else. */
const tabLine = /^ *(?:[-?:] *)*(?<![-?:]{2})\t[ \t]*(#.*)?$/gm;

function hasTab(text: string): boolean {
  return text.search(tabLine) !== -1;
}

/**
 * Where a token may begin, a tab is none (scannerc.go of go-yaml, yaml_parser_scan_to_next_token). It is read in brackets and in what is
 * quoted, behind a plain text and in a block: there from the column on where their lines may begin (..._scan_plain_scalar,
 * ..._scan_block_scalar_breaks).
 */
function isSpoiltByTab(text: string, document: Document.Parsed): boolean {
  return [...text.matchAll(tabLine)].some(({ index, 0: line }) => {
    const at = index + line.indexOf('\t');
    let isRead = false;
    visit(document, {
      Node: (_key, node, path) => {
        const [start = 0, end = 0] = node.range ?? [];
        if (isCollection(node)) isRead ||= node.flow === true && start < at && at < end;
        if (!isScalar(node)) return;
        const indent = path.findLast(one => isCollection(one) && one.flow !== true) as Node | undefined;
        const column = indent ? columnOf(text, indent.range?.[0] ?? 0) + 1 : 0;
        const isIn = start < at && at < end;
        const isBehind = end <= at && text.slice(end, at).trim() === '' && start < end;
        if (node.type?.startsWith('QUOTE') === true) isRead ||= isIn;
        else if (node.type === 'PLAIN') isRead ||= (isIn || isBehind) && at - index >= column;
        else isRead ||= isIn && at - index >= blockIndent(text, start, end);
      },
    });
    return !isRead;
  });
}

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

/** The indentation of the first line of a block that is not empty. */
function blockIndent(text: string, start: number, end: number): number {
  const [, ...lines] = text.slice(start, end).split('\n');
  return lines.find(line => line.trim() !== '')?.search(/\S/) ?? Infinity;
}

/** A block at the very end of the text has no line break that is not there: scannerc.go (yaml_parser_scan_block_scalar). */
function withoutAddedBreak(text: string, document: Document.Parsed): void {
  const last = text.slice(text.lastIndexOf('\n') + 1);
  if (last.trim() === '') return;
  visit(document, {
    Scalar: (_key, node) => {
      const endsText = node.type?.startsWith('BLOCK') === true && node.range?.[1] === text.length;
      if (endsText && typeof node.value === 'string') node.value = node.value.replace(/\n$/, '');
    },
  });
}

/**
 * A byte order mark is left out, and more ends a line than in YAML 1.2: yamlprivateh.go (is_break) of go-yaml. A line that is
 * indented less than the first one ends the document, and nobody looks at the next one.
 */
function asGoReads(text: string): string {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    // The sign of a block may stand at any column: scannerc.go (yaml_parser_fetch_block_scalar).
    .replaceAll(/: *\n *([|>][-+\d]*) *(?=\n|$)/g, ': $1')
    .split('\n');
  const written = lines.map(line => (/^\s*(#|$)/.test(line) ? Infinity : line.search(/\S/)));
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

/** resolve.go (resolve): a tag of these types is checked, of a text with quotes as well; any other leaves the text as it is. */
function scalar(node: Scalar): Value {
  const text = textOf(node);
  const type = /^tag:yaml\.org,2002:(bool|int|float|null)$/.exec(node.tag ?? '')?.[1];
  if (type === undefined && (node.type !== 'PLAIN' || node.tag !== undefined)) return text;
  const found = typeOf(text);
  if (type !== undefined && found !== type && !(type === 'float' && found === 'int'))
    throw new Unreadable(`${text} is no ${type}`);
  if (found === 'null') return null;
  return found === 'text' ? text : { notText: text };
}

/** With the failsafe schema every scalar is text, or nothing. */
function textOf({ value }: Scalar): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') throw new Unreadable(`a scalar of type ${typeof value}`);
  return value;
}

/** The implicit types of YAML 1.1 as go-yaml v2 resolves them (resolve.go). */
function typeOf(text: string): 'null' | 'bool' | 'int' | 'float' | 'text' {
  if (/^(~|null|Null|NULL|)$/.test(text)) return 'null';
  if (/^(y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE|n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/.test(text))
    return 'bool';
  if (isInfinite(text)) return 'float';
  const digits = /^[-+0-9]/.test(text) ? text.replaceAll('_', '') : text;
  if (/^[-+]?(0[bB][01]+|0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/.test(digits)) return 'int';
  return /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(digits) ? 'float' : 'text';
}

function isInfinite(text: string): boolean {
  return /^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/.test(text);
}

/** JSON has no infinities and no number that is none, so encoding/json refuses the whole of it. */
export function hasInfinity(value: Value): boolean {
  if (isNotText(value)) return isInfinite(value.notText);
  if (value instanceof Map) return [...value.values()].some(hasInfinity);
  return Array.isArray(value) && value.some(hasInfinity);
}

function mapping(pairs: readonly Pair[], document: Document.Parsed): Map<string, Value> {
  const result = new Map<string, Value>();
  for (const pair of pairs) {
    const key = resolve(pair.key, document);
    // A list or a mapping as a key, which is what an unquoted {{SessionName}} is, cannot become JSON.
    if (!isScalar(key)) throw new Unreadable('a key that is no scalar');
    if (key.value === '<<' && key.type === 'PLAIN' && key.tag === undefined) {
      merge(result, resolve(pair.value, document), document);
      continue;
    }
    // sigs.k8s.io/yaml, yaml.go (convertToJSONableObject): of the scalars, null is no key.
    if (scalar(key) === null) throw new Unreadable('a key that is null');
    result.set(textOf(key), toValue(pair.value, document));
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
