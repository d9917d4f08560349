import { walk, type Body, type Expression, type HclFile } from '../../hcl/index.ts';
import {
  evaluate,
  likelyModule,
  moduleFile,
  referencesOf,
  type RootModule,
  type Value,
} from '../../terraform/index.ts';
import { resolve } from '../expressions/resolve.ts';
import type { Piece } from '../expressions/piece.ts';

/**
 * What is written out in the arguments and blocks of a body, and in what they name: locals, files, templates by `data "template_file"`, and
 * what `data "kubectl_file_documents"` splits, each once. Of a local that has more than what is named, that alone.
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
    if (name) texts.push(textOfFile(module, name) ?? '');
    const behind = isTraversal(inner) ? literalsBehind(module, { expression: inner, file }, seen) : undefined;
    if (!behind) return true;
    texts.push(...behind);
    return false;
  });
  return texts;
};

const textOfFile = (module: RootModule, name: Expression): string | undefined => {
  const { path, text } = moduleFile(name, module.scope);
  return path === undefined ? moduleFile(name, likelyModule(module).scope).text : text;
};

const isTraversal = ({ kind }: Expression): boolean => kind === 'get' || kind === 'index';

/** Undefined for what names nothing that is written elsewhere in the module. */
const literalsBehind = (module: RootModule, piece: Piece, seen: Set<unknown>): readonly string[] | undefined => {
  const found = resolve(module, piece);
  if (found.expression !== piece.expression) return once(seen, found.expression, () => literalsOf(module, found, seen));
  const known = textsIn(evaluate(piece.expression, module.scope));
  if (known) return known;
  const [kind, type, label] = referencesOf(piece.expression)[0]?.path ?? [];
  const template = module.blocks.find(
    block =>
      kind === 'data' &&
      (type === 'template_file' || type === 'kubectl_file_documents') &&
      block.type === 'data' &&
      block.labels.join() === `${type},${label}`,
  );
  return template && once(seen, template, () => [literalsIn(module, template.body, template.in, seen)]);
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
