import type { Document, LineCounter, YAMLError } from 'yaml';
import { YamlTooLarge } from '../../../terraform/yaml.ts';

type Package = typeof import('yaml');

/** Why a text is refused that Go and the package read differently, or may. */
export const ambiguous = 'which YAML readers take in different ways';

/**
 * Whether Go cannot read either what the package cannot read, outside of brackets: a bracket or a quote is open at the end, no text
 * without quotes begins with that sign, and no line with a tab. Any other mistake proves nothing: of texts over several lines and of
 * brackets Go reads more.
 * Source: https://github.com/go-yaml/yaml/blob/v2.4.0/scannerc.go (yaml_parser_fetch_next_token), parserc.go
 */
export const failsInGo = ({ code, message, pos: [at] }: YAMLError, text: string): boolean =>
  ['BAD_ALIAS', 'BAD_DIRECTIVE', 'TAB_AS_INDENT'].includes(code) ||
  (code === 'BAD_SCALAR_START' && !message.includes('block scalar')) ||
  (message === 'Unexpected scalar at node end' && /(?:^|\n)\t+$/.test(text.slice(0, at))) ||
  (text.slice(at).trim() === '' && (code === 'BAD_INDENT' || message.startsWith('Missing closing')));

/**
 * Lines that Go and the package read in different ways. Where a token may be a key Go takes no tab before it: at the start of a line, and
 * behind a dash. Source: https://github.com/go-yaml/yaml/blob/v2.4.0/scannerc.go (yaml_parser_scan_to_next_token)
 */
export const refuseTabs = (text: string): void =>
  refuseLine(text, line => /^ *(?:[-?:] +|[-?:](?=\t))*\t/.test(line), 'has a tab before its text');

/**
 * Outside of brackets Go reads no further where a line is indented less than the first one, and does not come to what is behind a
 * mistake.
 */
export const refuseBlocks = (text: string): void => {
  const first = text.split('\n').find(line => !isEmpty(line) && !/^(---|%)/.test(line)) ?? '';
  const isLess = (line: string): boolean =>
    !isEmpty(line) && indentOf(line) < indentOf(first) && !/^(---|\.\.\.|%)/.test(line);
  refuseLine(text, isLess, 'is indented less than the first one');
};

/**
 * In brackets Go takes fewer texts without quotes and fewer keys, and a key is on one line with its ":" everywhere.
 * Source: https://github.com/go-yaml/yaml/blob/v2.4.0/scannerc.go (yaml_parser_scan_plain_scalar, yaml_parser_stale_simple_keys,
 * yaml_parser_scan_anchor)
 */
export const refuseNodes = (yaml: Package, document: Document, text: string): void => {
  const refuse = (at: number, what: string): never => {
    throw new YamlTooLarge(`its line ${linesIn(yaml, text).linePos(at).line} has ${what}, ${ambiguous}`);
  };
  const isInBrackets = (path: readonly unknown[]): boolean =>
    path.some(node => yaml.isCollection(node) && node.flow === true);
  yaml.visit(document, {
    Node: (_key, node, path) => {
      const [start, end] = node.range ?? [0, 0];
      const name = yaml.isAlias(node) ? node.source : node.anchor;
      if (name !== undefined && !/^[\w-]+$/.test(name)) refuse(start, 'the name of an anchor');
      if (!yaml.isScalar(node)) return;
      const written = text.slice(start, end);
      if (node.type === 'PLAIN' && isInBrackets(path) && /^:|:$|[?"'&!{}[\]\n]/.test(written))
        refuse(start, 'signs in brackets without quotes');
      if (node.type === 'QUOTE_SINGLE' && !/^'(?:[^']|'')*'$/.test(written)) refuse(start, 'a quote');
      if (node.type === 'QUOTE_DOUBLE' && !/^"(?:[^"\\]|\\[^\n/])*"$/.test(written))
        refuse(start, 'a quote or an escape');
    },
    Pair: (_key, { key, value }, path) => {
      if (!yaml.isNode(key)) return;
      const [start, end] = key.range ?? [0, 0];
      const before = text.slice(Math.max(0, start - 100), start);
      if (isInBrackets(path) && /[\s[{,]\?\s+$/.test(before)) refuse(start, 'signs in brackets without quotes');
      const until = /^\s*:\s?/.exec(text.slice(end, end + 1000))?.[0] ?? '';
      const isPlain = yaml.isScalar(key) && key.type === 'PLAIN';
      const isMarked = key.tag !== undefined || ('anchor' in key && key.anchor !== undefined);
      const isApart = value !== null && (until === '' || (isPlain && !/\s$/.test(until)));
      if (value === null && !isInBrackets(path)) refuse(start, 'a key without a ":"');
      if (/\n.*:/s.test(text.slice(start, end) + until) || (isInBrackets(path) && (isMarked || isApart)))
        refuse(start, 'a key that is not right before its ":"');
    },
  });
};

const refuseLine = (text: string, is: (line: string) => boolean, what: string): void => {
  const index = text.split('\n').findIndex(is);
  if (index !== -1) throw new YamlTooLarge(`its line ${index + 1} ${what}, ${ambiguous}`);
};

/** Lines stay where they are. */
export const outsideOf = (text: string, [start = 0, end = start]: readonly number[]): string =>
  text.slice(0, start) + text.slice(start, end).replaceAll(/[^\n]/g, 'x') + text.slice(end);

/** A block text may hold anything, its first line but for a tab. */
export const withoutBlocks = (yaml: Package, document: Document, source: string): string => {
  let text = source;
  yaml.visit(document, {
    Scalar: (_key, { type, range }) => {
      const [start, end] = range ?? [0, 0];
      const first = type?.startsWith('BLOCK') === true && /^.*\n\s*\S?.*\n/.exec(text.slice(start, end))?.[0];
      if (first)
        text =
          text.slice(0, start + first.length) +
          text.slice(start + first.length, end).replaceAll(/^( *)\t/gm, '$1x') +
          text.slice(end);
    },
  });
  return text;
};

/** All before what is at a place, its line with it or without. */
export const untilLineOf = (text: string, at: number, isLineOut: boolean): string => {
  const end = isLineOut ? text.lastIndexOf('\n', at - 1) : text.indexOf('\n', at);
  return end === -1 && !isLineOut ? text : text.slice(0, Math.max(end, 0));
};

const isEmpty = (line: string): boolean => /^ *(#.*)?$/.test(line);
const indentOf = (line: string): number => line.search(/[^ ]/);

/** Tells the line and the column of an offset, both from 1 on. */
export const linesIn = (yaml: Package, text: string): LineCounter => {
  const counter = new yaml.LineCounter();
  counter.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) counter.addNewLine(index + 1);
  return counter;
};
