import type { Expression, NumberLiteral, SplatStep } from '../tree.ts';
import type { RawNode } from '../raw-node.ts';
import { checkDepth, child, rangeOf, refuse, textOf, type Source } from './source.ts';

type Link = { readonly end: number } & (
  | { readonly kind: 'get'; readonly name: string }
  | { readonly kind: 'index'; readonly key: Expression; readonly legacy: boolean }
  | { readonly kind: 'star'; readonly full: boolean }
);

/** Applies `.name`, `[key]`, `.0`, `[*]` and `.*`, in source order, to `base`. */
export const applyPostfix = (
  source: Source,
  base: Expression,
  nodes: readonly RawNode[],
  depth: number,
): Expression => {
  if (nodes.length === 0) return base;
  const links: Link[] = [];
  for (const node of nodes.flatMap(flatten)) links.push(buildLink(source, node, depth));
  checkDepth(source, base.range, depth + links.length);
  return stepsOf(links).reduce<Expression>(
    (of, { end, step }) => ({ ...step, of, range: rangeOf(source, { start: base.range.start, end }) }),
    base,
  );
};

/** Where the steps of the star at `at` end: see the `Splat` type. */
const spanOf = (links: readonly Link[], at: number): number => {
  const star = links[at];
  if (star?.kind === 'star' && star.full) return links.length;
  const end = links.findIndex(
    (link, index) => index > at && !(link.kind === 'get' || (link.kind === 'index' && link.legacy)),
  );
  return end === -1 ? links.length : end;
};

/** The steps, each with the place where it ends. */
const stepsOf = (links: readonly Link[]): { readonly end: number; readonly step: SplatStep }[] => {
  const steps: ReturnType<typeof stepsOf> = [];
  for (let at = 0; at < links.length;) {
    const link = links[at]!;
    const next = link.kind === 'star' ? spanOf(links, at) : at + 1;
    steps.push({ end: links[next - 1]!.end, step: stepOf(link, links.slice(at + 1, next)) });
    at = next;
  }
  return steps;
};

const stepOf = (link: Link, inner: readonly Link[]): SplatStep => {
  if (link.kind === 'get') return { kind: 'get', name: link.name };
  if (link.kind === 'index') return { kind: 'index', key: link.key };
  return { kind: 'splat', full: link.full, steps: stepsOf(inner).map(({ step }) => step) };
};

/** The grammar puts what follows a star inside it. */
const flatten = (node: RawNode): RawNode[] => {
  if (node.type !== 'splat' && node.type !== 'index') return [node];
  const inner = child(node, 0);
  return node.type === 'splat' ? inner.children.flatMap(flatten) : [inner];
};

const buildLink = (source: Source, node: RawNode, depth: number): Link => {
  const { end } = node;
  switch (node.type) {
    case 'get_attr':
      return { kind: 'get', end, name: afterDot(source, node).text };
    case 'legacy_index':
      return { kind: 'index', end, legacy: true, key: afterDot(source, node) };
    case 'new_index':
      return { kind: 'index', end, legacy: false, key: source.expression(child(node, 1), depth + 1) };
    case '.*':
    case '[*]':
      return { kind: 'star', end, full: node.type === '[*]' };
    default:
      return refuse(`unknown syntax (${node.type})`, rangeOf(source, node));
  }
};

const afterDot = (source: Source, node: RawNode): NumberLiteral => {
  const text = textOf(source, node).slice(1).trimStart();
  const range = rangeOf(source, { start: node.end - text.length, end: node.end });
  return /[\s#/]/.test(text) ? refuse('a comment between a dot and its name', range) : { kind: 'number', range, text };
};
