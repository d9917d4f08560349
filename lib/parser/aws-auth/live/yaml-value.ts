import type { Alias, Document, LineCounter, Node, Pair, Scalar } from 'yaml';

/** A YAML value on its way to JSON. A scalar that is no text keeps its text beside its kind. */
export type YamlValue = string | null | OtherScalar | readonly YamlValue[] | YamlMap;
export type OtherScalar = { readonly kind: Exclude<ScalarKind, 'text' | 'null'>; readonly text: string };
export type YamlMap = ReadonlyMap<string, YamlValue>;

export const isMap = (value: YamlValue | undefined): value is YamlMap => value instanceof Map;
export const isList = (value: YamlValue | undefined): value is readonly YamlValue[] => Array.isArray(value);
export const isOther = (value: YamlValue | undefined): value is OtherScalar =>
  typeof value === 'object' && value !== null && 'kind' in value;

/** What Go cannot read either: the list is empty. */
export class YamlProblem extends Error {}

/** What is not read here, whatever Go does with it. */
export class YamlTooLarge extends Error {}

/** Everything else ends the text. Source: https://github.com/go-yaml/yaml/blob/v2.4.0/readerc.go (yaml_parser_update_buffer). */
const notInYaml = /[^\t\n\r -~\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Values after aliases are filled in, and levels. A ConfigMap has 1 MiB at most. */
const most = 200_000;
const deepest = 500;

type Yaml = typeof import('yaml');
type Reader = { readonly yaml: Yaml; readonly targets: ReadonlyMap<Alias, Node>; left: number };

/**
 * The value of the first document; further ones are not looked at. A key written twice is no error, the last one counts, and
 * "<<" merges where it stands. Source: https://github.com/go-yaml/yaml/blob/v2.4.0/decode.go
 */
export const readYaml = async (text: string): Promise<YamlValue> => {
  const yaml = await import('yaml');
  if (notInYaml.test(text)) throw new YamlProblem('control characters are not allowed');
  try {
    const document = firstDocument(yaml, text);
    const error = document.errors[0] ?? document.warnings.find(({ code }) => code === 'BAD_DIRECTIVE');
    if (error !== undefined) {
      if (isStackOverflow(error)) throw tooDeep();
      throw new YamlProblem(firstLine(error.message));
    }
    return valueOf(document.contents, { yaml, targets: targetsOf(yaml, document), left: most }, 0);
  } catch (error) {
    throw error instanceof Error && isStackOverflow(error) ? tooDeep() : error;
  }
};

/** yaml reads what is nested by calling itself, and reports the end of the stack as an error of the text. */
const isStackOverflow = ({ message }: Error): boolean => message.includes('call stack');
const tooDeep = (): YamlTooLarge => new YamlTooLarge('its YAML is nested too deeply');

/** Further documents are not looked at. */
export const firstDocument = (yaml: Yaml, text: string): Document =>
  yaml.parseDocument(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent', prettyErrors: false });

/** Tells the line and the column of an offset, both from 1 on. */
export const linesIn = (yaml: Yaml, text: string): LineCounter => {
  const counter = new yaml.LineCounter();
  counter.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) counter.addNewLine(index + 1);
  return counter;
};

const firstLine = (message: string): string => (message.split('\n')[0] ?? '').replace(/[.:]?\s*$/, '');

const valueOf = (given: Node | null | undefined, reader: Reader, depth: number): YamlValue => {
  const { yaml } = reader;
  const node = followed(given, reader);
  if (--reader.left < 0) throw new YamlTooLarge(`its YAML has more than ${most} values once aliases are filled in`);
  if (depth > deepest) throw new YamlTooLarge(`its YAML has more than ${deepest} levels`);
  if (node === null || node === undefined) return null;
  if (yaml.isScalar(node)) return scalarOf(node);
  if (yaml.isSeq(node)) return node.items.map(item => valueOf(item as Node | null, reader, depth + 1));
  if (yaml.isMap(node)) return mapOf(node.items, reader, depth + 1);
  throw new YamlProblem('it holds a node of an unknown kind');
};

/** An alias stands for the last node before it that has its name. */
const targetsOf = (yaml: Yaml, document: Document): ReadonlyMap<Alias, Node> => {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  yaml.visit(document, (_key, node) => {
    if (yaml.isAlias(node)) {
      const target = anchors.get(node.source);
      if (target !== undefined) targets.set(node, target);
    } else if (yaml.isNode(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
  });
  return targets;
};

const followed = (node: Node | null | undefined, { yaml, targets }: Reader): Node | null | undefined => {
  if (!yaml.isAlias(node)) return node;
  const target = targets.get(node);
  if (target === undefined) throw new YamlProblem(`the anchor ${node.source} is not there`);
  return target;
};

const stringTag = 'tag:yaml.org,2002:str';

const scalarOf = (node: Scalar): YamlValue => {
  // With the failsafe schema every scalar is text.
  const text = typeof node.value === 'string' ? node.value : '';
  const core = node.tag?.startsWith('tag:yaml.org,2002:') === true && node.tag !== stringTag;
  if (node.tag !== undefined && !core) return text;
  if (core && node.tag?.endsWith(':binary')) throw new YamlTooLarge('it holds !!binary, which is not read here');
  if (!core && node.type !== 'PLAIN') return text;
  const kind = kindOfPlain(text);
  if (kind === 'text' && core) throw new YamlProblem(`"${text}" is not what its tag ${node.tag} says`);
  return kind === 'text' ? text : kind === 'null' ? null : { kind, text };
};

const mapOf = (pairs: readonly Pair[], reader: Reader, depth: number): YamlMap => {
  const map = new Map<string, YamlValue>();
  for (const { key, value } of pairs) {
    const name = followed(key as Node | null, reader);
    if (!reader.yaml.isScalar(name))
      throw new YamlProblem('a key is a list or a mapping, as {{...}} without quotes is');
    if (name.type === 'PLAIN' && name.value === '<<') merge(map, value as Node | null, reader, depth);
    else map.set(keyOf(scalarOf(name)), valueOf(value as Node | null, reader, depth));
  }
  return map;
};

const keyOf = (key: YamlValue): string => {
  if (key === null) throw new YamlProblem('a key is null');
  return typeof key === 'string' ? key : isOther(key) ? key.text : '';
};

/** Of several sources the first counts. */
const merge = (into: Map<string, YamlValue>, node: Node | null, reader: Reader, depth: number): void => {
  const value = valueOf(node, reader, depth);
  const sources = isList(value) ? value.toReversed() : [value];
  for (const source of sources) {
    if (!isMap(source)) throw new YamlProblem('"<<" merges something that is no mapping');
    for (const [key, member] of source) into.set(key, member);
  }
};

/** What a plain scalar is to the authenticator: only `text` fits into a field of type string. */
export type ScalarKind = 'text' | 'null' | 'number' | 'infinite' | 'boolean';

const booleans = /^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|true|True|TRUE|false|False|FALSE)$/;
const integers = /^[-+]?(?:0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]*|[1-9]\d*)$/;
const floats = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/**
 * The types of YAML 1.1, as Go's yaml.v2 tells them. A timestamp stays text there, and 1:30 is no number. An account id with a
 * leading zero is a number all the same: with the digits 8 and 9 it is no octal one, but a float.
 * Source: https://github.com/go-yaml/yaml/blob/v2.4.0/resolve.go
 */
export const kindOfPlain = (text: string): ScalarKind => {
  if (/^(?:|~|null|Null|NULL)$/.test(text)) return 'null';
  if (booleans.test(text)) return 'boolean';
  if (/^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/.test(text)) return 'infinite';
  const digits = /^[-+\d]/.test(text) ? text.replaceAll('_', '') : text;
  return integers.test(digits) || floats.test(digits) ? 'number' : 'text';
};
