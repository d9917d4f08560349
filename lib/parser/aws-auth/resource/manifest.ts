import type { Document, Node, YAMLMap } from 'yaml';
import { evaluate, knownString, type RootModule } from '../../../terraform/index.ts';
import { firstDocument } from '../../../terraform/yaml.ts';
import { partOf, type Piece } from '../../expressions/piece.ts';
import { namedMember, resolve } from '../../expressions/resolve.ts';
import { faultInObject } from './hole-faults.ts';
import { textOfScalar, yamlComments } from './yaml-items.ts';
import { dataEntries, type DataEntry } from './data-entries.ts';
import { type HoledText, unread, type Unread } from './holed-text.ts';
import { readWritten } from './read-written.ts';

/** An object of Kubernetes as a manifest says it. */
export type Manifest = {
  readonly apiVersion: ManifestText;
  readonly kind: ManifestText;
  readonly name: ManifestText;
  readonly namespace: ManifestText;
  readonly data: readonly DataEntry[] | Unread;
  readonly spec: Part | undefined;
  /** All of it. */
  readonly whole: Part;
};

/** An object, or a part of one: HCL, or a map in a text. */
export type Part = { readonly piece: Piece } | { readonly map: Node; readonly text: HoledText };

/** `null` where only a plan knows it, undefined where it is not there. */
export type ManifestText = string | null | undefined;

type Yaml = typeof import('yaml');

/** `manifest` of kubernetes_manifest: an object, or one that is decoded from a text. */
export const objectManifest = async (
  module: RootModule,
  piece: Piece,
  guards: readonly string[],
): Promise<Manifest | Unread> => {
  const found = resolve(module, piece);
  const { expression } = found;
  const [first, second] = expression.kind === 'call' && !expression.expand ? expression.args : [];
  if (expression.kind === 'call' && ['yamldecode', 'jsondecode'].includes(expression.name) && first && !second)
    return textManifest(module, partOf(found, first), guards);
  return fromObject(module, found, guards);
};

/** `yaml_body` of kubectl_manifest: a text, or what encodes an object. */
export const textManifest = async (
  module: RootModule,
  piece: Piece,
  guards: readonly string[],
): Promise<Manifest | Unread> => {
  const written = readWritten(module, piece);
  if (written.kind === 'value') return fromObject(module, resolve(module, written.piece), guards);
  return written.kind === 'unread' ? written : fromText(written.text, guards);
};

const fromObject = (module: RootModule, piece: Piece, guards: readonly string[]): Manifest | Unread => {
  if (piece.expression.kind !== 'object') return unread(piece, 'it is no object that is written out');
  const member = (base: Piece | undefined, name: string): Piece | undefined => {
    const found = base && namedMember(module, resolve(module, base), name);
    return found && resolve(module, found);
  };
  const textIn = (base: Piece | undefined, name: string): ManifestText => {
    const found = member(base, name);
    return found && (knownString(evaluate(found.expression, module.scope)) ?? null);
  };
  const metadata = member(piece, 'metadata');
  const data = member(piece, 'data');
  const spec = member(piece, 'spec');
  return {
    apiVersion: textIn(piece, 'apiVersion'),
    kind: textIn(piece, 'kind'),
    name: textIn(metadata, 'name'),
    namespace: textIn(metadata, 'namespace'),
    data: data ? dataEntries(module, data, guards) : [],
    spec: spec && { piece: spec },
    whole: { piece },
  };
};

const fromText = async (text: HoledText, guards: readonly string[]): Promise<Manifest | Unread> => {
  const yaml = await import('yaml');
  const refuse = (why: string): Unread => ({ kind: 'unread', place: text.place, why });
  const document = firstDocument(yaml, text.text);
  const [error] = document.errors;
  if (error) return refuse(`its YAML cannot be read: ${error.message.split('\n')[0]}`);
  const faulty = faultInObject(yaml, text, document, yamlComments(yaml, text.text));
  if (faulty) return faulty;
  const root = document.contents;
  if (!yaml.isMap(root)) return refuse('it is no Kubernetes object');
  if (usesAliases(yaml, document)) return refuse('its YAML has anchors');
  const metadata = valueAt(yaml, root, 'metadata');
  const data = valueAt(yaml, root, 'data');
  const spec = valueAt(yaml, root, 'spec');
  return {
    apiVersion: textAt(yaml, root, 'apiVersion', text),
    kind: textAt(yaml, root, 'kind', text),
    name: textAt(yaml, metadata, 'name', text),
    namespace: textAt(yaml, metadata, 'namespace', text),
    data: yaml.isMap(data) ? data.items.map(pair => entryOf(yaml, text, pair, guards)) : [],
    spec: spec && { map: spec, text },
    whole: { map: root, text },
  };
};

/** Anchors in the text of a list are its own affair. */
const usesAliases = (yaml: Yaml, document: Document): boolean => {
  let found = false;
  yaml.visit(document, { Alias: () => void (found = true) });
  return found;
};

export const valueAt = (yaml: Yaml, map: unknown, key: string): Node | undefined => {
  if (!yaml.isMap(map)) return undefined;
  const pair = map.items.findLast(item => yaml.isScalar(item.key) && item.key.value === key);
  return pair?.value as Node | undefined;
};

const textAt = (yaml: Yaml, map: unknown, key: string, { holes }: HoledText): ManifestText => {
  const found = valueAt(yaml, map, key);
  const text = yaml.isScalar(found) ? found.value : undefined;
  if (typeof text !== 'string') return undefined;
  return holes.some(({ word }) => text.includes(word)) ? null : text;
};

const entryOf = (
  yaml: Yaml,
  outer: HoledText,
  { key, value }: YAMLMap['items'][number],
  guards: readonly string[],
): DataEntry => {
  const name = yaml.isScalar(key) && typeof key.value === 'string' ? key.value : '';
  const text = yaml.isScalar(value) && typeof value.value === 'string' ? value.value : undefined;
  if (text === undefined || !yaml.isScalar(value)) {
    const why = 'it is no text; Kubernetes holds texts there, with YAML inside';
    return { key: name, written: { kind: 'unread', place: outer.place, why }, guards };
  }
  return { key: name, written: { kind: 'text', text: textOfScalar(outer, value, text) }, guards };
};
