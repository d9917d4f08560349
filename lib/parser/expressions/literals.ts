import { attribute, walk, type Body, type Expression, type HclFile } from '../../hcl/index.ts';
import {
  evaluate,
  filesByPattern,
  likelyModule,
  moduleFile,
  possibleFiles,
  referencesOf,
  type Fileset,
  type PlacedBlock,
  type RootModule,
  type Value,
} from '../../terraform/index.ts';
import { givenFiles } from '../../terraform/fileset.ts';
import { resolve } from './resolve.ts';
import type { Piece } from './piece.ts';

/**
 * What is written out in the arguments and blocks of a body, and in what they name: locals, files, templates by `data "template_file"`, and
 * what the kubectl provider splits into documents, each once. Of files by a name that the source tells in part, all that it may be. Of a local that has more than what is named, that alone.
 */
export const literalsIn = (module: RootModule, body: Body, file: HclFile, seen = new Set<unknown>()): string =>
  body.items
    .map(item =>
      item.kind === 'block'
        ? literalsIn(module, item.body, file, seen)
        : literalsOf(module, { expression: item.value, file }, seen).join('\n'),
    )
    .join('\n');

const literalsOf = (module: RootModule, { expression, file }: Piece, seen: Set<unknown>): readonly string[] => {
  const texts: string[] = [];
  walk(expression, inner => {
    if (inner.kind === 'object') texts.push(...inner.items.flatMap(({ name }) => name ?? []));
    if (inner.kind === 'template')
      texts.push(inner.parts.map(part => (part.kind === 'literal' ? part.text : '')).join(''));
    const [name] = inner.kind === 'call' && /^(?:template)?file$/.test(inner.name) ? inner.args : [];
    if (name) texts.push(textOfFile(module, name));
    const behind = isTraversal(inner) ? literalsBehind(module, { expression: inner, file }, seen) : undefined;
    if (!behind) return true;
    texts.push(...behind);
    return false;
  });
  return texts;
};

const textOfFile = (module: RootModule, name: Expression): string => {
  const { path, text } = moduleFile(name, module.scope);
  if (path !== undefined) return text ?? '';
  const { scope } = likelyModule(module);
  const likely = moduleFile(name, scope);
  return likely.path === undefined ? textsOf(module, possibleFiles(name, scope)) : (likely.text ?? '');
};

/** As documents, so that what one of them says is not taken for what the next one is. */
const textsOf = ({ scope }: RootModule, files: Fileset | undefined): string =>
  files ? [...givenFiles(scope, files).values()].join('\n---\n') : '';

const isTraversal = ({ kind }: Expression): boolean => kind === 'get' || kind === 'index';

/** Undefined for what names nothing that is written elsewhere in the module. */
const literalsBehind = (module: RootModule, piece: Piece, seen: Set<unknown>): readonly string[] | undefined => {
  const found = resolve(module, piece);
  if (found.expression !== piece.expression) return once(seen, found.expression, () => literalsOf(module, found, seen));
  const known = textsIn(evaluate(piece.expression, module.scope));
  if (known) return known;
  const [kind, type, label] = referencesOf(piece.expression)[0]?.path ?? [];
  const made = module.blocks.find(
    block => kind === 'data' && block.type === 'data' && block.labels.join() === `${type},${label}`,
  );
  if (made && type === 'kubectl_path_documents') return [textsOf(module, patternOf(module, made))];
  if (!made || (type !== 'template_file' && type !== 'kubectl_file_documents')) return undefined;
  return once(seen, made, () => [literalsIn(module, made.body, made.in, seen)]);
};

/** Source: gavinbunney/terraform-provider-kubectl, docs/data-sources/kubectl_path_documents.md. */
const patternOf = (module: RootModule, { body }: PlacedBlock): Fileset | undefined => {
  const pattern = attribute(body, 'pattern');
  return pattern && filesByPattern(pattern.value, likelyModule(module).scope);
};

const once = (seen: Set<unknown>, what: unknown, read: () => readonly string[]): readonly string[] => {
  if (seen.has(what)) return [];
  seen.add(what);
  return read();
};

/** The strings of a value, and the names in it; undefined where some of it is not known. */
const textsIn = (value: Value): readonly string[] | undefined => {
  if (value.kind === 'string')
    return value.parts.every(part => part !== undefined) ? [value.parts.join('')] : undefined;
  if (value.kind === 'list') return all(value.items.map(textsIn));
  if (value.kind === 'object') return all([[...value.entries.keys()], ...[...value.entries.values()].map(textsIn)]);
  return value.kind === 'unknown' || value.kind === 'error' ? undefined : [];
};

const all = (found: readonly (readonly string[] | undefined)[]): readonly string[] | undefined =>
  found.every(texts => texts !== undefined) ? found.flat() : undefined;
