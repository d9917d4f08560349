import {
  firstDocument,
  isInteger,
  kindOfPlain,
  treeOf,
  YamlProblem,
  YamlTooLarge,
  type ScalarKind,
} from '../../../terraform/yaml.ts';
import {
  ambiguous,
  failsInGo,
  linesIn,
  outsideOf,
  refuseBlocks,
  refuseNodes,
  refuseTabs,
  untilLineOf,
  withoutBlocks,
} from './yaml-doubts.ts';
import type { Yaml } from '../../../terraform/evaluation/scope.ts';

/** A YAML value on its way to JSON. A scalar that is no text keeps its text beside its kind. */
export type YamlValue = string | null | OtherScalar | readonly YamlValue[] | YamlMap;
export type OtherScalar = { readonly kind: Exclude<ScalarKind, 'text' | 'null'>; readonly text: string };
export type YamlMap = ReadonlyMap<string, YamlValue>;

export const isMap = (value: YamlValue | undefined): value is YamlMap => value instanceof Map;
export const isList = (value: YamlValue | undefined): value is readonly YamlValue[] => Array.isArray(value);
export const isOther = (value: YamlValue | undefined): value is OtherScalar =>
  typeof value === 'object' && value !== null && 'kind' in value;

/** Everything else ends the text. Source: https://github.com/go-yaml/yaml/blob/v2.4.0/readerc.go (yaml_parser_update_buffer). */
const notInYaml = /[^\t\n\r -~\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * A byte order mark is left out, and what ends a line in Go is a line feed. Separators of Unicode end lines there as well, and are
 * kept. Source: https://github.com/go-yaml/yaml/blob/v2.4.0/scannerc.go (read_line)
 */
const withLineFeeds = (source: string): string => {
  const text = source.replace(/^\ufeff/, '').replaceAll(/\r\n?|\u0085/g, '\n');
  const [odd] = /[\u2028\u2029\ufeff]/.exec(text) ?? [];
  if (odd === undefined) return text;
  throw new YamlTooLarge(`it holds the character U+${odd.charCodeAt(0).toString(16).toUpperCase()}, ${ambiguous}`);
};

/** Values after aliases are filled in, and levels. A ConfigMap has 1 MiB at most. */
const most = 200_000;
const deepest = 500;

type Budget = { left: number };

/**
 * The value of the first document. A key written twice is no error, the last one counts, and "<<" merges where it stands. What Go
 * cannot read either is a YamlProblem. Source: https://github.com/go-yaml/yaml/blob/v2.4.0/decode.go
 */
export const readYaml = async (text: string): Promise<YamlValue> =>
  read(text, tree => valueOf(tree, { left: most }, 0));

/** The value of a list of texts. Nobody looks into an item that is a list or a mapping: it is an empty one here. */
export const readYamlTexts = async (text: string): Promise<YamlValue> =>
  read(text, tree =>
    tree.kind === 'sequence'
      ? tree.items.map(item => (item.kind === 'scalar' ? scalarOf(item) : new Map()))
      : valueOf(tree, { left: most }, 0),
  );

const read = async (source: string, valueIn: (tree: Yaml) => YamlValue): Promise<YamlValue> => {
  const yaml = await import('yaml');
  const text = withLineFeeds(source);
  if (notInYaml.test(text)) throw new YamlProblem('control characters are not allowed');
  try {
    const document = firstDocument(yaml, text);
    const { contents } = document;
    const isFlow = yaml.isCollection(contents) && contents.flow === true;
    const error = document.errors[0] ?? document.warnings.find(({ code }) => code === 'BAD_DIRECTIVE');
    const isBroken = error !== undefined && !isFlow && failsInGo(error, text);
    const scanned =
      error === undefined ? withoutBlocks(yaml, document, text) : untilLineOf(text, error.pos[0], isBroken);
    refuseTabs(isFlow ? outsideOf(scanned, contents.range ?? []) : scanned);
    if (!isFlow) refuseBlocks(scanned);
    if (error !== undefined) {
      if (isStackOverflow(error)) throw tooDeep();
      const reason = firstLine(error.message);
      if (isBroken) throw new YamlProblem(reason);
      const { line } = linesIn(yaml, text).linePos(error.pos[0]);
      throw new YamlTooLarge(`its line ${line} cannot be read here (${reason}), and the authenticator may read it`);
    }
    refuseNodes(yaml, document, text);
    const { explicit, version } = document.directives?.yaml ?? {};
    if (explicit === true && version !== '1.1') throw new YamlProblem(`its version is ${version}`);
    return valueIn(treeOf(yaml, document.contents, deepest));
  } catch (error) {
    throw error instanceof Error && isStackOverflow(error) ? tooDeep() : error;
  }
};

/** yaml reads what is nested by calling itself, and reports the end of the stack as an error of the text. */
const isStackOverflow = ({ message }: Error): boolean => message.includes('call stack');
const tooDeep = (): YamlTooLarge => new YamlTooLarge('its YAML is nested too deeply');

const firstLine = (message: string): string => (message.split('\n')[0] ?? '').replace(/[.:]?\s*$/, '');

const valueOf = (node: Yaml, budget: Budget, depth: number): YamlValue => {
  if (--budget.left < 0) throw new YamlTooLarge(`its YAML has more than ${most} values once aliases are filled in`);
  if (depth > deepest) throw new YamlTooLarge(`its YAML has more than ${deepest} levels`);
  if (node.kind === 'scalar') return scalarOf(node);
  if (node.kind === 'sequence') return node.items.map(item => valueOf(item, budget, depth + 1));
  return mapOf(node.entries, budget, depth + 1);
};

const scalarOf = ({ text, plain, tag }: Extract<Yaml, { kind: 'scalar' }>): YamlValue => {
  const type = /^tag:yaml\.org,2002:(bool|int|float|null|timestamp|binary)$/.exec(tag ?? '')?.[1];
  if (type === 'binary' || type === 'timestamp') throw new YamlTooLarge(`it holds !!${type}, ${ambiguous}`);
  // Any other tag leaves a text as it is, !!map too.
  if (type === undefined && (tag !== undefined || !plain)) return text;
  const kind = kindOfPlain(text);
  if (type !== undefined && !isOfType(type, kind, text)) throw new YamlProblem(`"${text}" is no !!${type}`);
  return kind === 'text' ? text : kind === 'null' ? null : { kind, text };
};

/** Source: https://github.com/go-yaml/yaml/blob/v2.4.0/resolve.go (resolve). */
const isOfType = (type: string, kind: ScalarKind, text: string): boolean => {
  if (type === 'bool') return kind === 'boolean';
  if (type === 'int') return kind === 'number' && isInteger(text);
  return type === 'float' ? kind === 'number' || kind === 'infinite' : kind === 'null';
};

const mapOf = (entries: readonly (readonly [Yaml, Yaml])[], budget: Budget, depth: number): YamlMap => {
  const map = new Map<string, YamlValue>();
  for (const [key, value] of entries) {
    if (key.kind !== 'scalar') throw new YamlProblem('a key is a list or a mapping, as {{...}} without quotes is');
    if (key.plain && key.tag === undefined && key.text === '<<') merge(map, valueOf(value, budget, depth));
    else map.set(keyOf(scalarOf(key)), valueOf(value, budget, depth));
  }
  return map;
};

const keyOf = (key: YamlValue): string => {
  if (key === null) throw new YamlProblem('a key is null');
  return typeof key === 'string' ? key : isOther(key) ? key.text : '';
};

/** Of several sources the first counts. */
const merge = (into: Map<string, YamlValue>, value: YamlValue): void => {
  for (const source of isList(value) ? value.toReversed() : [value]) {
    if (!isMap(source)) throw new YamlProblem('"<<" merges something that is no mapping');
    for (const [key, member] of source) into.set(key, member);
  }
};
