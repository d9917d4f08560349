import type { Document, Node, Scalar } from 'yaml';
import type { Range } from '../../../diagnostics/index.ts';
import type { ConfigMapData } from './aws-auth.ts';
import { firstDocument, linesIn } from './yaml-value.ts';

/** Where a list of the ConfigMap stands in its file, or one of its items. */
export type PlaceOf = (list: string, index?: number) => Range;

type Yaml = typeof import('yaml');

/**
 * The places of what was read. An item of a block text (`mapRoles: |`) has its own lines; in JSON and in quoted texts the name of
 * the list stands for all of them, since an escaped text has no lines to point at.
 */
export const findPlaces = async (file: string, text: string, data: ConfigMapData): Promise<PlaceOf> => {
  const yaml = await import('yaml');
  const isJson = text
    .replace(/^\ufeff/, '')
    .trimStart()
    .startsWith('{');
  const document = isJson ? undefined : firstDocument(yaml, text);
  const whole = { file, start: 0, end: 0 };
  const found = new Map<string, { readonly list: Range; readonly items: readonly (Range | undefined)[] }>();
  for (const [name, value] of data) {
    const list = document ? listIn(yaml, document, name, value) : undefined;
    const at = list ? rangeOf(file, list.key) : (keyInJson(file, text, name) ?? whole);
    found.set(name, { list: at, items: list ? itemsOf(yaml, file, text, list.value, value) : [] });
  }
  return (list, index) => {
    const place = found.get(list);
    return (index === undefined ? undefined : place?.items[index]) ?? place?.list ?? whole;
  };
};

const rangeOf = (file: string, { range }: Scalar): Range => ({ file, start: range?.[0] ?? 0, end: range?.[1] ?? 0 });

const keyInJson = (file: string, text: string, name: string): Range | undefined => {
  const key = JSON.stringify(name);
  const start = text.lastIndexOf(`${key}:`);
  return start === -1 ? undefined : { file, start, end: start + key.length };
};

type FoundList = { readonly key: Scalar; readonly value: Scalar };

/** The last pair with this name and this text. */
const listIn = (yaml: Yaml, document: Document, name: string, value: string): FoundList | undefined => {
  let found: FoundList | undefined;
  yaml.visit(document, {
    Pair: (_key, pair) => {
      if (!yaml.isScalar(pair.key) || !yaml.isScalar(pair.value)) return;
      if (pair.key.value === name && pair.value.value === value) found = { key: pair.key, value: pair.value };
    },
  });
  return found;
};

const itemsOf = (
  yaml: Yaml,
  file: string,
  text: string,
  scalar: Scalar,
  value: string,
): readonly (Range | undefined)[] => {
  const document = scalar.type === 'BLOCK_LITERAL' ? firstDocument(yaml, value) : undefined;
  const list = document?.contents;
  if (!yaml.isSeq(list)) return [];
  const offsetOf = offsetsIn(yaml, text, scalar.range?.[0] ?? 0, value);
  return list.items.map(item => {
    const [from = 0, to = 0] = (item as Node | null)?.range ?? [];
    const [start, end] = [offsetOf(from), offsetOf(from + value.slice(from, to).trimEnd().length)];
    return start === undefined || end === undefined ? undefined : { file, start, end };
  });
};

/** Turns an offset in a block text into one in the file: each line stands there whole, further to the right. */
const offsetsIn = (
  yaml: Yaml,
  text: string,
  header: number,
  value: string,
): ((offset: number) => number | undefined) => {
  const starts: (number | undefined)[] = [];
  let start = text.indexOf('\n', header) + 1;
  for (const line of value.split('\n')) {
    const newline = text.indexOf('\n', start);
    const written = text.slice(start, newline === -1 ? text.length : newline).replace(/\r$/, '');
    starts.push(written.endsWith(line) ? start + written.length - line.length : undefined);
    start = newline === -1 ? text.length : newline + 1;
  }
  const lines = linesIn(yaml, value);
  return offset => {
    const { line, col } = lines.linePos(offset);
    const begin = starts[line - 1];
    return begin === undefined ? undefined : begin + col - 1;
  };
};
