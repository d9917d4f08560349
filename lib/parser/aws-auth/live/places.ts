import type { Document, Scalar } from 'yaml';
import type { Range } from '../../../diagnostics/index.ts';
import { linesOf } from '../resource/holed-text.ts';
import { itemsOf, textOfScalar, type Item } from '../resource/yaml-items.ts';
import type { ConfigMapData } from './aws-auth.ts';
import { firstDocument } from '../../../terraform/yaml.ts';

/** Where a list of the ConfigMap stands in its file, and its items. */
export type ListPlace = { readonly place: Range; readonly items: readonly Item[] };

type Yaml = typeof import('yaml');

/**
 * The places of what was read. An item of a block text (`mapRoles: |`) has its own lines; in JSON and in quoted texts the name of
 * the list stands for all of them, since an escaped text has no lines to point at. What is said above a row there is not carried to
 * its entry.
 */
export const findPlaces = async (
  file: string,
  text: string,
  data: ConfigMapData,
): Promise<ReadonlyMap<string, ListPlace>> => {
  const yaml = await import('yaml');
  const isJson = /^\ufeff?\s*\{/.test(text);
  const document = isJson ? undefined : firstDocument(yaml, text);
  const outer = { text, holes: [], place: { file, start: 0, end: 0 }, lines: linesOf(file, text) };
  const placeOfList = (name: string, value: string): ListPlace => {
    const list = document && listIn(yaml, document, name, value);
    if (!list) return { place: keyInJson(file, text, name) ?? outer.place, items: [] };
    const [start = 0, end = 0] = list.key.range ?? [];
    const place = { file, start, end };
    if (list.value.type !== 'BLOCK_LITERAL') return { place, items: [] };
    const inner = textOfScalar(outer, list.value, value);
    return { place, items: itemsOf(yaml, inner, firstDocument(yaml, value).contents, [], () => text) };
  };
  return new Map([...data].map(([name, value]) => [name, placeOfList(name, value)]));
};

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
