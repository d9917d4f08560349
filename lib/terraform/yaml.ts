import type { Document } from 'yaml';
import type { Yaml } from './evaluation/scope.ts';

type Package = typeof import('yaml');

/** What is wrong with a YAML text. */
export class YamlProblem extends Error {}

/** What is not read here, whatever others do with it. */
export class YamlTooLarge extends Error {}

const tooLarge = (reason: string): never => {
  throw new YamlTooLarge(reason);
};

/** Scalars as text. A key that is written twice is no error. */
const options = { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent', prettyErrors: false } as const;

/** Further documents are not looked at. */
export const firstDocument = (yaml: Package, text: string): Document =>
  withoutAddedBreak(yaml, yaml.parseDocument(text, options), text);

/**
 * A block scalar at the end of a text that ends without a line break has none for Go either; the package gives it one.
 * Source: https://github.com/go-yaml/yaml/blob/v2.4.0/scannerc.go (yaml_parser_scan_block_scalar)
 */
const withoutAddedBreak = (yaml: Package, document: Document, text: string): Document => {
  if (text.slice(text.lastIndexOf('\n') + 1).trim() === '') return document;
  yaml.visit(document, {
    Scalar: (_key, node) => {
      const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
      if (!isBlock || (node.range?.[1] ?? 0) < text.length || typeof node.value !== 'string') return;
      node.value = node.value.replace(/\n$/, '');
    },
  });
  return document;
};

/**
 * What reads YAML for `yamldecode`; loaded only for modules that call it. Undefined for a document that the parser has the
 * slightest doubt about.
 */
export const loadYaml = async (): Promise<(text: string) => Yaml | undefined> => {
  const yaml = await import('yaml');
  return text => {
    // Directives and characters that are not printable are seldom and read in different ways.
    if (/^%|[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/mu.test(text))
      return undefined;
    const documents = yaml.parseAllDocuments(text, { ...options, merge: false }) as readonly Document[];
    const [document] = documents;
    if (documents.length !== 1 || !document || document.errors.length > 0 || document.warnings.length > 0)
      return undefined;
    try {
      return treeOf(yaml, withoutAddedBreak(yaml, document, text).contents, 100);
    } catch (error) {
      if (error instanceof YamlProblem || error instanceof YamlTooLarge) return undefined;
      throw error;
    }
  };
};

/**
 * The tree of a node. An alias shares what it stands for, the last node before it that has its name: no document grows by being
 * read. Inside of itself an anchor is not read.
 */
export const treeOf = ({ isAlias, isMap, isScalar, isSeq }: Package, root: unknown, deepest: number): Yaml => {
  const anchors = new Map<string, Yaml | undefined>();
  const read = (node: unknown, depth: number): Yaml => {
    if (isAlias(node)) {
      if (!anchors.has(node.source)) throw new YamlProblem(`the anchor ${node.source} is not there`);
      return anchors.get(node.source) ?? tooLarge(`its YAML has the anchor ${node.source} inside of itself`);
    }
    const anchor = isScalar(node) || isSeq(node) || isMap(node) ? node.anchor : undefined;
    if (anchor !== undefined) anchors.set(anchor, undefined);
    const result = readNode(node, depth);
    if (anchor !== undefined) anchors.set(anchor, result);
    return result;
  };
  const readNode = (node: unknown, depth: number): Yaml => {
    if (depth > deepest) return tooLarge(`its YAML has more than ${deepest} levels`);
    if (node === null || node === undefined) return { kind: 'scalar', text: '', plain: true };
    const tag = isScalar(node) || isSeq(node) || isMap(node) ? node.tag : undefined;
    const tagged = tag === undefined ? {} : { tag };
    if (isScalar(node)) {
      // With the failsafe schema every scalar is text. A block is never anything else; what is quoted is not either.
      const text = typeof node.value === 'string' ? node.value : '';
      return { kind: 'scalar', text, plain: node.type === undefined || node.type === 'PLAIN', ...tagged };
    }
    if (isSeq(node)) return { kind: 'sequence', items: node.items.map(item => read(item, depth + 1)), ...tagged };
    if (!isMap(node)) throw new YamlProblem('it holds a node of an unknown kind');
    const entries = node.items.map(({ key, value }) => [read(key, depth + 1), read(value, depth + 1)] as const);
    return { kind: 'mapping', entries, ...tagged };
  };
  return read(root, 0);
};

/** What a plain scalar is to YAML 1.1. */
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
  return isInteger(text) || floats.test(digitsOf(text)) ? 'number' : 'text';
};

/** Whether a number is one without a fraction: 08 is a float. */
export const isInteger = (text: string): boolean => integers.test(digitsOf(text));

const digitsOf = (text: string): string => (/^[-+\d]/.test(text) ? text.replaceAll('_', '') : text);
